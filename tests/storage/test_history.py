from __future__ import annotations

import errno
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from storage import history
from storage.errors import StorageCause, StorageError
from storage.history import MAX_ROWS, RETENTION, History
from tests.storage.faults import Disk, refusing
from tests.storage.house import NOON, history_row, ids, ids_in_files, many, names

MARCH, APRIL = "history-2026-03.json", "history-2026-04.json"
FIRST_OF_APRIL = datetime(2026, 4, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def in_file(directory: Path, name: str) -> list[int]:
    """Return the ids in one file, as they come."""
    elsewhere = directory / "one"
    elsewhere.mkdir()
    (directory / name).rename(elsewhere / name)
    found = sorted(ids(list(History(elsewhere).rows())))
    (elsewhere / name).rename(directory / name)
    elsewhere.rmdir()
    return found


def test_each_row_goes_to_the_file_of_its_month(tmp_path: Path) -> None:
    before, after = FIRST_OF_APRIL - INSTANT, FIRST_OF_APRIL + INSTANT
    moments = {1: before, 2: FIRST_OF_APRIL, 3: after}
    History(tmp_path).append([history_row(number, at) for number, at in moments.items()])
    assert in_file(tmp_path, MARCH) == [1]
    assert in_file(tmp_path, APRIL) == [2, 3]


def test_the_month_is_that_of_utc(tmp_path: Path) -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    early_in_april = datetime(2026, 4, 1, 5, 44, tzinfo=nepal)
    History(tmp_path).append([history_row(1, early_in_april)])
    assert names(tmp_path) == {MARCH}
    assert next(History(tmp_path).rows()).at == early_in_april


def test_after_a_jump_of_the_clock_rows_go_to_the_months_they_name(tmp_path: Path) -> None:
    kept = History(tmp_path)
    for number, at in enumerate([NOON, FIRST_OF_APRIL, NOON, FIRST_OF_APRIL], start=1):
        kept.append([history_row(number, at)])
    assert in_file(tmp_path, MARCH) == [1, 3]
    assert in_file(tmp_path, APRIL) == [2, 4]


@pytest.mark.parametrize(
    ("held", "files"),
    [(MAX_ROWS - 1, {MARCH}), (MAX_ROWS, {MARCH, "history-2026-03-2.json"})],
)
def test_a_file_with_enough_rows_gets_no_more(tmp_path: Path, held: int, files: set[str]) -> None:
    kept = History(tmp_path)
    kept.append(many(1, held))
    kept.append(many(held + 1, held + 1))
    assert names(tmp_path) == files
    assert ids_in_files(tmp_path) == list(range(1, held + 2))


@pytest.mark.parametrize(("spare", "files"), [(1, 1), (0, 2), (-1, 2)])
def test_a_file_of_enough_bytes_gets_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int, files: int
) -> None:
    kept = History(tmp_path)
    kept.append(many(1, 1))
    monkeypatch.setattr(history, "MAX_BYTES", (tmp_path / MARCH).stat().st_size + spare)
    kept.append(many(2, 2))
    assert len(names(tmp_path)) == files


@pytest.mark.usefixtures("small")
def test_the_tenth_file_of_a_month_comes_after_the_ninth(tmp_path: Path) -> None:
    kept = History(tmp_path)
    for number in range(1, 34, 3):
        kept.append(many(number, number + 2))
    assert len(names(tmp_path)) == 11
    assert ids(list(kept.rows())) == list(range(33, 0, -1))


def test_rows_come_newest_first(tmp_path: Path) -> None:
    moments = [NOON, NOON + INSTANT, NOON, FIRST_OF_APRIL, NOON - timedelta(days=60)]
    History(tmp_path).append([history_row(n, at) for n, at in enumerate(moments, start=1)])
    assert ids(list(History(tmp_path).rows())) == [4, 2, 3, 1, 5]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (NOON - INSTANT, [3, 2, 1]),
        (NOON, [3, 2, 1]),
        (NOON + INSTANT, [3, 2]),
        (FIRST_OF_APRIL, [3]),
        (FIRST_OF_APRIL + INSTANT, []),
        (FIRST_OF_APRIL + timedelta(days=400), []),
    ],
)
def test_rows_since_a_moment_include_that_moment(
    tmp_path: Path, since: datetime, expected: list[int]
) -> None:
    moments = [NOON, FIRST_OF_APRIL - INSTANT, FIRST_OF_APRIL]
    History(tmp_path).append([history_row(n, at) for n, at in enumerate(moments, start=1)])
    assert ids(list(History(tmp_path).rows(since))) == expected


