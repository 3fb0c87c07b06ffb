"""The command menu, shown to people we know and to nobody else: what each may do, in each chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from alarm.core.state import Role, State
from bot.chat.allowed import (
    COMMANDS,
    PRIVATE_COMMANDS,
)
from bot.words.help import IN_MENU, MENU

logger = logging.getLogger(__name__)

LIMIT = 15.0
Menu = tuple[tuple[str, str], ...]


def menu_of(role: Role) -> Menu:
    """Return the commands that a role may use, with their words."""
    return tuple(
        (name, words) for name, words in MENU if name in IN_MENU and role.covers(COMMANDS[name])
    )


def menu_of_group() -> Menu:
    """Return what is asked in the home's group: nothing that answers in private."""
    return tuple(entry for entry in menu_of(Role.MEMBER) if entry[0] not in PRIVATE_COMMANDS)


class Menus:
    """Set the menu of each known chat once, and again when its role changed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._shown: dict[int, Menu] = {}

    async def bring_up_to_date(self, state: State) -> None:
        """Set what is missing, take away what is too much; the next call tries again."""
        wanted = {p.user_id: menu_of(p.role) for p in state.people.values() if p.reachable}
        known = {person.user_id for person in state.people.values()}
        if state.group is not None:
            known.add(state.group.chat_id)
            if state.group.reachable:
                wanted[state.group.chat_id] = menu_of_group()
        for chat in [chat for chat in self._shown if chat not in known]:
            request = self._bot.delete_my_commands(scope=BotCommandScopeChat(chat))
            if await self._done(request, unless_gone=True):
                self._shown.pop(chat, None)
        for chat, menu in wanted.items():
            if self._shown.get(chat) == menu:
                continue
            commands = [BotCommand(name, words) for name, words in menu]
            if await self._done(
                self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat))
            ):
                self._shown[chat] = menu

    async def _done(self, request: Awaitable[object], *, unless_gone: bool = False) -> bool:
        """Return whether it was done; `unless_gone`: a chat that is gone needs nothing more."""
        try:
            async with asyncio.timeout(LIMIT):
                await request
        except (TelegramError, TimeoutError) as error:
            logger.info("A command menu could not be set (%s).", type(error).__name__)
            return unless_gone and isinstance(error, BadRequest | Forbidden | ChatMigrated)
        return True
