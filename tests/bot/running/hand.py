"""Clocks whose hands are moved: time goes by, or the host's clock is set, as the test says."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from bot.clock import HostClock

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class Hand:
    """A wall clock and a monotonic one. With `running` real time goes by as well."""

    def __init__(self, *, running: bool = False, at: datetime = NOON) -> None:
        self._running = running
        self._at = at
        self._passed = 0.0
        self._set_by = timedelta(0)
        self.clock = HostClock(self.now, self.monotonic)

    def now(self) -> datetime:
        base = datetime.now(UTC) if self._running else self._at
        return base + timedelta(seconds=self._passed) + self._set_by

    def monotonic(self) -> float:
        return self._passed + (time.monotonic() if self._running else 5000.0)

    def true_now(self) -> datetime:
        """Return the time of clocks that nobody set, such as those of the clouds."""
        return self.now() - self._set_by

    def forward(self, seconds: float) -> None:
        """Let time go by."""
        self._passed += seconds

    async def sleep(self, seconds: float) -> None:
        """Wait, by letting time go by."""
        self.forward(seconds)

    def set(self, by: timedelta) -> None:
        """Set the host's clock; no time goes by."""
        self._set_by += by
