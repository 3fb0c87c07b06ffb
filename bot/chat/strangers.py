"""Those whom nobody knows: noted within bounds, whatever they send and however much of it."""

from __future__ import annotations

import math
from dataclasses import replace

from telegram import Update

from alarm.core.inputs import Attempt, StrangersTried
from bot.chat.access import (
    command_of,
)
from bot.chat.allowed import (
    COMMANDS,
)
from bot.controller import Controller

# Seconds. Under a flood there is one write in so long.
PAUSE = 60.0
MOST_WAITING = 20
LONGEST_NAME = 40


class Door:
    """Gather what strangers try and tell the controller now and then."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._waiting: dict[int, Attempt] = {}
        self._more = 0
        self._told_at = -math.inf

    def knocked(self, update: Update) -> None:
        """Note an update of somebody whom nobody knows; at most so many people are remembered."""
        user = update.effective_user
        if user is None:
            return
        known = self._waiting.get(user.id)
        if known is not None:
            self._waiting[user.id] = replace(known, count=known.count + 1)
        elif len(self._waiting) < MOST_WAITING:
            name = user.first_name[:LONGEST_NAME]
            self._waiting[user.id] = Attempt(user.id, name, _what(update))
        else:
            self._more += 1
        self.look()

    def look(self) -> None:
        """Tell what was gathered, if it is time; to be asked every second."""
        now = self._controller.monotonic()
        if not self._waiting or now - self._told_at < PAUSE:
            return
        tried = StrangersTried(tuple(self._waiting.values()), self._more)
        self._waiting, self._more, self._told_at = {}, 0, now
        self._controller.apply(tried)


def _what(update: Update) -> str:
    """Say what was tried, never in the stranger's own words."""
    if update.callback_query is not None:
        return "pressed a button"
    if update.my_chat_member is not None:
        return "added the bot to a group"
    command = command_of(update)
    return f"wrote /{command}" if command and command in COMMANDS else "wrote"
