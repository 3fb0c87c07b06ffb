"""How a field that is renamed and a field that is new come from schema 1 to schema 2."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from storage.envelope import NoteKind
from storage.errors import NewerState
from storage.state_storage import Tables
from storage.store import COPY_NAME, STATE_NAME, Migration, StateStore
from tests.storage.house import House, Room, house, ids_in_files, names, prepared, row, rows

BOTH = (STATE_NAME, COPY_NAME)


@dataclass(frozen=True, slots=True)
class Palace:
    """What a later version knows: `halls` were `rooms`, the `number` is text, `gates` are new."""

    halls: Mapping[str, Room] = field(default_factory=dict)
    motto: str = ""
    number: str = ""
    gates: tuple[str, ...] = ("main",)


def to_2(tables: Tables) -> Tables:
    halls = tables.pop("rooms", {})
    number = {key: {"value": str(doc["value"])} for key, doc in tables["number"].items()}
    return {**tables, "halls": halls, "number": number}


def to_3(tables: Tables) -> Tables:
    return {**tables, "gates": {"1": {"value": ["main", "garden"]}}}


def palace(
    directory: Path, migrations: Mapping[int, Migration], version: int = 2
) -> StateStore[Palace]:
    store = StateStore(directory, Palace, schema_version=version, migrations=migrations)
    store.open()
    return store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    prepared(tmp_path, house(7), history=rows(1, 2))
    return tmp_path


def test_a_state_of_the_version_before_is_lifted(home: Path) -> None:
    store = palace(home, {1: to_2})
    loaded = store.load()
    assert loaded.state == Palace(house(7).rooms, house(7).motto, "7")
    assert loaded.notes == ()


def test_a_lifted_state_is_written_in_the_new_version_and_lifted_only_once(home: Path) -> None:
    store = palace(home, {1: to_2})
    state = store.load().state
    assert state is not None
    store.commit(state)
    store.close()
    for name in BOTH:
        assert b'"schema": 2' in (home / name).read_bytes()
        assert b"rooms" not in (home / name).read_bytes()
    assert palace(home, {}).load().state == state


def test_rows_that_ride_are_kept_through_a_migration(home: Path) -> None:
    store = palace(home, {1: to_2})
    state = store.load().state
    assert state is not None
    store.commit(state, [row(3)])
    assert store.riding == 3
    store.move_history()
    assert ids_in_files(home) == [1, 2, 3]


def test_rows_may_be_moved_before_the_first_commit_after_a_migration(home: Path) -> None:
    store = palace(home, {1: to_2})
    state = store.load().state
    assert store.move_history() == 2
    store.close()
    assert palace(home, {}).load().state == state
    assert ids_in_files(home) == [1, 2]


def test_migrations_run_one_after_the_other(home: Path) -> None:
    loaded = palace(home, {1: to_2, 2: to_3}, version=3).load()
    assert loaded.state == Palace(house(7).rooms, house(7).motto, "7", ("main", "garden"))


def test_a_migration_starts_at_the_version_of_the_file(home: Path) -> None:
    store = palace(home, {1: to_2})
    state = store.load().state
    assert state is not None
    store.commit(state)
    store.close()
    shutil.copy(home / STATE_NAME, home / COPY_NAME)
    loaded = palace(home, {1: _raising(AssertionError()), 2: to_3}, version=3).load()
    assert loaded.state is not None
    assert loaded.state.gates == ("main", "garden")


def _raising(error: Exception) -> Migration:
    def migration(_tables: Tables) -> Tables:
        raise error

    return migration


@pytest.mark.parametrize(
    ("migrations", "detail"),
    [
        ({}, "no way from schema 1 to 2"),
        ({2: to_3}, "no way from schema 1 to 2"),
        ({1: _raising(KeyError("rooms"))}, "schema 1 cannot be lifted: KeyError('rooms')"),
        ({1: _raising(ZeroDivisionError())}, "schema 1 cannot be lifted: ZeroDivisionError()"),
        ({1: lambda tables: tables}, "expected str, found int @ number"),
    ],
    ids=["none", "another", "fails", "fails otherwise", "forgets"],
)
def test_a_state_that_cannot_be_lifted_is_told_and_kept_for_a_person(
    home: Path, migrations: Mapping[int, Migration], detail: str
) -> None:
    before = {name: (home / name).read_bytes() for name in BOTH}
    store = palace(home, migrations)
    loaded = store.load()
    assert loaded.state is None
    assert [note.kind for note in loaded.notes] == [NoteKind.DAMAGED] * 2
    assert detail in loaded.notes[0].detail
    store.commit(Palace())
    for name in BOTH:
        assert (home / f"{name}.damaged").read_bytes() == before[name]


@pytest.mark.parametrize("newer", BOTH)
def test_an_older_program_touches_nothing(home: Path, newer: str) -> None:
    other = next(name for name in BOTH if name != newer)
    old = (home / other).read_bytes()
    store = palace(home, {1: to_2})
    state = store.load().state
    assert state is not None
    store.commit(state)
    store.close()
    (home / other).write_bytes(old)
    before: dict[str, Any] = {name: (home / name).read_bytes() for name in names(home)}
    with pytest.raises(NewerState, match=newer):
        StateStore(home, House).load()
    assert {name: (home / name).read_bytes() for name in names(home)} == before


def _halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("spoil", [_halved, lambda _: b""], ids=["cut", "empty"])
def test_a_damaged_file_does_not_keep_the_other_from_being_lifted(
    home: Path, spoil: Callable[[bytes], bytes]
) -> None:
    (home / STATE_NAME).write_bytes(spoil((home / STATE_NAME).read_bytes()))
    loaded = palace(home, {1: to_2}).load()
    assert loaded.state == Palace(house(7).rooms, house(7).motto, "7")
    assert [note.file for note in loaded.notes] == [STATE_NAME]
