"""Watch the job queue by the one clock that nobody can set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.controller import Controller
from bot.jobs import Jobs
from bot.vitals import Vitals

logger = logging.getLogger(__name__)

# Seconds.
LOOK_EVERY = 1.0
TICK_LATE = 10.0
# Jobs that stay away so long in spite of new schedules end the program: better start anew.
GIVE_UP = 60.0


class JobsDead(Exception):
    """Say that the job queue cannot be brought back to life."""


class Guard:
    """Schedule all jobs anew when the clock was set, or when ticks or looks stay away.

    `look_limit`: the seconds after which another sign of a look at the clip list is overdue.
    """

    def __init__(
        self,
        controller: Controller,
        jobs: Jobs,
        vitals: Vitals,
        look_limit: Callable[[], float],
    ) -> None:
        self._controller = controller
        self._jobs = jobs
        self._vitals = vitals
        self._look_limit = look_limit
        self._restarted = controller.monotonic()
        self._late_since: float | None = None
        controller.watch_jumps(self._restart)

    async def run(self) -> None:
        """Look every second until cancelled; raise JobsDead when the jobs do not come back."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.look()

    def look(self) -> None:
        """Let a jump of the clock be noticed, and wake jobs that did not come."""
        # Asking for the time is enough; the jobs are scheduled anew by the watcher of jumps.
        self._controller.now()
        late = self._late()
        now = self._controller.monotonic()
        if not late:
            self._late_since = None
            return
        if self._late_since is None:
            self._late_since = now
        if now - self._late_since >= GIVE_UP:
            raise JobsDead(f"the {late} does not come back")
        if now - self._restarted > TICK_LATE:
            logger.error("The %s is late; all jobs are scheduled anew.", late)
            self._restart()

    def _late(self) -> str:
        """Name what stays away, empty where nothing does."""
        if self._vitals.age(self._vitals.tick_stamp) > TICK_LATE:
            return "tick"
        if self._vitals.age(self._vitals.look_stamp) > self._look_limit():
            return "look at the clip list"
        return ""

    def _restart(self) -> None:
        self._restarted = self._controller.monotonic()
        self._jobs.restart()
