"""How each mode watches: which cameras count, and the short ways to its other settings."""

from __future__ import annotations

from alarm.core.commands import AskCameras, SetModeCameras, SetOption, TakeChoice, TickCamera
from alarm.core.errors import BadInput
from alarm.core.option_list import find_option
from alarm.core.settings import Mode
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import modes as words
from bot.words.arguments import find_camera
from bot.words.targets import split_mode

HOW_TO = "Write /mode night, /mode night cameras Hall, or /mode night exit delay 30s."
HOW_MANY = "Write /distinct 2 or /distinct night 2: so many different cameras must see motion."
EVERY_CAMERA = (
    "In away every camera counts. To leave one out write /bypass Garage for now, "
    "or /camera Garage never for good."
)
GONE = "This button is not known any more. /mode shows what there is."


class Modes:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"mode": self.mode, "distinct": self.distinct}
        self.presses: dict[Press, Run] = {
            Press.MODE: self.turn,
            Press.MODE_CAMERAS: self.ask_pressed,
            Press.CAMERA: self.tick,
            Press.CAMERAS_DONE: self.take,
        }

    def mode(self, asked: Asked) -> None:
        """Show all modes or one, or change one by words."""
        mode, rest = split_mode(asked.text)
        what, _, value = rest.partition(" ")
        if not asked.text:
            self._desk.show(asked, lambda: words.overview(self._desk.state, self._desk.view()))
        elif mode is None:
            raise BadInput(HOW_TO)
        elif not rest:
            self._desk.show(asked, words.of_mode(mode, self._desk.state, self._desk.view()))
        elif what.casefold() != "cameras":
            self._set(asked, mode, rest)
        elif value:
            self._set_cameras(asked, mode, value)
        else:
            self._ask(asked, mode)

    def distinct(self, asked: Asked) -> None:
        named, number = split_mode(asked.text)
        if not number:
            raise BadInput(HOW_MANY)
        self._set(asked, named or Mode.AWAY, f"distinct {number}")

    def _set(self, asked: Asked, mode: Mode, text: str) -> None:
        option, value = find_option(f"{mode} {text}")
        if not value:
            raise BadInput(HOW_TO)
        if mode in self._desk.state.settings.modes:
            self._desk.do(SetOption(asked.actor, option.key, value))
        else:
            self._ask(asked, mode)

    def _set_cameras(self, asked: Asked, mode: Mode, text: str) -> None:
        if mode is Mode.AWAY:
            raise BadInput(EVERY_CAMERA)
        known, areas = self._desk.state.cameras.values(), self._desk.state.areas
        names = [name for name in text.split(",") if name.strip()]
        chosen = frozenset(find_camera(name, known, areas).id for name in names)
        if not chosen:
            raise BadInput(HOW_TO)
        self._desk.do(SetModeCameras(asked.actor, mode, chosen))

    def _ask(self, asked: Asked, mode: Mode) -> None:
        if mode is Mode.AWAY:
            raise BadInput(EVERY_CAMERA)
        self._desk.do(AskCameras(asked.actor, mode))

    # -- buttons -------------------------------------------------------------------------------

    def turn(self, asked: Asked) -> None:
        state, view = self._desk.state, self._desk.view()
        if asked.text:
            page = words.of_mode(_mode(asked.text), state, view)
        else:
            page = words.overview(state, view)
        self._desk.turn(asked, page)

    def ask_pressed(self, asked: Asked) -> None:
        self._ask(asked, _mode(asked.text))

    def tick(self, asked: Asked) -> None:
        parts = asked.text.split(":", 2)
        if len(parts) != 3:
            raise BadInput(GONE)
        mode = _mode(parts[0])
        if parts[2] in self._desk.state.cameras:
            self._desk.do(TickCamera(asked.actor, mode, parts[2], parts[1] == "1"))
        choice = self._desk.state.choices.get(str(asked.chat))
        self._desk.turn(asked, words.which_cameras(mode, choice, self._desk.state))

    def take(self, asked: Asked) -> None:
        mode = _mode(asked.text)
        self._desk.do(TakeChoice(asked.actor, mode))
        state = self._desk.state
        if mode in state.settings.modes:
            self._desk.turn(asked, words.of_mode(mode, state, self._desk.view()))


def _mode(text: str) -> Mode:
    if text not in set(Mode):
        raise BadInput(GONE)
    return Mode(text)
