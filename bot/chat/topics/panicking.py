"""Raise the alarm by hand, by a second tap."""

from __future__ import annotations

from alarm.core.commands import Panic
from alarm.core.deliveries import say
from alarm.core.notices import Notice
from alarm.core.panic import is_old
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import panic as words


class Panicking:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"panic": self.ask}
        self.presses: dict[Press, Run] = {Press.PANIC: self.confirm}

    def ask(self, asked: Asked) -> None:
        self._desk.say(asked, say(Notice.PANIC_ASK))

    def confirm(self, asked: Asked) -> None:
        at = words.asked_at(asked.text)
        old = is_old(self._desk.state, at, self._desk.controller.now())
        self._desk.do(Panic(asked.actor, at))
        if not old:
            # Its button must not be pressed again for something else.
            self._desk.turn(asked, words.raised(asked.actor.name, self._desk.view()))
