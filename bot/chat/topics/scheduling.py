"""The schedule: the week at a glance, changed by buttons and by text."""

from __future__ import annotations

import re
from dataclasses import replace

from alarm.core.clock_commands import RemoveWindow, SetWindow, SwitchSchedule
from alarm.core.errors import BadInput
from alarm.core.schedule.windows import MAX_WINDOWS, Window
from alarm.core.state import Area
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words.areas import has_many
from bot.words.schedule import require_room, schedule_page
from bot.words.typed_areas import without_all_areas
from bot.words.typed_windows import EXAMPLE, changed_window, parse_window
from bot.words.window_editor import about, editor, read_about

HOW = (
    f"Write {EXAMPLE}, /schedule change 2 23:00-7:00, /schedule remove 2, /schedule pause 2, "
    "/schedule resume 2, /schedule off or /schedule on."
)
_VERBS = {
    "add": "add",
    "new": "add",
    "change": "change",
    "edit": "change",
    "set": "change",
    "remove": "remove",
    "delete": "remove",
    "del": "remove",
    "pause": "pause",
    "resume": "resume",
    "off": "off",
    "on": "on",
}


class Scheduling:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"schedule": self.schedule}
        self.presses: dict[Press, Run] = {
            Press.WEEK: self.week,
            Press.WINDOW: self.window,
            Press.SAVE_WINDOW: self.save,
            Press.PAUSE_WINDOW: self.pause,
            Press.REMOVE_WINDOW: self.remove,
            Press.SWITCH_SCHEDULE: self.switch,
        }

    def schedule(self, asked: Asked) -> None:
        if not asked.text:
            self._desk.show(asked, lambda: schedule_page(self._desk.state, self._desk.view()))
            return
        verb, _, rest = asked.text.strip().partition(" ")
        match _VERBS.get(verb.casefold()):
            case "add":
                self._put(asked, parse_window(rest, self._areas()))
            case "change":
                window, change = self._numbered(rest)
                self._put(asked, changed_window(window, change, self._areas()))
            case "remove":
                self._desk.do(RemoveWindow(asked.actor, self._alone(rest).id))
            case "pause" | "resume" as what if rest:
                self._put(asked, replace(self._alone(rest), paused=what == "pause"))
            case "pause":
                raise BadInput(f"Which window? {self._numbers()} All of them: /schedule off")
            case "off":
                self._require_all(rest, "paused alone: /schedule pause")
                self._desk.do(SwitchSchedule(asked.actor, on=False))
            case "on" | "resume":
                self._require_all(rest, "resumed alone: /schedule resume")
                self._desk.do(SwitchSchedule(asked.actor, on=True))
            case _:
                raise BadInput(HOW)

    # -- buttons -----------------------------------------------------------------------------------

    def week(self, asked: Asked) -> None:
        self._desk.turn(asked, schedule_page(self._desk.state, self._desk.view()))

    def window(self, asked: Asked) -> None:
        self._desk.turn(asked, editor(read_about(asked.text), self._desk.state))

    def save(self, asked: Asked) -> None:
        window = read_about(asked.text)
        if window.id:
            window = replace(window, paused=self._known(window.id).paused)
        self._put(asked, window)
        self.week(asked)

    def pause(self, asked: Asked) -> None:
        window = self._unchanged(asked)
        self._put(asked, replace(window, paused=not window.paused))
        self.week(asked)

    def remove(self, asked: Asked) -> None:
        self._desk.do(RemoveWindow(asked.actor, self._unchanged(asked).id))
        self.week(asked)

    def switch(self, asked: Asked) -> None:
        if asked.text not in ("on", "off"):
            raise BadInput("This button is not known any more. Send /schedule anew.")
        self._desk.do(SwitchSchedule(asked.actor, on=asked.text == "on"))
        self.week(asked)

    # -- what was meant ----------------------------------------------------------------------------

    def _put(self, asked: Asked, window: Window) -> None:
        schedule = self._desk.state.calendar.schedule
        if not window.id and len(schedule.windows) >= MAX_WINDOWS:
            raise BadInput(f"There are {MAX_WINDOWS} windows, more is not possible.")
        if window == schedule.find(window.id):
            raise BadInput(f"Window {window.id} is so already.")
        require_room(self._desk.state, window)
        self._desk.do(SetWindow(asked.actor, window))

    def _require_all(self, rest: str, how: str) -> None:
        """Refuse to switch the week of every area where a person seems to mean one of them."""
        everything = not rest or rest.casefold() == "all" or without_all_areas(rest) == ""
        if not everything and has_many(self._desk.state):
            ids = [window.id for window in self._desk.state.calendar.schedule.windows]
            raise BadInput(
                "That switches the windows of all areas. "
                f"One window is {how} {min(ids, default=1)}."
            )

    def _areas(self) -> tuple[Area, ...]:
        return tuple(self._desk.state.areas.values())

    def _numbered(self, text: str) -> tuple[Window, str]:
        found = re.fullmatch(r"#?([0-9]{1,3})\b\s*(.*)", text.strip())
        if found is None:
            raise BadInput(f"Which window? {self._numbers()}")
        return self._known(int(found[1])), found[2]

    def _alone(self, text: str) -> Window:
        window, rest = self._numbered(text)
        if rest:
            raise BadInput(f"One window at a time. {self._numbers()}")
        return window

    def _known(self, id_: int) -> Window:
        window = self._desk.state.calendar.schedule.find(id_)
        if window is None:
            raise BadInput(f"There is no window {id_}. {self._numbers()}")
        return window

    def _unchanged(self, asked: Asked) -> Window:
        """Return the window that a button was about, unless it has become another one since."""
        shown = read_about(asked.text)
        window = self._known(shown.id)
        if about(window) != asked.text:
            raise BadInput(f"Window {shown.id} has changed meanwhile. Send /schedule anew.")
        return window

    def _numbers(self) -> str:
        ids = sorted(w.id for w in self._desk.state.calendar.schedule.windows)
        if not ids:
            return f"No window is set yet. Write {EXAMPLE}"
        return f"There are: {', '.join(map(str, ids))}."
