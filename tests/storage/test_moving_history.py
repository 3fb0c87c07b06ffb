from __future__ import annotations

import errno
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.envelope import Envelope, LoadNote, NoteKind
from storage.errors import StorageError
from storage.history import RETENTION
from storage.store import COPY_NAME, MOVE_BATCH, STATE_NAME
from tests.storage.faults import Death, Disk, dying, never
from tests.storage.house import (
    EVE,
    MEMORY,
    NOON,
    UNSYNCED,
    found,
    house,
    ids_in_files,
    names,
    opened,
    owes,
    prepared,
    row,
    rows,
    store,
)


def test_rows_ride_in_the_state_file_until_they_are_moved(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, 3))
    assert kept.riding == 3
    assert ids_in_files(tmp_path) == []
    assert kept.move_history() == 3
    assert kept.riding == 0
    assert ids_in_files(tmp_path) == [1, 2, 3]
    assert b"step 1" not in (tmp_path / STATE_NAME).read_bytes()
    assert b"step 1" not in (tmp_path / COPY_NAME).read_bytes()


def test_the_oldest_rows_are_moved_first_in_batches(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, 5))
    for moved, left in ((2, 3), (2, 1), (1, 0), (0, 0)):
        assert kept.move_history(limit=2) == moved
        assert kept.riding == left
        assert ids_in_files(tmp_path) == list(range(1, 5 - left + 1))


def test_a_batch_has_an_end(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, MOVE_BATCH + 1))
    assert kept.move_history() == MOVE_BATCH
    assert kept.move_history() == 1


def test_with_nothing_to_move_no_file_is_touched(tmp_path: Path) -> None:
    disk = Disk()
    kept = opened(tmp_path, disk.fs)
    kept.commit(house(1), rows(1, 2))
    kept.move_history()
    disk.restart()
    assert kept.move_history() == 0
    assert disk.steps == []


def test_rows_that_ride_come_before_those_that_were_moved(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, 4))
    kept.move_history(limit=2)
    assert [each.id for each in kept.rows()] == [4, 3, 2, 1]
    assert [each.id for each in kept.rows(since=NOON + timedelta(seconds=2))] == [4, 3, 2]
    assert [each.id for each in kept.rows(since=NOON + timedelta(seconds=4))] == [4]
    assert list(kept.rows(kind="event")) == []
    assert [each.id for each in kept.rows(kind="journal")] == [4, 3, 2, 1]


def test_a_row_comes_back_as_it_was_from_either_place(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    given_in = row(1)
    kept.commit(house(1), [given_in])
    (riding,) = kept.rows()
    kept.move_history()
    (moved,) = kept.rows()
    assert riding == moved
    assert (moved.id, moved.at, moved.kind, moved.data) == (
        given_in.id,
        given_in.at,
        given_in.kind,
        given_in.data,
    )


def test_rows_may_be_moved_while_they_are_read(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, 4))
    reading = kept.rows()
    assert next(reading).id == 4
    kept.move_history()
    assert [each.id for each in reading] == [3, 2, 1]


def test_only_what_is_on_the_disk_is_moved(tmp_path: Path) -> None:
    refused = ""

    def create(path: Path) -> int:
        if refused and refused in path.name:
            raise OSError(errno.EIO, "no")
        return UNSYNCED.create(path)

    kept = opened(tmp_path, replace(UNSYNCED, create=create))
    kept.commit(house(1), rows(1, 2))
    refused = "state"
    with pytest.raises(StorageError):
        kept.commit(house(2), [row(3)])
    with pytest.raises(StorageError):
        kept.move_history()
    assert ids_in_files(tmp_path) == [], "history may not know more than the state"
    refused = ""
    assert kept.move_history() == 3
    kept.close()
    assert found(tmp_path).state == house(2)


def test_rows_that_the_history_refuses_go_on_riding(tmp_path: Path) -> None:
    def create(path: Path) -> int:
        if "history" in path.name:
            raise OSError(errno.EIO, "no")
        return UNSYNCED.create(path)

    kept = opened(tmp_path, replace(UNSYNCED, create=create))
    kept.commit(house(1), rows(1, 2))
    with pytest.raises(StorageError, match=r"history-2026-03\.json"):
        kept.move_history()
    assert not owes(kept)
    assert kept.riding == 2
    kept.commit(house(2), [row(3)])
    kept.close()
    assert found(tmp_path).row_ids == (1, 2, 3)