def test_rows_of_one_kind_can_be_asked_for(tmp_path: Path) -> None:
    event = replace(history_row(2), kind="event")
    History(tmp_path).append([history_row(1), event, history_row(3)])
    assert list(History(tmp_path).rows(kind="event")) == [event]


@pytest.mark.usefixtures("small")
def test_only_the_files_that_are_needed_are_opened(tmp_path: Path) -> None:
    disk = Disk()
    kept = History(tmp_path, disk.fs)
    for number in range(1, 13, 3):
        kept.append(many(number, number + 2))
    kept.append(many(20, 20, FIRST_OF_APRIL))
    disk.restart()
    rows = kept.rows()
    assert next(rows).id == 20
    assert next(rows).id == 12
    assert disk.steps.count("read") == 2
    disk.restart()
    assert ids(list(kept.rows(since=FIRST_OF_APRIL))) == [20]
    assert disk.steps.count("read") == 1


@pytest.mark.usefixtures("small")
def test_rows_that_are_there_already_are_skipped(tmp_path: Path) -> None:
    kept = History(tmp_path)
    kept.append(many(1, 3))
    kept.append(many(4, 6))
    written = kept.bytes_written
    kept.append(many(1, 6))
    assert kept.bytes_written == written
    kept.append(many(5, 8))
    assert ids_in_files(tmp_path) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_number_that_comes_again_at_another_time_is_another_row(tmp_path: Path) -> None:
    History(tmp_path).append([history_row(1), history_row(1, NOON), history_row(1)])
    assert ids_in_files(tmp_path) == [1, 1]


def test_an_append_costs_one_file_whatever_there_is(tmp_path: Path) -> None:
    disk = Disk()
    kept = History(tmp_path, disk.fs)
    for first in range(1, 4001, 500):
        kept.append(many(first, first + 499))
    kept.append(many(4001, 4001))
    before = kept.bytes_written
    disk.restart()
    kept.append(many(4002, 4002))
    assert kept.bytes_written - before < history.MAX_BYTES
    assert disk.steps.count("read") == 1
    assert disk.steps.count("replace") == 1


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (FIRST_OF_APRIL + RETENTION - INSTANT, {MARCH, APRIL}),
        (FIRST_OF_APRIL + RETENTION, {APRIL}),
        (FIRST_OF_APRIL + RETENTION + INSTANT, {APRIL}),
        (datetime(2026, 5, 1, tzinfo=UTC) + RETENTION, set()),
    ],
)
def test_a_month_goes_when_its_last_moment_is_past_the_retention(
    tmp_path: Path, now: datetime, left: set[str]
) -> None:
    kept = History(tmp_path)
    kept.append([history_row(1, NOON), history_row(2, FIRST_OF_APRIL)])
    kept.expire(now)
    assert names(tmp_path) == left


def test_the_retention_is_ninety_days() -> None:
    assert timedelta(days=90) == RETENTION


def test_every_file_of_a_month_goes_damaged_ones_too_and_nothing_else(tmp_path: Path) -> None:
    strangers = {
        "history-2026-13.json",
        "history-2026-00.json",
        "history-0000-01.json",
        "history-2026-1.json",
        "history-2026-03.txt",
        "myhistory-2026-03.json",
        "state.json",
    }
    for name in (*strangers, MARCH, "history-2026-03-12.json", f"{MARCH}.damaged"):
        (tmp_path / name).write_bytes(b"x")
    History(tmp_path).expire(NOON + timedelta(days=4000))
    assert names(tmp_path) == strangers
    assert list(History(tmp_path).rows()) == []


def test_a_file_that_cannot_be_deleted_is_told(tmp_path: Path) -> None:
    disk = Disk()
    kept = History(tmp_path, disk.fs)
    kept.append(many(1, 1))
    disk.plan = refusing(errno.EROFS, "unlink")
    with pytest.raises(StorageError, match=MARCH) as caught:
        kept.expire(NOON + timedelta(days=4000))
    assert caught.value.cause is StorageCause.READ_ONLY
    assert names(tmp_path) == {MARCH}
