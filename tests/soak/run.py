"""Live through the days, print each month, judge at the end."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.soak.hand_clock import HandClock
from tests.soak.home import Home
from tests.soak.measure import Counts, Row, row_of
from tests.soak.report import ROOM, ROOM_OF_DAYS, complaints, header, line
from tests.soak.year import Year

# A year of writes would take a disk many minutes.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
OURS = ("alarm", "bot", "storage")
MOST_FAILURES = 20
# Days until every part has been used.
WARM_UP = 3
# Days. A shorter run is not shown by months.
WEEKS = 92


class Complaints(logging.Handler):
    """Count what the program complains of, by the unfilled sentence.

    `failures` are tracebacks of our own: no outage may come to that.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: Counter[str] = Counter()
        self.failures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen[f"{record.levelname} {record.name}: {record.msg}"] += 1
        ours = record.name.partition(".")[0] in OURS
        if ours and record.exc_info and len(self.failures) < MOST_FAILURES:
            self.failures.append(self.format(record))


def run_soak(clock: HandClock, chance: random.Random, first: date, days: int) -> int:
    """Live through so many days and return the exit status."""
    heard = Complaints()
    logging.getLogger().addHandler(heard)
    with tempfile.TemporaryDirectory(dir=MEMORY) as directory:
        rows, wrong = asyncio.run(_live(clock, chance, Path(directory), first, days))
    room = ROOM if days >= WEEKS else ROOM_OF_DAYS
    wrong += complaints(rows, room) + [f"logged: {text}" for text in heard.failures]
    print("said in the log: " + "; ".join(f"{n} x {text}" for text, n in heard.seen.items()))
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    return 1 if wrong else 0


async def _live(
    clock: HandClock, chance: random.Random, directory: Path, first: date, days: int
) -> tuple[list[Row], list[str]]:
    home, rows = Home(clock, directory), list[Row]()
    await home.open()
    year, before = Year(home, chance), Counts()
    print(header(), flush=True)
    day = first
    for name, end in _parts(first, days):
        while day < end:
            await year.live(day)
            day += timedelta(days=1)
        rows.append(row_of(name, year.samples, year.counts.since(before)))
        before = year.counts
        year.samples.clear()
        print(line(rows[-1]), flush=True)
    await home.close()
    return rows, year.wrong


def _parts(first: date, days: int) -> Iterator[tuple[str, date]]:
    """Yield name and end of each month; of a run of weeks its warm-up and the halves after it."""
    if days < WEEKS:
        half = (days - WARM_UP) // 2
        for name, length in ("warm-up", WARM_UP), ("first", WARM_UP + half), ("second", days):
            yield name, first + timedelta(days=length)
        return
    end = first
    while end < first + timedelta(days=days):
        name, end = f"{end:%b}", (end.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield name, end
