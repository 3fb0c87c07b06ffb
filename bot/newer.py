"""The last word of a program that is too old for its own state: told in chat, once a day."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alarm.core.state import Role
from bot.chat.errors import ChatError
from bot.chat.requests import sending_bot
from bot.chat.sender import Sender
from bot.config import Config
from bot.pages import Page
from bot.words.markup import bold, page
from storage.lock import LOCK_NAME
from storage.store import STATE_NAME, tables_of_any_version

logger = logging.getLogger(__name__)

# Seconds for all chats together: whoever started the program waits for its end.
LIMIT = 10.0
# Seconds. A supervisor starts it again every few seconds; a chat wants to hear it once a day.
TELL_EVERY = 86400.0
# Seconds. The lock is older than the state unless it was stamped; a copy of both is not precise.
STAMPED = 5.0


class LastWord:
    """Tell people that the state is of a newer version. Make it before the lock is taken.

    The time stamp of the lock file remembers when they were told: nothing else may be touched.
    """

    def __init__(self, config: Config, state_dir: Path) -> None:
        self._config = config
        self._state_dir = state_dir
        self._lock = state_dir / LOCK_NAME
        self._told_at = _modified(self._lock)

    def say(self) -> None:
        """Say it to the household within a time limit; never raises."""
        try:
            if self._told_lately():
                logger.info("The chats heard of this within the last day.")
            elif asyncio.run(self._say()):
                with contextlib.suppress(OSError):
                    os.utime(self._lock)
        except Exception:
            logger.exception("Nobody could be told.")

    def _told_lately(self) -> bool:
        written_at = _modified(self._state_dir / STATE_NAME)
        stamped = self._told_at > written_at + STAMPED
        return stamped and 0 <= time.time() - self._told_at < TELL_EVERY

    async def _say(self) -> bool:
        """Return whether somebody heard it."""
        bot = sending_bot(self._config, connections=4)
        sender = Sender(bot)

        async def tell(chat: int) -> bool:
            try:
                await sender.send(chat, words())
            except ChatError as error:
                logger.warning("Somebody could not be told: %s.", error)
                return False
            return True

        await bot.request.initialize()
        try:
            async with asyncio.timeout(LIMIT):
                return any(await asyncio.gather(*map(tell, self._household())))
        except TimeoutError:
            logger.warning("Telegram did not take the last word in time.")
            return False
        finally:
            await bot.request.shutdown()

    def _household(self) -> set[int]:
        people = tables_of_any_version(self._state_dir).get("people")
        documents = people.values() if isinstance(people, dict) else ()
        chats = set(_adults(documents))
        owner = self._config.telegram_owner_id
        return chats if owner is None else chats | {owner}


def words() -> Page:
    return page(
        [
            f"⛔ {bold('The alarm does not run: NOT WATCHING.')}",
            (
                "Its saved state was written by a newer version than the one that is installed "
                "now. Install that version again; nothing was changed and nothing is lost."
            ),
        ]
    )


def _adults(documents: Iterable[Any]) -> Iterable[int]:
    """Yield the chats of owners and members, as far as a future form can be read."""
    for document in documents:
        person = document.get("value") if isinstance(document, dict) else None
        if isinstance(person, dict) and person.get("role") in (Role.OWNER, Role.MEMBER):
            user_id = person.get("user_id")
            if isinstance(user_id, int) and not isinstance(user_id, bool):
                yield user_id


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
