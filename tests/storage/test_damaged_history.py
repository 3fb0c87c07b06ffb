from __future__ import annotations

import errno
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.envelope import Envelope, LoadNote, NoteKind
from storage.errors import StorageError
from storage.files import REAL
from storage.history import RETENTION, History
from tests.storage.faults import Disk, refusing
from tests.storage.house import NOON, history_row, ids, ids_in_files, many, names

MARCH = "history-2026-03.json"
FIRST_OF_APRIL = datetime(2026, 4, 1, tzinfo=UTC)

NEWER = Envelope("blink-alarm history", 2, 1, {}).to_bytes()
STRANGE = Envelope("blink-alarm history", 1, 1, {"rows": {"1": {"id": "one"}}}).to_bytes()
NO_TABLE = Envelope("blink-alarm history", 1, 1, {"rows": [1, 2]}).to_bytes()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{", "damaged"),
        (b"", "empty"),
        (b"{}", "foreign"),
        (STRANGE, "damaged"),
        (NO_TABLE, "damaged"),
    ],
    ids=["cut", "empty", "foreign", "strange rows", "no rows"],
)
@pytest.mark.usefixtures("small")
def test_a_damaged_file_is_set_aside_and_told_once_and_the_others_are_read(
    tmp_path: Path, data: bytes, kind: str
) -> None:
    kept = History(tmp_path)
    for number in (1, 4, 7):
        kept.append(many(number, number + 2))
    second = "history-2026-03-2.json"
    (tmp_path / second).write_bytes(data)
    for _ in range(2):
        assert ids(list(kept.rows())) == [9, 8, 7, 3, 2, 1]
    (note,) = kept.take_notes()
    assert (note.kind, note.file) == (kind, second)
    assert kept.take_notes() == ()
    assert (tmp_path / f"{second}.damaged").read_bytes() == data
    kept.append(many(10, 10))
    assert ids_in_files(tmp_path) == [1, 2, 3, 7, 8, 9, 10]


@pytest.mark.parametrize("read_before", [False, True], ids=["at once", "after a look"])
def test_a_damaged_last_file_does_not_stand_in_the_way_of_new_rows(
    tmp_path: Path, read_before: bool
) -> None:
    kept = History(tmp_path)
    for number in (1, 2, 3):
        last = sorted(name for name in names(tmp_path) if not name.endswith(".damaged"))[-1:]
        for name in last:
            (tmp_path / name).write_bytes(b"damage %d" % number)
        if read_before:
            assert list(kept.rows()) == []
        kept.append(many(number, number))
    kept_aside = {path.read_bytes() for path in tmp_path.glob("*.damaged")}
    assert kept_aside == {b"damage 2", b"damage 3"}, "none may overwrite another"
    assert ids_in_files(tmp_path) == [3]
    assert len(names(tmp_path)) == 3


def test_a_file_that_cannot_be_read_for_once_is_neither_moved_nor_overwritten(
    tmp_path: Path,
) -> None:
    History(tmp_path).append(many(1, 2))
    disk = Disk()
    disk.plan = refusing(errno.EIO, "read")
    kept = History(tmp_path, disk.fs)
    assert list(kept.rows()) == []
    kept.append(many(3, 3))
    assert kept.take_notes()[0] == LoadNote(NoteKind.UNREADABLE, MARCH, "Input/output error")
    disk.restart()
    assert ids(list(kept.rows())) == [3, 2, 1]


@pytest.mark.usefixtures("small")
def test_rows_in_the_file_before_a_damaged_one_are_not_doubled(tmp_path: Path) -> None:
    kept = History(tmp_path)
    kept.append(many(1, 3))
    kept.append(many(4, 6))
    (tmp_path / "history-2026-03-2.json").write_bytes(b"{")
    kept.append(many(1, 7))
    assert ids_in_files(tmp_path) == [1, 2, 3, 4, 5, 6, 7]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / MARCH).write_bytes(NEWER)
    kept = History(tmp_path)
    kept.append(many(1, 1))
    assert ids(list(kept.rows())) == [1]
    assert kept.take_notes() == (LoadNote(NoteKind.NEWER, MARCH),)
    assert (tmp_path / MARCH).read_bytes() == NEWER


def test_a_damaged_file_that_cannot_be_set_aside_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / MARCH).write_bytes(b"{")
    disk = Disk()
    disk.plan = refusing(errno.EROFS, "replace")
    kept = History(tmp_path, disk.fs)
    assert list(kept.rows()) == []
    assert [note.kind for note in kept.take_notes()] == [NoteKind.DAMAGED, NoteKind.UNREADABLE]
    disk.restart()
    kept.append(many(1, 1))
    assert (tmp_path / f"{MARCH}.damaged").read_bytes() == b"{"


def test_a_file_that_expires_while_rows_are_read_is_no_damage(tmp_path: Path) -> None:
    kept = History(tmp_path)
    kept.append([history_row(1, NOON), history_row(2, FIRST_OF_APRIL)])
    rows = kept.rows()
    assert next(rows).id == 2
    kept.expire(FIRST_OF_APRIL + RETENTION)
    assert list(rows) == []
    assert kept.take_notes() == ()


def test_a_directory_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    kept = History(tmp_path, replace(REAL, names=lambda _: REAL.names(tmp_path / "gone")))
    with pytest.raises(StorageError):
        kept.append(many(1, 1))
    with pytest.raises(StorageError):
        list(kept.rows())
