"""The command menu, shown to people we know and to nobody else."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from alarm.core.state import State
from bot.words.help import MENU

logger = logging.getLogger(__name__)

LIMIT = 15.0


class Menus:
    """Set the menu of each known person's chat, once for each run of the program."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._done: set[int] = set()

    async def bring_up_to_date(self, state: State) -> None:
        """Set the menus that are missing; a failure is tried again by the next call."""
        commands = [BotCommand(name, words) for name, words in MENU]
        for person in state.people.values():
            if person.user_id in self._done or not person.reachable:
                continue
            try:
                async with asyncio.timeout(LIMIT):
                    await self._bot.set_my_commands(
                        commands, scope=BotCommandScopeChat(person.user_id)
                    )
            except (TelegramError, TimeoutError) as error:
                logger.info("A command menu could not be set (%s).", type(error).__name__)
            else:
                self._done.add(person.user_id)
