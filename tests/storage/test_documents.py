from __future__ import annotations

import errno
import stat
from pathlib import Path
from typing import Any

import pytest

from storage.documents import PrivateDocument
from storage.envelope import Envelope, LoadNote, NoteKind
from storage.errors import StorageCause, StorageError
from storage.reserve import RESERVE_NAME, RESERVE_SIZE, Reserve
from tests.storage.faults import Death, Disk, SmallDisk, dying, failing, never
from tests.storage.house import names

NAME = "tokens.json"
FORMAT = "blink-alarm document"
OLD = {"token": "old", "expires_at": 1764000000.5, "scopes": ["client", "offline"]}
NEW = {"token": "new", "expires_at": 1764014400.5, "scopes": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    PrivateDocument(tmp_path / NAME).save(OLD)
    return tmp_path / NAME


def test_it_is_none_without_a_word_where_there_is_no_file(tmp_path: Path) -> None:
    assert PrivateDocument(tmp_path / NAME).load() == (None, None)


def test_what_was_saved_is_loaded(path: Path) -> None:
    assert PrivateDocument(path).load() == (OLD, None)


def test_only_this_user_may_read_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    PrivateDocument(path).save(NEW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_saving_replaces_it_whole(path: Path) -> None:
    PrivateDocument(path).save(NEW)
    PrivateDocument(path).save({})
    assert PrivateDocument(path).load() == ({}, None)


NEWER = Envelope(FORMAT, 2, 1, OLD).to_bytes()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", NoteKind.EMPTY),
        (b'{"format":', NoteKind.DAMAGED),
        (b'{"token": "old"}', NoteKind.FOREIGN),
        (NEWER, NoteKind.NEWER),
    ],
    ids=["empty", "damaged", "foreign", "newer"],
)
def test_what_is_wrong_with_the_file_is_told_and_a_save_mends_it(
    path: Path, data: bytes, kind: NoteKind
) -> None:
    path.write_bytes(data)
    document = PrivateDocument(path)
    loaded, note = document.load()
    assert loaded is None
    assert note is not None
    assert (note.kind, note.file) == (kind, NAME)
    document.save(NEW)
    assert PrivateDocument(path).load() == (NEW, None)
    aside = path.with_name(f"{NAME}.damaged")
    assert (aside.read_bytes() if aside.exists() else b"") == data


def test_a_file_cut_anywhere_is_told(path: Path) -> None:
    whole = path.read_bytes()
    for cut in range(len(whole) - 1):
        path.write_bytes(whole[:cut])
        loaded, note = PrivateDocument(path).load()
        assert loaded is None, f"cut at {cut}"
        assert note is not None, f"cut at {cut}"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    assert PrivateDocument(tmp_path / NAME).load() == (
        None,
        LoadNote(NoteKind.UNREADABLE, NAME, "Is a directory"),
    )


@pytest.mark.parametrize("existing", [True, False], ids=["replacing", "new"])
def test_killed_at_any_step_it_is_the_old_or_the_new_document(
    tmp_path: Path, existing: bool
) -> None:
    disk = Disk()
    PrivateDocument(tmp_path / "dry.json", disk.fs).save(NEW)
    allowed: list[dict[str, Any] | None] = [OLD if existing else None, NEW]
    for at in range(len(disk.steps)):
        path = tmp_path / f"{at}.json"
        if existing:
            PrivateDocument(path).save(OLD)
        dead = Disk()
        dead.plan = dying(at)
        with pytest.raises(Death):
            PrivateDocument(path, dead.fs).save(NEW)
        loaded, note = PrivateDocument(path).load()
        assert note is None
        assert loaded in allowed, f"step {at}"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
def test_an_error_before_the_new_file_is_in_place_leaves_the_old_one(path: Path, code: int) -> None:
    disk = Disk()
    document = PrivateDocument(path, disk.fs)
    for at, name in enumerate(["create", "write", "fsync", "close", "replace"]):
        disk.restart(failing(at, code))
        with pytest.raises(StorageError):
            document.save(NEW)
        assert disk.steps[at] == name
        assert PrivateDocument(path).load() == (OLD, None)
        assert names(path.parent) == {NAME}
    disk.restart(never)
    document.save(NEW)
    assert PrivateDocument(path).load() == (NEW, None)


def test_on_a_full_disk_the_reserve_makes_room_for_it(tmp_path: Path) -> None:
    disk = SmallDisk(tmp_path, size=8 * RESERVE_SIZE)
    reserve = Reserve(tmp_path, disk.fs)
    document = PrivateDocument(tmp_path / NAME, disk.fs, reserve)
    document.save(OLD)
    reserve.restore()
    disk.size -= disk.room
    document.save(NEW)
    assert names(tmp_path) == {NAME}
    assert PrivateDocument(tmp_path / NAME).load() == (NEW, None)
    disk.size = 8 * RESERVE_SIZE
    reserve.restore()
    assert RESERVE_NAME in names(tmp_path)


def test_without_a_reserve_a_full_disk_is_told(path: Path) -> None:
    disk = SmallDisk(path.parent, size=path.stat().st_size)
    with pytest.raises(StorageError) as caught:
        PrivateDocument(path, disk.fs).save(NEW)
    assert caught.value.cause is StorageCause.DISK_FULL
    assert PrivateDocument(path).load() == (OLD, None)


@pytest.mark.parametrize(
    "document",
    [{"a": object()}, {"a": float("nan")}, {"a": {2: "x", 10: "y"}}, {"a": (1, 2)}, {1: 2}],
    ids=["object", "nan", "numbers as keys", "tuple", "a number as key"],
)
def test_what_would_not_come_back_the_same_is_refused_and_the_old_one_stays(
    path: Path, document: dict[str, Any]
) -> None:
    with pytest.raises(StorageError, match="cannot be stored") as caught:
        PrivateDocument(path).save(document)
    assert caught.value.permanent
    assert PrivateDocument(path).load() == (OLD, None)
