"""What the program holds at one moment, what comes of it in a month, and how it is printed."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from statistics import mean

import psutil

from storage.store import STATE_NAME
from tests.soak.home import Home

MEGABYTE = 1024**2
# Seconds lived through for a look. Every job comes at least once, the heartbeat included, which
# beats only when all has been well for a while.
LONG_LOOK = 90


@dataclass(frozen=True)
class Sample:
    """One look. `blocks` counts what Python's allocator has given out, small leaks included.

    `history` is bytes in so many `files`; the month of the `oldest` ended so many days ago.
    `others` are all other files, those of clips on their way included.
    """

    rss: int
    blocks: int
    state: int
    history: int
    files: int
    others: int
    oldest: int
    fds: int
    tasks: int
    threads: int
    left: int


@dataclass(frozen=True)
class Counts:
    """How often things happened since the start."""

    events: int = 0
    incidents: int = 0
    alerts: int = 0
    calls: int = 0

    def since(self, before: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) - getattr(before, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Row:
    """A month: what was held at its last look (the state file: on average), what happened."""

    name: str
    held: Sample
    counts: Counts


async def look(home: Home) -> Sample:
    """Measure; to be called at the same point of each day, when nothing is on its way.

    Connections come and go with the jobs, and with them files and tasks: what is left of these at
    the quietest second of a long look is what the program holds on to.
    """
    process = psutil.Process()
    seconds = [await _count(process) for _ in range(LONG_LOOK)]
    gc.collect()
    kept = list(home.state_dir.iterdir())
    history = [path for path in kept if path.name.startswith("history-")]
    return Sample(
        rss=process.memory_info().rss,
        blocks=sys.getallocatedblocks(),
        state=(home.state_dir / STATE_NAME).stat().st_size,
        history=sum(path.stat().st_size for path in history),
        files=len(history),
        others=len(kept) - len(history) + len(list(home.clips_dir.iterdir())),
        oldest=max((days_since_month(path.name, home.now) for path in history), default=0),
        fds=min(fds for fds, _ in seconds),
        tasks=min(tasks for _, tasks in seconds),
        threads=threading.active_count(),
        left=len(home.state.outbox),
    )


async def _count(process: psutil.Process) -> tuple[int, int]:
    await asyncio.sleep(1.0)
    names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    # Those of the stand-ins are not the program's.
    return process.num_fds(), sum(not name.startswith("RequestHandler.") for name in names)


def days_since_month(name: str, now: datetime) -> int:
    """Return how many days ago the month of a history file ended, 0 for the running one."""
    year, month = (int(part) for part in name.removesuffix(".json").split("-")[1:3])
    ended = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return max((now - ended).days, 0)


def row_of(name: str, samples: Sequence[Sample], counts: Counts) -> Row:
    """Sum up a month; the state file is the mean, because history rides in it for a while."""
    last = {f.name: getattr(samples[-1], f.name) for f in fields(Sample)}
    state = round(mean(sample.state for sample in samples))
    return Row(name, Sample(**last | {"state": state}), counts)
