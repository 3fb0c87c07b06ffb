"""The jobs of the job queue: what runs again and again, and how each is kept within bounds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger
from telegram.ext import ContextTypes, Job, JobQueue

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
# A run is never dropped for being late, and missed ones count as one. That none runs beside itself
# is seen to here: the queue would count by schedule, and drop a run that is wanted at once.
_JOB_OPTIONS: dict[str, Any] = {
    "misfire_grace_time": None,
    "coalesce": True,
    "max_instances": 3,
}
# Seconds that a run gets to end after it was cut.
CUT_WITHIN = 0.5
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


class _OnePaceFromNow(BaseTrigger):  # type: ignore[misc]
    """Let a job come one pace from now, whenever it came last.

    The library's own interval counts from the last run: after the clock was set forward by a year
    it would list every second of that year, and the program would stand still meanwhile.
    """

    def __init__(self, pace: float) -> None:
        self._pace = timedelta(seconds=pace)

    def get_next_fire_time(self, _last: datetime | None, now: datetime) -> datetime:
        return now + self._pace


class Jobs:
    """Schedule recurring work on python-telegram-bot's job queue."""

    def __init__(self, queue: JobQueue[Context], work: list[Recurring]) -> None:
        self._queue = queue
        self._work = {one.name: one for one in work}
        self._jobs: dict[str, Job[Context]] = {}
        self._paces: dict[str, float] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._wanted_again: set[str] = set()
        self._stopped = False

    async def start(self) -> None:
        """Start the queue and schedule everything."""
        await self._queue.start()
        for one in self._work.values():
            self._schedule(one, at_once=one.at_once)

    def adjust(self) -> None:
        """Bring the pace of every job up to date, because the state changed."""
        if self._stopped:
            return
        for name, known in self._paces.items():
            pace = self._work[name].every()
            if abs(pace - known) > _WORTHWHILE * known:
                self._paces[name] = pace
                self._change_pace(name, pace, sooner=pace < known)

    def run_now(self, *names: str) -> None:
        """Let the next run of these come at once; the pace goes on from there."""
        if self._stopped:
            return
        for name in names:
            if name in self._running:
                self._wanted_again.add(name)
            else:
                self._jobs[name].job.modify(next_run_time=datetime.now(UTC))

    def restart(self) -> None:
        """Schedule everything anew, because the clock was set or a job did not come."""
        if self._stopped:
            return
        for name, job in self._jobs.items():
            job.schedule_removal()
            self._schedule(self._work[name], at_once=True)

    async def stop(self, seconds: float) -> None:
        """Stop the queue; runs under way get so many seconds, then they are cut."""
        if self._stopped:
            return
        self._stopped = True
        # Or a run could begin while those before it are waited for.
        self._queue.scheduler.pause()
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            _, deaf = await asyncio.wait(running, timeout=CUT_WITHIN)
            running = list(deaf)
        # Waiting lets the queue see its runs end; otherwise it would report them as failed.
        await self._queue.stop(wait=not running)

    def _change_pace(self, name: str, pace: float, *, sooner: bool) -> None:
        job, due = self._jobs[name].job, datetime.now(UTC) + timedelta(seconds=pace)
        if sooner:
            # What is due earlier must not wait because everything got more urgent.
            due = min(due, job.next_run_time)
        job.modify(trigger=_OnePaceFromNow(pace), next_run_time=due)

    def _schedule(self, one: Recurring, *, at_once: bool) -> None:
        async def run(_context: Context) -> None:
            await self._run(one)

        pace = one.every()
        first = datetime.now(UTC) + timedelta(seconds=0.0 if at_once else pace)
        timing = {"trigger": _OnePaceFromNow(pace), "next_run_time": first}
        self._paces[one.name] = pace
        self._jobs[one.name] = self._queue.run_custom(run, _JOB_OPTIONS | timing, name=one.name)

    async def _run(self, one: Recurring) -> None:
        """Do the work once, unless a run of an earlier schedule still does it."""
        if self._stopped or one.name in self._running:
            return
        work = asyncio.create_task(self._within_limit(one), name=f"job {one.name}")
        self._running[one.name] = work
        try:
            await asyncio.wait([work])
        finally:
            del self._running[one.name]
            self.adjust()
            if one.name in self._wanted_again:
                self._wanted_again.discard(one.name)
                self.run_now(one.name)
        error = None if work.cancelled() else work.exception()
        if error is not None:
            # Not left to the queue: its own way to report needs a running application.
            logger.error("The job %s failed.", one.name, exc_info=error)

    async def _within_limit(self, one: Recurring) -> None:
        try:
            async with asyncio.timeout(one.limit) as limit:
                await one.work()
        except TimeoutError:
            if not limit.expired():
                raise
            logger.error("The job %s took longer than %g s and was cut.", one.name, one.limit)
