"""Look and ask: who am I, what can it do, how is it, what did a camera see."""

from __future__ import annotations

from alarm.core.household_commands import Claim
from bot.chat.last_clip import LastClip
from bot.chat.offered import may
from bot.chat.topics.desk import Asked, Desk, Run
from bot.pages import Page, Press
from bot.words import status as status_words
from bot.words.areas import has_many
from bot.words.help_pages import help_page


class Looking:
    def __init__(self, desk: Desk, last_clip: LastClip) -> None:
        self._desk = desk
        self._last_clip = last_clip
        self.commands: dict[str, Run] = {
            "start": self.start,
            "help": self.help,
            "cameras": self.cameras,
            "clip": self.clip,
        }
        self.presses: dict[Press, Run] = {Press.HELP: self.turn_help}

    def start(self, asked: Asked) -> None:
        self._desk.do(Claim(asked.actor, asked.text))

    def help(self, asked: Asked) -> None:
        self._desk.show(asked, self._help(asked))

    def turn_help(self, asked: Asked) -> None:
        self._desk.turn(asked, self._help(asked))

    def _help(self, asked: Asked) -> Page:
        state = self._desk.state
        return help_page(asked.text, areas=has_many(state), may=may(state, asked.chat))

    def cameras(self, asked: Asked) -> None:
        self._desk.show(
            asked, lambda: status_words.cameras(self._desk.seen(asked), self._desk.view())
        )

    def clip(self, asked: Asked) -> None:
        self._last_clip.show(asked.chat, asked.text, reply_to=asked.message_id)
