"""Single cameras: left out for a while, or counting by a rule of their own."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.camera_names import called
from alarm.core.commands import CountAgain, LeaveOut, SetCameraRule, SetOption
from alarm.core.errors import BadInput
from alarm.core.events import Camera
from alarm.core.rule_text import parse_rule
from alarm.core.settings import CameraRule
from bot.chat.topics.by_the_clock import here_of
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import left_out as words
from bot.words import status as status_words
from bot.words.arguments import find_camera, means_all
from bot.words.markup import plain
from bot.words.typed_snooze import read_snooze

HOW_TO_RULE = (
    "Write /camera Garage rule 1, /camera Garage rule 3 in 2m, /camera Garage never, "
    "or /camera Garage default."
)
NOT_ALL = "Without a camera nothing watches. To stop guarding write /disarm."
GONE = "This button is not known any more. /cameras shows what there is."


class SingleCameras:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {
            "bypass": self.bypass,
            "snooze": self.snooze,
            "unbypass": self.unbypass,
            "camera": self.camera,
            "swinger": self.swinger,
        }
        self.presses: dict[Press, Run] = {
            Press.CAMERA_PAGE: self.turn,
            Press.CAMERAS: self.all_cameras,
            Press.LEAVE_OUT: self.leave_out,
            Press.COUNT_AGAIN: self.count_again,
            Press.CAMERA_RULE: self.rule_pressed,
        }

    # -- words ---------------------------------------------------------------------------------

    def bypass(self, asked: Asked) -> None:
        self._refuse_all(asked.text)
        self._desk.do(LeaveOut(asked.actor, self._find(asked.text).id))

    def snooze(self, asked: Asked) -> None:
        named, duration = read_snooze(asked.text, here_of(self._desk, asked))
        self._refuse_all(named)
        self._desk.do(LeaveOut(asked.actor, self._find(named).id, duration))

    def unbypass(self, asked: Asked) -> None:
        state = self._desk.state
        left_out = [c for c in state.cameras.values() if words.bypass_of(c, state) is not None]
        every = means_all(asked.text, state.cameras.values())
        if not left_out and (every or not asked.text):
            raise BadInput("No camera is left out: all count.")
        if every:
            self._desk.do(CountAgain(asked.actor))
            return
        among = state.cameras.values() if asked.text else left_out
        camera = find_camera(asked.text, among, state.areas, left_out)
        self._desk.do(CountAgain(asked.actor, camera.id))

    def camera(self, asked: Asked) -> None:
        """Show a camera, or set its rule by what stands last."""
        text = asked.text
        lower = text.casefold()
        for word in ("never", "default"):
            if lower.endswith(f" {word}"):
                camera = self._find(text[: -len(word)])
                self._set(asked, camera, word)
                return
        before, middle, rule = text.rpartition(" rule ")
        if middle:
            self._set(asked, self._find(before), rule)
        elif lower.endswith(" rule") or not text:
            raise BadInput(HOW_TO_RULE)
        else:
            camera = self._find(text)
            page = words.camera_page(camera, self._desk.state, self._desk.view())
            self._desk.show(asked, page)

    def swinger(self, asked: Asked) -> None:
        if not asked.text:
            raise BadInput("Write /swinger 2, or /swinger off. Allowed: 1 to 6, or off.")
        self._desk.do(SetOption(asked.actor, "swinger", asked.text))

    def _find(self, text: str) -> Camera:
        return find_camera(text, self._desk.state.cameras.values(), self._desk.state.areas)

    def _refuse_all(self, text: str) -> None:
        if means_all(text, self._desk.state.cameras.values()):
            raise BadInput(NOT_ALL)

    def _set(self, asked: Asked, camera: Camera, text: str) -> None:
        if text == "default":
            rule = None
        elif text == "never":
            rule = CameraRule()
        else:
            example = f"/camera {plain(called(camera, self._desk.state))} rule 3 in 2m"
            rule = CameraRule(parse_rule(text, example=example))
        self._desk.do(SetCameraRule(asked.actor, camera.id, rule))

    # -- buttons -------------------------------------------------------------------------------

    def turn(self, asked: Asked) -> None:
        self._turn(asked, asked.text)

    def all_cameras(self, asked: Asked) -> None:
        self._desk.turn(asked, status_words.cameras(self._desk.state, self._desk.view()))

    def leave_out(self, asked: Asked) -> None:
        minutes, _, camera_id = asked.text.partition(":")
        if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
            raise BadInput(GONE)
        duration = timedelta(minutes=int(minutes)) or None
        self._desk.do(LeaveOut(asked.actor, camera_id, duration))
        self._turn(asked, camera_id)

    def count_again(self, asked: Asked) -> None:
        self._desk.do(CountAgain(asked.actor, asked.text))

    def rule_pressed(self, asked: Asked) -> None:
        rule, _, camera_id = asked.text.partition(":")
        camera = self._desk.state.cameras.get(camera_id)
        if camera is None:
            raise BadInput(GONE)
        self._set(asked, camera, rule)
        self._turn(asked, camera_id)

    def _turn(self, asked: Asked, camera_id: str) -> None:
        camera = self._desk.state.cameras.get(camera_id)
        if camera is None:
            raise BadInput(GONE)
        page = words.camera_page(camera, self._desk.state, self._desk.view())
        self._desk.turn(asked, page)
