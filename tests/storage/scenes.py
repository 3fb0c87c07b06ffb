"""What a program may be doing to its directory when it dies, and what may be found then."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from storage.store import STATE_NAME, StateStore
from tests.storage.faults import Plan, os_error
from tests.storage.house import (
    EVE,
    Found,
    House,
    found,
    house,
    ids_in_files,
    opened,
    prepared,
    row,
    rows,
)

OLD, NEW, NEXT = house(1), house(2), house(3)
# The state and the ids of the rows that go with it.
Outcome = tuple[House | None, tuple[int, ...]]

FULL = 3


def disk_full_at(step: int) -> Plan:
    """Refuse one step because the disk is full; giving up the reserve helps."""
    return lambda number, _: os_error(errno.ENOSPC) if number == step else None


def nothing(_directory: Path) -> None:
    """Leave the directory empty."""


def lived_in(directory: Path) -> None:
    prepared(directory, OLD, history=rows(1, 4))


def with_a_damaged_file(directory: Path) -> None:
    prepared(directory, OLD, history=rows(1, 4))
    (directory / STATE_NAME).write_bytes(b"{")


def with_leftovers(directory: Path) -> None:
    prepared(directory, OLD, history=rows(1, 4))
    for name in (".state.json.tmp", ".reserve.tmp", ".history-2026-03.json.tmp"):
        (directory / name).write_bytes(b"{")


def without_reserve(directory: Path) -> None:
    prepared(directory, OLD, history=rows(1, 4))
    (directory / "reserve").unlink()


def with_a_full_history_file(directory: Path) -> None:
    """Leave one file of history that is full, and rows that ride."""
    started = opened(directory)
    started.commit(house(0), rows(1, FULL))
    started.move_history()
    started.commit(OLD, [row(4)])
    started.close()


def over_the_end_of_a_month(directory: Path) -> None:
    prepared(directory, OLD, history=[row(1, EVE), row(2, EVE), row(3), row(4)])


def with_a_damaged_history_file(directory: Path) -> None:
    prepared(directory, OLD, history=rows(1, 4))
    (directory / "history-2026-03.json").write_bytes(b"{")


def commits(store: StateStore[House]) -> None:
    store.commit(NEW, rows(5, 6))


def commits_twice(store: StateStore[House]) -> None:
    store.commit(OLD)
    store.commit(NEW, rows(5, 6))


def moves(store: StateStore[House]) -> None:
    while store.move_history(limit=2):
        pass


def moves_and_commits(store: StateStore[House]) -> None:
    store.move_history(limit=3)
    store.commit(NEW, rows(5, 6))
    moves(store)


BEFORE: Outcome = (OLD, (1, 2, 3, 4))
AFTER: Outcome = (NEW, (1, 2, 3, 4, 5, 6))


@dataclass(frozen=True)
class Scene:
    """A directory, what is done to it, and every outcome that is right at any instant of that.

    `natural`: the files that may be noted, because they were damaged or missing from the start.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[StateStore[House]], None]
    outcomes: tuple[Outcome, ...] = (BEFORE, AFTER)
    natural: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name

    def check(self, directory: Path, at: object) -> Found:
        """Raise AssertionError unless a start finds one of the right outcomes, and can go on."""
        after = found(directory)
        assert (after.state, after.row_ids) in self.outcomes, f"{after} at {at}"
        assert set(after.kinds) <= self.natural, f"{after.notes} at {at}"
        goes_on(directory, after, at)
        return after


def goes_on(directory: Path, after: Found, at: object) -> None:
    """Raise AssertionError unless the next life of the program loses and doubles nothing."""
    following = opened(directory)
    following.commit(NEXT, [row(9)])
    moves(following)
    following.close()
    assert ids_in_files(directory) == [*after.row_ids, 9], f"at {at}"
    last = found(directory)
    assert (last.state, last.notes) == (NEXT, ()), f"at {at}"
    assert not [path for path in directory.iterdir() if path.name.endswith(".tmp")]


SCENES = [
    Scene(
        "the very first commit",
        nothing,
        lambda store: store.commit(NEW, rows(5, 6)),
        ((None, ()), (NEW, (5, 6))),
    ),
    Scene("a commit", lived_in, commits),
    Scene("two commits", lived_in, commits_twice),
    Scene(
        "a commit over a damaged file",
        with_a_damaged_file,
        commits,
        natural=frozenset({STATE_NAME}),
    ),
    Scene("a start after a crash", with_leftovers, commits),
    Scene("taking the reserve again", without_reserve, commits),
    Scene("a move", lived_in, moves, (BEFORE,)),
    Scene("a move, a commit, a move", lived_in, moves_and_commits),
    Scene("a move past a full file", with_a_full_history_file, moves_and_commits),
    Scene("a move over a month's end", over_the_end_of_a_month, moves_and_commits),
    Scene(
        "a move past a damaged file",
        with_a_damaged_history_file,
        moves_and_commits,
        natural=frozenset({"history-2026-03.json"}),
    ),
]
