"""Ann writes to the topics and presses their buttons; what the alarm decided can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram import Update

from alarm.core.deliveries import Words, WordsBody
from alarm.core.state import State
from bot.chat.commands import Commands
from bot.chat.presses import Presses
from bot.vitals import Vitals
from bot.words.view import View
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import view
from tests.bot.chat.rooms import Rooms


@dataclass
class Asking:
    """`look` is what the texts know beside the state."""

    parts: Rooms
    telegram: TelegramStandIn
    ann: Person
    look: View = field(default_factory=view)

    @property
    def state(self) -> State:
        return self.parts.controller.state

    async def write(self, text: str) -> str:
        """Write, and return what the bot answers at once; empty where the alarm answers."""
        before = len(self.ann.chat.messages)
        self.ann.write(text)
        commands = Commands(self._topics(), self.parts.controller, self.parts.replies)
        await commands.written(self._update(), self._context())
        await self.parts.replies.settle(5.0)
        written = self.ann.chat.messages[before:]
        return written[-1].text if written else ""

    async def press(self, button: str) -> str:
        """Press the button, and return the newest message of the bot as it is then."""
        self.ann.press(button)
        presses = Presses(self._topics(), self.parts.replies, Vitals())
        await presses.pressed(self._update(), self._context())
        await self.parts.replies.settle(5.0)
        return self.ann.chat.last.text

    def labels(self) -> list[str]:
        """Return the buttons below the newest message."""
        return [button.text for row in self.ann.chat.last.buttons for button in row]

    def said(self) -> Words:
        """Return the newest sentence that the alarm decided to say."""
        bodies = [d.body for d in self.state.outbox.values()]
        return [body.words for body in bodies if isinstance(body, WordsBody)][-1]

    def _update(self) -> Update:
        update = self.telegram.pending_updates[-1]
        return Update.de_json(update, None)

    def _context(self) -> Any:
        return None

    def _topics(self) -> Any:
        return self.parts.topics(Vitals(), lambda: self.look)
