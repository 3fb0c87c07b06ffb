"""Housekeeping: history moved and expired, the disk tried again, menus and phone looked after."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from alarm.core.errors import PhoneError
from alarm.core.state import State
from alarm.phone.client import Phone
from bot.controller import Controller
from bot.vitals import Vitals
from storage.errors import StorageError
from storage.store import StateStore

logger = logging.getLogger(__name__)

HOUSEKEEPING_EVERY = 60.0
PHONE_EVERY = 6 * 3600.0
# Rows that ride in the state file until they are worth a write of a history file.
MOST_RIDING = 50
# A clock this far from the clouds' deletes nothing.
TRUSTED_SKEW = timedelta(hours=1)
EXPIRE_EVERY = timedelta(days=1)


class Housekeeping:
    """Keep the files small and the phone account known.

    `measured_skew`: how far a cloud's clock is from ours, None until this run measured it.
    """

    def __init__(
        self,
        store: StateStore[State],
        controller: Controller,
        vitals: Vitals,
        phone: Phone | None,
        measured_skew: Callable[[], timedelta | None],
    ) -> None:
        self._store = store
        self._controller = controller
        self._vitals = vitals
        self._phone = phone
        self._measured_skew = measured_skew
        self._expired_at = controller.now() - EXPIRE_EVERY

    async def tidy(self) -> None:
        """Move history out of the state file when there is enough of it; expire the old."""
        try:
            if self._store.riding >= MOST_RIDING and not self._store.dirty:
                self._store.move_history()
            now = self._controller.now()
            if self._clock_is_right() and abs(now - self._expired_at) >= EXPIRE_EVERY:
                self._store.expire_history(now)
                self._expired_at = now
        except StorageError as error:
            logger.warning("The history waits: %s", error)
        for note in self._store.take_notes():
            logger.error("The history file %s is %s. %s", note.file, note.kind, note.detail)

    async def look_at_phone(self) -> None:
        """Find out what keeps the account from calling."""
        if self._phone is None:
            return
        try:
            trouble = await self._phone.account_trouble()
        except PhoneError as error:
            trouble = str(error)
        if trouble and trouble != self._vitals.phone_trouble:
            logger.warning("Twilio: %s", trouble)
        self._vitals.phone_trouble = trouble or ""

    def _clock_is_right(self) -> bool:
        # The skew of the state may be of an earlier run, whose clock was right; the one that was
        # measured may be of before the clock was set, which only the state has taken in.
        kept, measured = self._controller.state.clock.skew, self._measured_skew()
        return all(skew is not None and abs(skew) <= TRUSTED_SKEW for skew in (kept, measured))
