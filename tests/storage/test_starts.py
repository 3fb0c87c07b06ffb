from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from storage.envelope import Envelope
from storage.errors import NewerState, StorageError
from storage.files import REAL
from storage.store import COPY_NAME, STATE_NAME
from tests.storage.faults import CHANGES, Disk, refusing
from tests.storage.house import found, house, names, opened, prepared, store

FORMAT = "blink-alarm state"
OLD, NEW = house(1), house(2)
BOTH = (STATE_NAME, COPY_NAME)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a directory with a sound state in both files."""
    prepared(tmp_path, OLD, NEW)
    return tmp_path


def test_an_empty_directory_is_a_first_run_without_a_word(tmp_path: Path) -> None:
    assert found(tmp_path).state is None
    assert found(tmp_path).notes == ()


@pytest.mark.parametrize(
    "trace", ["reserve", "history-2026-03.json", "history-2026-03.json.damaged"]
)
def test_missing_files_are_told_where_something_lived_before(tmp_path: Path, trace: str) -> None:
    (tmp_path / trace).write_bytes(b"x")
    assert found(tmp_path).state is None
    assert found(tmp_path).kinds == dict.fromkeys(BOTH, "missing")


@pytest.mark.parametrize("name", BOTH)
def test_after_the_very_first_commit_only_a_missing_copy_is_natural(
    tmp_path: Path, name: str
) -> None:
    prepared(tmp_path, OLD)
    (tmp_path / name).unlink()
    assert found(tmp_path).state == OLD
    assert found(tmp_path).kinds == ({} if name == COPY_NAME else {name: "missing"})


def test_a_directory_that_cannot_be_listed_does_not_hide_a_sound_state(home: Path) -> None:
    disk = Disk()
    disk.plan = refusing(errno.EIO, "names")
    assert store(home, disk.fs).load().state == NEW


def test_a_directory_that_cannot_be_listed_is_not_taken_for_a_first_run(tmp_path: Path) -> None:
    disk = Disk()
    disk.plan = refusing(errno.EIO, "names")
    with pytest.raises(StorageError):
        store(tmp_path, disk.fs).load()


def _tree(directory: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in directory.iterdir()}


@pytest.mark.parametrize("name", BOTH)
def test_a_newer_version_stops_the_program_and_nothing_is_touched(home: Path, name: str) -> None:
    (home / ".state.json.tmp").write_bytes(b"left by a crash")
    (home / name).write_bytes(Envelope(FORMAT, 2, 9, {}).to_bytes())
    before = _tree(home)
    disk = Disk()
    disk.plan = refusing(errno.EROFS, *CHANGES)
    with pytest.raises(NewerState, match=f"{name} was written by a newer version") as caught:
        store(home, disk.fs).load()
    assert caught.value.permanent
    assert not set(disk.steps) & set(CHANGES)
    assert _tree(home) == before


def test_what_crashes_left_behind_is_removed_as_far_as_possible(home: Path) -> None:
    for name in (".a.tmp", ".state.json.tmp", ".z.tmp"):
        (home / name).write_bytes(b"half")
    (home / "notes.tmp").write_bytes(b"somebody's")
    stubborn = home / ".a.tmp"

    def unlink(path: Path) -> None:
        if path == stubborn:
            raise PermissionError(errno.EPERM, "not permitted")
        path.unlink()

    fs = replace(REAL, unlink=unlink, names=lambda path: sorted(REAL.names(path)))
    store(home, fs).load()
    assert {name for name in names(home) if name.endswith(".tmp")} == {".a.tmp", "notes.tmp"}


def test_after_a_second_load_the_next_commit_writes_all_anew(tmp_path: Path) -> None:
    elsewhere, home = tmp_path / "elsewhere", tmp_path / "home"
    prepared(elsewhere, NEW)
    started = opened(home)
    started.commit(OLD)
    for name in BOTH:
        shutil.copy(elsewhere / name, home / name)
    assert started.load().state == NEW
    started.commit(OLD)
    started.close()
    assert found(home).state == OLD
