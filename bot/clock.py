"""The host's clock, and how to notice that somebody set it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# A smaller step is not worth moving every delay for.
JUMP = timedelta(seconds=5)


def utc_now() -> datetime:
    return datetime.now(UTC)


class HostClock:
    """Wall clock beside monotonic clock: what one does and the other does not was set by hand."""

    def __init__(
        self,
        wall: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self.monotonic = monotonic
        self._origin = self._measure()

    def now(self) -> datetime:
        return self._wall()

    def jump(self) -> timedelta | None:
        """Return by how much the clock was set since the last call; None for less than a jump."""
        origin = self._measure()
        delta, self._origin = origin - self._origin, origin
        return delta if abs(delta) > JUMP else None

    def _measure(self) -> datetime:
        """Return the wall time at which the monotonic clock stood at zero."""
        return self._wall() - timedelta(seconds=self.monotonic())
