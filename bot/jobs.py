"""The jobs of the job queue: what runs again and again, and how each is kept within bounds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram.ext import ContextTypes, Job, JobQueue

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
# A run is never dropped for being late, missed ones count as one, and none runs beside itself.
_JOB_OPTIONS: dict[str, Any] = {
    "misfire_grace_time": None,
    "coalesce": True,
    "max_instances": 1,
}
# A change of pace below this share is not worth a new schedule.
_WORTHWHILE = 0.01


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work that recurs: `every` gives the seconds to the next run, asked anew after each.

    `limit` cuts a run that hangs, in seconds.
    """

    name: str
    work: Callable[[], Awaitable[None]]
    every: Callable[[], float]
    limit: float
    at_once: bool = True


class Jobs:
    """Schedule recurring work on python-telegram-bot's job queue."""

    def __init__(self, queue: JobQueue[Context], work: list[Recurring]) -> None:
        self._queue = queue
        self._work = work
        self._jobs: dict[str, Job[Context]] = {}
        self._paces: dict[str, float] = {}

    async def start(self) -> None:
        """Start the queue and schedule everything."""
        await self._queue.start()
        for one in self._work:
            self._schedule(one, at_once=one.at_once)

    def adjust(self) -> None:
        """Bring the pace of every job up to date, because the state changed."""
        for one in self._work:
            pace = one.every()
            known = self._paces.get(one.name)
            if known is not None and abs(pace - known) > _WORTHWHILE * known:
                self._paces[one.name] = pace
                self._jobs[one.name].job.reschedule("interval", seconds=pace)

    def run_now(self, *names: str) -> None:
        """Let the next run of these come at once; the pace goes on from there."""
        for name in names:
            self._jobs[name].job.modify(next_run_time=datetime.now(UTC))

    def restart(self) -> None:
        """Schedule everything anew, because the clock was set or a job did not come."""
        for one in self._work:
            self._jobs[one.name].schedule_removal()
            self._schedule(one, at_once=True)

    async def stop(self, seconds: float) -> None:
        """Stop the queue; runs under way get so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._queue.stop(wait=True)
        except TimeoutError:
            await self._queue.stop(wait=False)

    def _schedule(self, one: Recurring, *, at_once: bool) -> None:
        async def run(_context: Context) -> None:
            try:
                async with asyncio.timeout(one.limit):
                    await one.work()
            except TimeoutError:
                logger.error("The job %s took longer than %g s and was cut.", one.name, one.limit)
            finally:
                self.adjust()

        pace = one.every()
        self._paces[one.name] = pace
        self._jobs[one.name] = self._queue.run_repeating(
            run, pace, name=one.name, job_kwargs=_JOB_OPTIONS
        )
        if at_once:
            # Not by `first=0`: a start that is over already puts the first run one pace away.
            self.run_now(one.name)
