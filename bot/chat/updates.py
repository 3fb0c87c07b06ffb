"""The update loop: every update is handled at least once, and confirmed only when that is kept."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable

import httpx
from telegram import Bot, Update
from telegram.constants import PollingLimit
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.errors import seconds_asked
from bot.chat.requests import ANSWER_TIMEOUT, LONG_POLL
from bot.vitals import Vitals
from bot.words.hearing import ANOTHER_PROGRAM, TOKEN_REFUSED

logger = logging.getLogger(__name__)

ALLOWED = ["message", "callback_query", "my_chat_member"]
# Seconds. After an outage of any length the bot listens again within the longest of these.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0
HANG_LIMIT = LONG_POLL + ANSWER_TIMEOUT + 5.0
HANDLER_LIMIT = 20.0
UNSAVED_PAUSE = 2.0
# A server that answers at once with nothing new must not be asked without end.
NOTHING_NEW_PAUSE = 0.25
# An update whose handler fails this often is set aside, so that the others go on.
MOST_TRIES = 3
_REMEMBERED = 300
_MOST_AT_ONCE = int(PollingLimit.MAX_LIMIT)

Handler = Callable[[Update], Awaitable[None]]


class UpdateLoop:
    """Fetch updates one batch after another and hand them over one at a time, in order.

    `set_aside` is told of an update that could not be handled however often it was tried.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handler,
        is_kept: Callable[[], bool],
        vitals: Vitals,
        set_aside: Callable[[Update], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        long_poll: int = LONG_POLL,
        hang_limit: float = HANG_LIMIT,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._is_kept = is_kept
        self._vitals = vitals
        self._set_aside = set_aside
        self._sleep = sleep
        self._long_poll = long_poll
        self._hang_limit = hang_limit
        self._offset: int | None = None
        self._handled: deque[int] = deque(maxlen=_REMEMBERED)
        self._tries: dict[int, int] = {}
        self._failures = 0

    async def run(self) -> None:
        """Go on until cancelled; no answer of Telegram ends it."""
        while True:
            updates = await self._fetch()
            if updates is None:
                continue
            new = await self._take(updates)
            self._vitals.caught_up.set()
            if not new:
                await self._sleep(NOTHING_NEW_PAUSE)

    async def _fetch(self) -> tuple[Update, ...] | None:
        """Return what waits; None, after a pause, where Telegram did not say."""
        try:
            async with asyncio.timeout(self._hang_limit):
                updates = await self._bot.get_updates(
                    offset=self._offset,
                    # At first only what was written while nobody listened, without waiting.
                    timeout=self._long_poll if self._vitals.caught_up.is_set() else 0,
                    allowed_updates=ALLOWED,
                )
        except RetryAfter as error:
            await self._failed("Telegram asks to slow down", seconds_asked(error))
        except InvalidToken:
            await self._failed(TOKEN_REFUSED)
        except Conflict:
            self._vitals.driven_out()
            await self._failed(ANOTHER_PROGRAM)
        except TimeoutError:
            await self._renew_connection()
            await self._failed("Telegram is silent")
        except TelegramError as error:
            if isinstance(error.__cause__, httpx.PoolTimeout):
                # The only connection is held by a request that nobody waits for any more.
                await self._renew_connection()
            await self._failed(f"Telegram cannot be reached ({type(error).__name__})")
        except Exception as error:  # noqa: BLE001 - nothing may end this loop
            await self._failed(f"Telegram's answer makes no sense ({type(error).__name__})")
        else:
            if self._failures:
                logger.warning("Telegram answers again.")
            self._failures = 0
            self._vitals.heard_telegram()
            return updates
        return None

    async def _failed(self, reason: str, retry_after: float = 0.0) -> None:
        if self._vitals.telegram_trouble != reason:
            logger.warning("No updates: %s.", reason)
        self._vitals.deaf(reason)
        # Hours of failures must not overflow a float.
        pause = min(FIRST_PAUSE * 1.5 ** min(self._failures, 16), LONGEST_PAUSE)
        self._failures += 1
        await self._sleep(max(pause * random.uniform(0.8, 1.0), retry_after))

    async def _renew_connection(self) -> None:
        request = self._bot.request
        try:
            async with asyncio.timeout(5.0):
                await request.shutdown()
        except Exception as error:  # noqa: BLE001 - a wedged pool is why we are here
            logger.warning("The old connection did not close (%s).", type(error).__name__)
        await request.initialize()

    async def _take(self, updates: tuple[Update, ...]) -> bool:
        """Hand over what is new; False where nothing was."""
        news = False
        for update in updates:
            known = update.update_id in self._handled
            if not known:
                news = True
                if not await self._handled_well(update):
                    # Fetched again from here on, so that nothing overtakes it.
                    return True
            if self._is_kept():
                self._offset = update.update_id + 1
        if len(updates) < _MOST_AT_ONCE:
            self._vitals.handled_all()
        if updates and not self._is_kept():
            if not news and len(updates) >= _MOST_AT_ONCE:
                # Telegram hands out no more at once: kept waiting, these would make us deaf.
                self._offset = updates[-1].update_id + 1
            # Unconfirmed, Telegram hands them out again at once, and after a crash too.
            await self._sleep(UNSAVED_PAUSE)
        return news

    async def _handled_well(self, update: Update) -> bool:
        number = update.update_id
        try:
            async with asyncio.timeout(HANDLER_LIMIT):
                await self._handle(update)
        except Exception as error:
            tries = self._tries.get(number, 0) + 1
            self._tries[number] = tries
            logger.exception("Update %d failed (try %d).", number, tries)
            if tries < MOST_TRIES:
                await self._sleep(FIRST_PAUSE)
                return False
            logger.error("Update %d is set aside (%s).", number, type(error).__name__)
            self._set_aside(update)
        self._tries.pop(number, None)
        self._handled.append(number)
        return True
