"""A small state that stands for any, the rows of its history, and ways to look at a directory."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alarm.core.draft import Row
from storage.envelope import LoadNote
from storage.files import REAL, FileSystem
from storage.history import History, HistoryRow
from storage.store import Loaded, StateStore

# For tests by the thousand. Only a power cut could tell, and PowerDisk does.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
UNSYNCED = replace(REAL, fsync=lambda _: None, sync_directory=lambda _: None)

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
EVE = datetime(2026, 3, 31, 23, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    armed: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class House:
    rooms: Mapping[str, Room] = field(default_factory=dict)
    motto: str = ""
    number: int = 0


def house(number: int) -> House:
    """Return a house that differs from every other number's."""
    rooms = {"1": Room("Küche"), "2": Room("Garage \N{AUTOMOBILE}", armed=True, since=NOON)}
    return House(rooms, motto='a "quoted"\nline', number=number)


def row(number: int, at: datetime | None = None) -> Row:
    when = NOON + timedelta(seconds=number) if at is None else at
    return Row(number, when, "journal", {"what": f"step {number}", "late": 0.5, "by": None})


def rows(first: int, last: int) -> list[Row]:
    return [row(number) for number in range(first, last + 1)]


def store(directory: Path, fs: FileSystem = UNSYNCED) -> StateStore[House]:
    return StateStore(directory, House, fs=fs)


def opened(directory: Path, fs: FileSystem = UNSYNCED) -> StateStore[House]:
    """Return a store that is ready for commits."""
    started = store(directory, fs)
    started.open()
    started.load()
    return started


def owes(started: StateStore[House]) -> bool:
    """Tell whether the disk lacks the last commit; a type checker takes a property for fixed."""
    return started.dirty


def prepared(directory: Path, *houses: House, history: Sequence[Row] = ()) -> None:
    """Leave a directory as a program does that committed these houses and stopped."""
    started = opened(directory)
    for number, each in enumerate(houses):
        started.commit(each, history if number == 0 else ())
    started.close()


@dataclass(frozen=True, slots=True)
class Found:
    """What a program that starts now would find: its state, its notes, the ids of its rows."""

    state: House | None
    notes: tuple[LoadNote, ...]
    row_ids: tuple[int, ...]

    @property
    def kinds(self) -> dict[str, str]:
        """Return the kind of note by file."""
        return {note.file: note.kind.value for note in self.notes}


def found(directory: Path) -> Found:
    started = store(directory)
    started.open()
    loaded: Loaded[House] = started.load()
    ids = tuple(sorted(each.id for each in started.rows()))
    started.close()
    return Found(loaded.state, loaded.notes + started.take_notes(), ids)


def ids_in_files(directory: Path) -> list[int]:
    """Return the ids of the rows in the history files alone, doubled ones twice."""
    return sorted(each.id for each in History(directory, UNSYNCED).rows())


def history_row(number: int, at: datetime | None = None) -> HistoryRow:
    made = row(number, at)
    return HistoryRow(made.id, made.at, made.kind, made.data)


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def many(first: int, last: int, at: datetime = NOON) -> list[HistoryRow]:
    return [history_row(number, at) for number in range(first, last + 1)]


def ids(rows: Sequence[HistoryRow]) -> list[int]:
    return [each.id for each in rows]
