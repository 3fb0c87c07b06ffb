from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import AlreadyRunning, StorageCause, StorageError, UnsafeDirectory
from storage.files import REAL, private_directory
from storage.lock import LOCK_NAME, DirectoryLock
from tests.storage.faults import Disk, refusing
from tests.storage.house import house, names, opened, store

_HOLDER = """
import sys
from pathlib import Path
from tests.storage.house import store

home = store(Path(sys.argv[1]))
home.open()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that holds the directory until its standard input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        with pytest.raises(AlreadyRunning, match=f"already runs on {tmp_path}") as caught:
            store(tmp_path).open()
        assert caught.value.permanent
        process.kill()
        assert process.wait() == -signal.SIGKILL
        first = store(tmp_path)
        first.open()
        first.load()
        first.commit(house(1))
        first.close()


def test_a_process_that_ends_lets_go(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        process.communicate()
        assert process.returncode == 0
        store(tmp_path).open()


def test_a_child_of_the_holder_does_not_keep_the_lock(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        close_fds=False,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"\n"
        first.close()
        opened(tmp_path).close()
        child.communicate(b"\n")


def test_two_stores_of_one_process_do_not_share_a_directory(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with pytest.raises(AlreadyRunning):
        store(tmp_path).open()
    first.close()
    store(tmp_path).open()


def test_a_refused_store_leaves_the_holder_its_lock(tmp_path: Path) -> None:
    first = opened(tmp_path)
    second = store(tmp_path)
    for _ in range(2):
        with pytest.raises(AlreadyRunning):
            second.open()
        second.close()
    first.close()


def test_a_lock_file_that_was_left_behind_locks_nobody_out(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert LOCK_NAME in names(tmp_path)
    opened(tmp_path).close()


def test_letting_go_twice_is_harmless(tmp_path: Path) -> None:
    lock = DirectoryLock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()
    lock.acquire()
    lock.release()


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="lock could not be used"):
        DirectoryLock(tmp_path).acquire()
    assert "elsewhere" not in names(tmp_path)


def test_a_lock_that_the_system_cannot_give_is_an_error_in_words(tmp_path: Path) -> None:
    disk = Disk()
    disk.plan = refusing(errno.ENOLCK, "lock")
    with pytest.raises(StorageError, match="lock could not be used: No locks available"):
        DirectoryLock(tmp_path, disk.fs).acquire()


def test_a_new_directory_is_made_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        private_directory(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_directory_that_is_private_stays_as_it_is(tmp_path: Path) -> None:
    for mode in (0o700, 0o750, 0o755):
        tmp_path.chmod(mode)
        private_directory(tmp_path)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == mode


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o702, 0o720], ids=oct)
def test_a_directory_that_others_may_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with pytest.raises(UnsafeDirectory, match=f"run: chmod 700 {tmp_path}$") as caught:
        store(tmp_path).open()
    assert caught.value.permanent
    assert names(tmp_path) == set()


def test_a_directory_of_another_user_is_refused(tmp_path: Path) -> None:
    def status(path: Path) -> os.stat_result:
        real = list(path.stat())
        real[stat.ST_UID] = os.geteuid() + 1
        return os.stat_result(real)

    with pytest.raises(UnsafeDirectory, match=r"belongs to another user \(uid \d+\); run as"):
        store(tmp_path, replace(REAL, status=status)).open()
    assert names(tmp_path) == set()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_directory_that_was_given_away_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(UnsafeDirectory, match=r"uid 65534"):
        store(tmp_path).open()


def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(UnsafeDirectory, match="is not a directory; name another"):
        store(tmp_path / "home").open()


def test_a_link_to_a_private_directory_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "home").symlink_to(tmp_path / "real")
    opened(tmp_path / "home").close()
    assert LOCK_NAME in names(tmp_path / "real")


@pytest.mark.parametrize(
    ("code", "cause"),
    [(errno.ENOSPC, StorageCause.DISK_FULL), (errno.EROFS, StorageCause.READ_ONLY)],
)
def test_a_directory_that_cannot_be_made_is_an_error_in_words(
    tmp_path: Path, code: int, cause: StorageCause
) -> None:
    disk = Disk()
    disk.plan = refusing(code, "make_directory")
    with pytest.raises(StorageError) as caught:
        private_directory(tmp_path / "home", disk.fs)
    assert caught.value.cause is cause


def test_a_directory_that_cannot_be_looked_at_is_an_error_in_words(tmp_path: Path) -> None:
    disk = Disk()
    disk.plan = refusing(errno.EACCES, "status")
    with pytest.raises(StorageError, match="home could not be used: Permission denied"):
        private_directory(tmp_path / "home", disk.fs)
