"""A clock that runs many times as fast, for whole processes that agree on it.

`install` must come first in a process, before anything that reads the time is imported: wall and
monotonic clock, `datetime.now` and the event loop's waiting all go by the fast clock. Times in
sockets stay real, so a loopback answer seems slow rather than a time limit short.
"""

from __future__ import annotations

import asyncio
import datetime as datetime_module
import selectors
import time
from collections.abc import Callable
from typing import Any

_real_monotonic = time.monotonic
_real_time = time.time


class FastClock:
    """`origin` is real monotonic time; `offset` gives seconds by which the wall clock is wrong."""

    def __init__(self, speed: float, origin: float, wall_origin: float) -> None:
        self.speed = speed
        self.origin = origin
        self.wall_origin = wall_origin

    @classmethod
    def from_now(cls, speed: float) -> FastClock:
        return cls(speed, _real_monotonic(), _real_time())

    def passed(self) -> float:
        return (_real_monotonic() - self.origin) * self.speed

    def install(self, offset: Callable[[], float] = lambda: 0.0) -> None:
        """Make this the clock of the process."""
        speed, wall_origin = self.speed, self.wall_origin
        passed = self.passed

        def wall() -> float:
            return wall_origin + passed() + offset()

        class FastDatetime(datetime_module.datetime):
            @classmethod
            def now(cls, tz: datetime_module.tzinfo | None = None) -> Any:
                return cls.fromtimestamp(wall(), tz)

            @classmethod
            def utcnow(cls) -> Any:
                return cls.fromtimestamp(wall(), datetime_module.UTC).replace(tzinfo=None)

        class FastSelector(selectors.DefaultSelector):
            def select(self, timeout: float | None = None) -> Any:
                return super().select(None if timeout is None else timeout / speed)

        class FastPolicy(asyncio.DefaultEventLoopPolicy):
            def new_event_loop(self) -> asyncio.AbstractEventLoop:
                return asyncio.SelectorEventLoop(FastSelector())

        time.time = wall
        time.monotonic = passed
        datetime_module.datetime = FastDatetime  # type: ignore[misc]
        asyncio.set_event_loop_policy(FastPolicy())
