"""A clock that is moved by hand, for a whole process, and an event loop that never waits.

`install` must come first in a process, before anything that reads the time is imported. Between
two jumps the process lives second by second, but whenever all its parts only wait, the time moves
to the next moment at which one of them wants to go on. A jump moves wall and monotonic clock and
leaves every running time limit as it is, like the long sleep of a host that loses no connection.
"""

from __future__ import annotations

import asyncio
import datetime as datetime_module
import selectors
import threading
import time
from collections.abc import Callable
from typing import Any

# Real seconds between two looks at threads, which live in real time.
_BREATH = 0.001


class HandClock:
    """`slept` is the sum of all jumps, `lived` the seconds lived through beside them.

    `wrong_by` is by how many seconds the wall clock of the process was set wrong.
    """

    def __init__(self, start: datetime_module.datetime) -> None:
        self._start = start
        self._epoch = start.timestamp()
        self.slept = 0.0
        self.lived = 0.0
        self.wrong_by = 0.0

    def jump(self, seconds: float) -> None:
        """Let this much time be over."""
        self.slept += seconds

    def now(self) -> datetime_module.datetime:
        """Return the true time, whatever the process believes."""
        return self._start + datetime_module.timedelta(seconds=self._monotonic())

    def _monotonic(self) -> float:
        return self.slept + self.lived

    def _wall(self) -> float:
        return self._epoch + self._monotonic() + self.wrong_by

    def install(self, in_threads: Callable[[], bool]) -> None:
        """Make this the clock of the process. `in_threads` tells whether a thread is at work."""
        wall = self._wall
        clock = self

        class HandDatetime(datetime_module.datetime):
            @classmethod
            def now(cls, tz: datetime_module.tzinfo | None = None) -> Any:
                return cls.fromtimestamp(wall(), tz)

            @classmethod
            def utcnow(cls) -> Any:
                return cls.fromtimestamp(wall(), datetime_module.UTC).replace(tzinfo=None)

        class HandSelector(selectors.DefaultSelector):
            def select(self, timeout: float | None = None) -> Any:
                # Asked before the look at the sockets: what a thread leaves behind shows there.
                at_work = in_threads()
                ready = super().select(0.0)
                if ready or (timeout is not None and timeout <= 0.0):
                    return ready
                if at_work or timeout is None:
                    return super().select(_BREATH)
                clock.lived += timeout
                return ready

        class HandLoop(asyncio.SelectorEventLoop):
            def time(self) -> float:
                return clock.lived

        class HandPolicy(asyncio.DefaultEventLoopPolicy):
            def new_event_loop(self) -> asyncio.AbstractEventLoop:
                return HandLoop(HandSelector())

        time.time = wall
        time.monotonic = self._monotonic
        datetime_module.datetime = HandDatetime  # type: ignore[misc]
        asyncio.set_event_loop_policy(HandPolicy())


def any_named(name: str) -> bool:
    """Tell whether a thread of this name lives."""
    return any(thread.name == name for thread in threading.enumerate())
