"""What a commit costs with little and with much history, beside TinyDB's own storage."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from tinydb import TinyDB
from tinydb.storages import JSONStorage

from alarm.core.draft import Row
from alarm.core.events import Camera
from alarm.core.settings import PanelState
from alarm.core.state import Area, Person, Role, State
from storage.codec import Codec
from storage.files import REAL
from storage.history import History, HistoryRow
from storage.states import state_store
from storage.store import MOVE_BATCH

FEW, MANY = 100, 100_000
# With much history a commit may take this many times what it takes with little.
GOAL = 1.2
COMMITS = 200
MOVES = 5
# Each takes about a second where TinyDB rewrites all of the history.
COMMITS_OF_TINYDB = 5

_START = datetime(2026, 1, 1, tzinfo=UTC)
_BETWEEN_EVENTS = timedelta(seconds=60)
_STATE: Codec[State] = Codec(State)
_ROW: Codec[HistoryRow] = Codec(HistoryRow)


@dataclass
class _Times:
    """How long each repetition took and how many bytes it wrote."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def take(self, act: Callable[[], object], written: Callable[[], int]) -> None:
        before, start = written(), time.perf_counter()
        act()
        self.seconds.append(time.perf_counter() - start)
        self.sizes.append(written() - before)

    @property
    def p50(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        return f"p50 {self.p50 * 1000:.2f} ms, {median(self.sizes) / 1024:.1f} KiB written"


def measure(few: int = FEW, many: int = MANY, commits: int = COMMITS) -> list[str]:
    """Return the lines to print; takes well under 30 s."""
    with tempfile.TemporaryDirectory() as name:
        small, large = _Ours(Path(name) / "few", few), _Ours(Path(name) / "many", many)
        # In turns, so that a busy moment of the machine falls on both.
        for _ in range(commits):
            small.commit()
            large.commit()
        for _ in range(MOVES):
            small.move()
            large.move()
        plain_small = _plain(Path(name) / "few.json", few)
        plain_large = _plain(Path(name) / "many.json", many)
    ratio = large.commits.p50 / small.commits.p50
    met = "met" if ratio <= GOAL else "missed"
    return [
        f"commit with {few:,} events of history: {small.commits}",
        f"commit with {many:,} events of history: {large.commits}",
        f"the longer history makes it {ratio:.2f} times as long (goal {GOAL}: {met})",
        f"moving {MOVE_BATCH} rows to {few:,} events: {small.moves}",
        f"moving {MOVE_BATCH} rows to {many:,} events: {large.moves}",
        f"the same commit in TinyDB's JSONStorage with {few:,} events: {plain_small}",
        f"the same commit in TinyDB's JSONStorage with {many:,} events: {plain_large}",
    ]


def _event(number: int) -> HistoryRow:
    data = {"key": f"1234567:{9_000_000_000 + number}", "camera": "Garage", "source": "pir"}
    return HistoryRow(number, _START + number * _BETWEEN_EVENTS, "event", data)


def _states() -> Iterator[State]:
    """Yield the states of an armed home, each a little different from the one before."""
    cameras = {str(i): Camera(str(i), "1234567", f"Camera {i}") for i in range(6)}
    area = Area("1234567", "Home", PanelState.ARMED, changed_at=_START, changed_by="Ann")
    seen = {f"1234567:{8_000_000_000 + i}": 1_764_000_000 + i for i in range(300)}
    people = {"1": Person(1, "Ann", Role.OWNER), "2": Person(2, "Bob", Role.MEMBER)}
    state = State(areas={"1234567": area}, cameras=cameras, people=people, seen=seen)
    number = 0
    while True:
        number += 1
        state = replace(
            state,
            areas={"1234567": replace(area, changed_at=_START + timedelta(seconds=number))},
            seen={**state.seen, f"1234567:{9_000_000_000 + number}": 1_764_000_000 + number},
            counters=replace(state.counters, row=number),
        )
        yield state


class _Ours:
    """A store with a history of so many events."""

    def __init__(self, directory: Path, events: int) -> None:
        self.commits, self.moves = _Times(), _Times()
        self._store = state_store(directory)
        self._store.open()
        self._store.load()
        self._states = _states()
        self._number = events
        # Made without waiting for the disk; what is measured does wait.
        history = History(directory, replace(REAL, fsync=lambda _: None))
        for first in range(0, events, 1000):
            history.append([_event(i) for i in range(first, min(first + 1000, events))])
        self._store.commit(next(self._states))

    def commit(self) -> None:
        """Take the time of one commit of a changed state and one new row."""
        state, row = next(self._states), self._row()
        self.commits.take(lambda: self._store.commit(state, [row]), self._written)
        # As the program does, so that the rows that ride do not pile up.
        if self._store.riding >= 20:
            self._store.move_history()

    def move(self) -> None:
        """Take the time of moving one whole batch."""
        while self._store.move_history():
            pass
        self._store.commit(next(self._states), [self._row() for _ in range(MOVE_BATCH)])
        self.moves.take(self._store.move_history, self._written)

    def _row(self) -> Row:
        self._number += 1
        event = _event(self._number)
        return Row(event.id, event.at, event.kind, event.data)

    def _written(self) -> int:
        return self._store.bytes_written


class _Counting(JSONStorage):
    """TinyDB's own storage, with a count of the bytes that it writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.bytes_written = 0

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        super().write(data)
        self.bytes_written += self._handle.tell()


def _plain(path: Path, events: int) -> _Times:
    """Take the time of the same commits in the way of TinyDB's manual: one update, one insert."""
    times, states = _Times(), _states()
    storage = _Counting(path)
    with TinyDB(storage=lambda: storage) as db:
        db.table("history").insert_multiple(_ROW.encode(_event(i)) for i in range(events))
        state_id = db.table("state").insert(_STATE.encode(next(states)))

        def commit(state: State, row: HistoryRow) -> None:
            db.table("state").update(_STATE.encode(state), doc_ids=[state_id])
            db.table("history").insert(_ROW.encode(row))

        for number in range(events, events + COMMITS_OF_TINYDB):
            state, row = next(states), _event(number)
            times.take(lambda s=state, r=row: commit(s, r), lambda: storage.bytes_written)  # type: ignore[misc]
    return times
