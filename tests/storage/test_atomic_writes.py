from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import StorageCause, StorageError
from storage.files import REAL, private_directory, write_atomically
from tests.storage.faults import Disk
from tests.storage.house import names


def test_a_file_is_written_beside_synced_renamed_and_its_directory_synced(tmp_path: Path) -> None:
    disk = Disk()
    write_atomically(tmp_path / "file", b"data", disk.fs)
    assert disk.steps == ["create", "write", "fsync", "close", "replace", "sync_directory"]


def test_on_the_real_disk_a_file_is_replaced_and_private(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("home") / "file"
    for data in (b"one", b"", b"three"):
        write_atomically(path, data)
        assert path.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(path.parent) == {"file"}


def test_what_a_crash_left_under_the_temporary_name_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".file.tmp").write_bytes(b"a long and useless rest")
    write_atomically(tmp_path / "file", b"data")
    assert (tmp_path / "file").read_bytes() == b"data"


def test_a_link_under_the_temporary_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / ".file.tmp").symlink_to(tmp_path / "precious")
    with pytest.raises(StorageError):
        write_atomically(tmp_path / "file", b"data")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    write_atomically(tmp_path / "file", b"data")
    assert (tmp_path / "file").read_bytes() == b"data"


def test_a_new_directory_is_made_sure_of_in_its_parent(tmp_path: Path) -> None:
    disk = Disk()
    private_directory(tmp_path / "home", disk.fs)
    assert disk.steps == ["status", "make_directory", "sync_directory", "status"]


def test_a_write_that_gets_nothing_down_is_a_full_disk_not_an_endless_loop(tmp_path: Path) -> None:
    fs = replace(REAL, write=lambda _fd, _data: 0)
    with pytest.raises(StorageError) as caught:
        write_atomically(tmp_path / "file", b"data", fs)
    assert caught.value.cause is StorageCause.DISK_FULL
    assert names(tmp_path) == set()


def test_writes_in_small_pieces_add_up(tmp_path: Path) -> None:
    fs = replace(REAL, write=lambda fd, data: REAL.write(fd, data[:7]))
    write_atomically(tmp_path / "file", bytes(range(256)), fs)
    assert (tmp_path / "file").read_bytes() == bytes(range(256))