def test_rows_that_ride_again_after_a_step_back_are_not_doubled(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), rows(1, 5))
    before = (tmp_path / STATE_NAME).read_bytes()
    kept.move_history(limit=3)
    kept.close()
    for name in (STATE_NAME, COPY_NAME):
        (tmp_path / name).write_bytes(before)
    again = opened(tmp_path)
    assert again.riding == 5
    assert [each.id for each in again.rows()] == [5, 4, 3, 2, 1]
    again.move_history(limit=4)
    again.move_history(limit=4)
    assert ids_in_files(tmp_path) == [1, 2, 3, 4, 5]


def test_a_row_that_makes_no_sense_is_told_and_does_not_stand_in_the_way(tmp_path: Path) -> None:
    good = {"id": 2, "at": NOON.isoformat(), "kind": "event", "data": {}}
    tables = {"history": {"1": {"id": "one"}, "2": good}}
    for name in (STATE_NAME, COPY_NAME):
        (tmp_path / name).write_bytes(Envelope("blink-alarm state", 1, 3, tables).to_bytes())
    kept = opened(tmp_path)
    assert [each.id for each in kept.rows()] == [2]
    assert kept.move_history() == 2
    assert ids_in_files(tmp_path) == [2]
    (note,) = kept.take_notes()
    assert (note.kind, note.file) == (NoteKind.DAMAGED, STATE_NAME)


def test_what_was_wrong_with_history_can_be_asked_for_once(tmp_path: Path) -> None:
    prepared(tmp_path, house(1), history=[row(1)])
    kept = opened(tmp_path)
    kept.move_history()
    (tmp_path / "history-2026-03.json").write_bytes(b"{")
    assert list(kept.rows()) == []
    assert kept.take_notes() == (
        LoadNote(NoteKind.DAMAGED, "history-2026-03.json", "cut or not JSON"),
    )
    assert kept.take_notes() == ()


def test_old_history_goes_and_rows_that_ride_stay(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.commit(house(1), [row(1, EVE)])
    kept.move_history()
    kept.commit(house(2), [row(2, EVE)])
    kept.expire_history(EVE + RETENTION)
    assert [each.id for each in kept.rows()] == [2, 1]
    kept.expire_history(EVE + RETENTION + timedelta(minutes=1))
    assert [each.id for each in kept.rows()] == [2]
    assert "history-2026-03.json" not in names(tmp_path)


@dataclass(frozen=True)
class Commit:
    rows: int


@dataclass(frozen=True)
class Move:
    limit: int
    dies_at: int | None = None


class Restart:
    pass


days = st.lists(
    st.builds(Commit, rows=st.integers(0, 4))
    | st.builds(Move, limit=st.integers(1, 5), dies_at=st.none() | st.integers(0, 25))
    | st.builds(Restart),
    max_size=12,
)


@given(day=days, month_ends_at=st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_whatever_happens_each_row_is_there_once(
    day: list[Commit | Move | Restart], month_ends_at: int
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        directory, disk, last = Path(name), Disk(), 0
        kept = opened(directory, disk.fs)
        for number, each in enumerate(day):
            disk.restart()
            try:
                match each:
                    case Commit(count):
                        new = range(last + 1, last + count + 1)
                        at = [EVE if i <= month_ends_at else EVE + timedelta(days=1) for i in new]
                        kept.commit(house(number), list(map(row, new, at)))
                        last += count
                    case Move(limit, dies_at):
                        disk.restart(never if dies_at is None else dying(dies_at))
                        kept.move_history(limit)
                    case Restart():
                        kept.close()
                        kept = opened(directory, disk.fs)
            except Death:
                disk.restart()
                kept.close()
                kept = opened(directory, disk.fs)
            disk.restart()
            assert sorted(each.id for each in kept.rows()) == list(range(1, last + 1))
        while kept.move_history(limit=3):
            pass
        assert not owes(kept)
        kept.close()
        assert ids_in_files(directory) == list(range(1, last + 1))
        assert store(directory).load().notes == ()
