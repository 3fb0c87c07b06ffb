"""Watch the job queue and the host's clock by the one clock that nobody can set."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta

from alarm.core.inputs import ClockJumped
from bot.controller import Controller
from bot.jobs import Jobs
from bot.vitals import Vitals

logger = logging.getLogger(__name__)

# Seconds.
LOOK_EVERY = 1.0
JUMP = 5.0
TICK_LATE = 10.0


class Guard:
    """Compare wall clock and monotonic clock; schedule all jobs anew when something is off."""

    def __init__(
        self,
        controller: Controller,
        jobs: Jobs,
        vitals: Vitals,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._controller = controller
        self._jobs = jobs
        self._vitals = vitals
        self._monotonic = monotonic
        self._offset = self._measure()
        self._restarted = monotonic()

    async def run(self) -> None:
        """Look every second until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.look()

    def look(self) -> None:
        """Tell a jump of the clock, and wake jobs that did not come."""
        offset = self._measure()
        delta = offset - self._offset
        self._offset = offset
        if abs(delta) > JUMP:
            logger.warning("The clock was set by %+.0f s.", delta)
            self._controller.apply(ClockJumped(timedelta(seconds=delta)))
            self._restart()
        elif self._tick_is_late():
            logger.error("The tick is late; all jobs are scheduled anew.")
            self._restart()

    def _tick_is_late(self) -> bool:
        waited = self._monotonic() - self._restarted
        return self._vitals.age(self._vitals.tick_stamp) > TICK_LATE and waited > TICK_LATE

    def _restart(self) -> None:
        self._restarted = self._monotonic()
        self._jobs.restart()

    def _measure(self) -> float:
        return self._controller.now().timestamp() - self._monotonic()
