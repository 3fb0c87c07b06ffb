"""A real job queue, with work that counts its runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram.ext import ApplicationBuilder

from bot.jobs import Jobs, Recurring

PACE = 0.02


class Work:
    """Counts its runs; `does` may be changed at any time."""

    def __init__(self, does: Callable[[], Awaitable[None]] | None = None) -> None:
        self.runs = 0
        self.beside = 0
        self.does = does
        self._running = 0

    async def __call__(self) -> None:
        self.runs += 1
        self._running += 1
        self.beside = max(self.beside, self._running)
        try:
            if self.does is not None:
                await self.does()
        finally:
            self._running -= 1


@asynccontextmanager
async def running(*work: Recurring) -> AsyncIterator[Jobs]:
    application = ApplicationBuilder().token("1:a").updater(None).build()
    assert application.job_queue is not None
    jobs = Jobs(application.job_queue, list(work))
    await jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop(0.1)


def recurring(
    work: Work, name: str = "work", *, every: Callable[[], float] | None = None, **options: Any
) -> Recurring:
    return Recurring(name, work, every or (lambda: PACE), **({"limit": 5.0} | options))


async def for_ever() -> None:
    await asyncio.Event().wait()
