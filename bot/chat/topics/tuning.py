"""How much motion starts the alarm."""

from __future__ import annotations

from alarm.core.commands import SetRule
from alarm.core.settings import Mode
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Press
from bot.words import status as status_words
from bot.words.arguments import parse_rule


class Tuning:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Run] = {"threshold": self.threshold}
        self.presses: dict[Press, Run] = {}

    def threshold(self, asked: Asked) -> None:
        state = self._desk.state
        if asked.text:
            rule = state.settings.mode(Mode.AWAY).rule
            self._desk.do(SetRule(asked.actor, parse_rule(asked.text, rule.lookback)))
        else:
            self._desk.show(asked, status_words.threshold(state, self._desk.view()))
