"""Rings at the door, told while disarmed too or not."""

from __future__ import annotations

from alarm.core.commands import SetOption
from alarm.core.errors import BadInput
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import doorbell as doorbell_words

HOW_TO = "Write /doorbell on to be told of rings while disarmed too, or /doorbell off."


class AtTheDoor:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"doorbell": self.doorbell}
        self.presses: dict[Press, Run] = {}

    def doorbell(self, asked: Asked) -> None:
        value = asked.text.casefold()
        if not value:
            self._desk.show(asked, lambda: doorbell_words.overview(self._desk.state))
        elif value in ("on", "off"):
            self._desk.do(SetOption(asked.actor, doorbell_words.KEY, value))
        else:
            raise BadInput(HOW_TO)
