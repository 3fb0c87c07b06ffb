"""Telegram's own clock: the first cloud that can confirm the time after a start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from alarm.core.inputs import ClockConfirmed
from alarm.core.schedule.wishes import confirmed
from bot.controller import Controller


class TrueTime:
    """Pass on what Telegram's answers say of the time, until a cloud has confirmed the clock.

    Blink does the same with every look; but it may be out of reach while a person commands.
    """

    def __init__(self, controller: Controller, skew: Callable[[], timedelta | None]) -> None:
        self._controller = controller
        self._skew = skew

    def now(self) -> datetime:
        """Return the time at Telegram, else at Blink: the host's clock may be wrong."""
        skew = self._skew()
        if skew is None:
            skew = self._controller.state.clock.skew
        return self._controller.now() + (skew or timedelta(0))

    def confirm(self) -> None:
        if not confirmed(self._controller.state) and (skew := self._skew()) is not None:
            self._controller.apply(ClockConfirmed(skew))
