from __future__ import annotations

import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.draft import Row
from alarm.core.state import State
from storage.errors import StorageError
from storage.reserve import RESERVE_SIZE
from storage.states import state_store
from storage.store import COPY_NAME, STATE_NAME, StateStore
from tests.storage.faults import Disk
from tests.storage.house import (
    MEMORY,
    NOON,
    House,
    Room,
    found,
    house,
    ids_in_files,
    names,
    opened,
    owes,
    prepared,
    row,
    rows,
)
from tests.storage.values import values_of


@given(states=st.lists(values_of(State), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_the_alarms_own_state_comes_back_as_it_was(states: list[State]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        store = state_store(Path(name))
        store.load()
        for state in states:
            store.commit(state)
            assert state_store(Path(name)).load().state == state


houses = st.builds(
    House,
    rooms=st.dictionaries(st.sampled_from("abc"), st.builds(Room, name=st.sampled_from("xy"))),
    number=st.integers(0, 1),
)


@given(steps=st.lists(houses, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_order_changes_come_in_the_files_hold_the_last(steps: list[House]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        store = opened(Path(name))
        for step in steps:
            store.commit(step)
            assert not owes(store)
        store.close()
        assert found(Path(name)).state == steps[-1]


def test_a_commit_in_which_nothing_changed_touches_no_file(tmp_path: Path) -> None:
    disk = Disk()
    store = opened(tmp_path, disk.fs)
    store.commit(house(1), [row(1)])
    written = store.bytes_written
    disk.restart()
    store.commit(house(1))
    store.commit(replace(house(1), rooms=dict(house(1).rooms)))
    store.commit(house(1), [row(1)])
    store.flush()
    assert disk.steps == []
    assert store.bytes_written == written


@pytest.mark.parametrize(
    "changed",
    [
        replace(house(1), number=5),
        replace(house(1), rooms={}),
        replace(house(1), rooms={**house(1).rooms, "3": Room("Attic")}),
        replace(house(1), rooms={**house(1).rooms, "2": Room("Garage")}),
        replace(house(1), rooms={"1": house(1).rooms["1"]}),
    ],
    ids=["a field", "none left", "one more", "one changed", "one less"],
)
def test_a_commit_in_which_anything_changed_is_written(tmp_path: Path, changed: House) -> None:
    store = opened(tmp_path)
    store.commit(house(1))
    before = store.bytes_written
    store.commit(changed)
    assert store.bytes_written > before
    store.close()
    assert found(tmp_path).state == changed


def test_the_first_commit_after_a_start_writes_both_files_anew(tmp_path: Path) -> None:
    prepared(tmp_path, house(1), house(2))
    store = opened(tmp_path)
    store.commit(house(2))
    assert store.bytes_written > 0


def test_an_unchanged_part_is_not_encoded_again(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Parts:
        label: str = ""
        numbers: Mapping[str, int] = field(default_factory=dict)

    store = StateStore(tmp_path, Parts)
    store.load()
    numbers: dict[str, Any] = {"1": 1}
    store.commit(Parts("a", numbers))
    # Against the rules, so that it would be noticed if anybody looked.
    numbers["2"] = object()
    store.commit(Parts("b", numbers))
    assert StateStore(tmp_path, Parts).load().state == Parts("b", {"1": 1})


def test_a_mapping_that_was_emptied_does_not_come_back_with_its_default(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Stocked:
        cellar: Mapping[str, int] = field(default_factory=lambda: {"wine": 1})

    store = StateStore(tmp_path, Stocked)
    store.load()
    store.commit(Stocked({}))
    assert StateStore(tmp_path, Stocked).load().state == Stocked({})


def test_files_and_directory_are_private(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    store = opened(home)
    store.commit(house(1), rows(1, 2))
    store.move_history()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert len(names(home)) == 5
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_both_files_hold_the_same_bytes(tmp_path: Path) -> None:
    prepared(tmp_path, house(1), house(2))
    assert (tmp_path / STATE_NAME).read_bytes() == (tmp_path / COPY_NAME).read_bytes()


def test_rows_given_a_second_time_are_taken_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.commit(house(1), rows(1, 2))
    store.commit(house(2), rows(2, 3))
    assert store.riding == 3
    store.move_history()
    store.commit(house(3), rows(1, 4))
    store.move_history()
    assert ids_in_files(tmp_path) == [1, 2, 3, 4]


def test_a_value_that_cannot_be_stored_leaves_the_disk_as_it_was_and_is_owned_up_to(
    tmp_path: Path,
) -> None:
    store = opened(tmp_path)
    store.commit(house(1), [row(1)])
    with pytest.raises(StorageError, match="number cannot be stored") as caught:
        store.commit(replace(house(2), motto="kept", number="two"), [row(2)])  # type: ignore[arg-type]
    assert caught.value.permanent
    assert owes(store)
    store.flush()
    assert owes(store), "what was decided is still not on the disk"
    assert found_beside(store, tmp_path) == (house(1), (1,))
    store.commit(house(3), rows(2, 3))
    assert not owes(store)
    assert store.riding == 3
    assert found_beside(store, tmp_path) == (house(3), (1, 2, 3))


def test_a_row_that_cannot_be_stored_is_refused_and_owned_up_to(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.commit(house(1))
    with pytest.raises(StorageError) as caught:
        store.commit(house(2), [Row(1, NOON.replace(tzinfo=None), "event", {})])
    assert caught.value.permanent
    assert owes(store)
    store.commit(house(2))
    assert found_beside(store, tmp_path) == (house(2), ())


def found_beside(store: StateStore[House], directory: Path) -> tuple[House | None, tuple[int, ...]]:
    """Return what a start would find, while the store's own life is paused for it."""
    store.close()
    after = found(directory)
    store.open()
    return after.state, after.row_ids


def test_the_name_of_the_riding_rows_is_not_free_for_a_field(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Clash:
        history: int = 0

    with pytest.raises(TypeError, match="history is taken"):
        StateStore(tmp_path, Clash)


def test_a_commit_costs_the_same_bytes_whatever_history_there_is(tmp_path: Path) -> None:
    store = opened(tmp_path)

    def cost(number: int) -> int:
        before = store.bytes_written
        store.commit(house(number), [row(number)])
        spent = store.bytes_written - before
        store.move_history()
        return spent

    store.commit(house(1000))
    first = cost(1001)
    for start in range(2000, 5000, 200):
        at = [row(number, NOON + timedelta(hours=number)) for number in range(start, start + 200)]
        store.commit(house(start), at)
        assert store.move_history() == 200
    assert store.riding == 0
    # Two numbers, in both files, may each have grown by some digits.
    assert first <= cost(9001) <= first + 2 * 2 * 4


def test_a_busy_weeks_state_fits_into_the_room_kept_for_it(tmp_path: Path) -> None:
    a_week = 7 * 1500
    store = state_store(tmp_path)
    store.load()
    seen = {f"1234567:{9_000_000_000 + number}": 1_764_000_000 + number for number in range(a_week)}
    store.commit(State(seen=seen))
    assert (tmp_path / STATE_NAME).stat().st_size < RESERVE_SIZE
