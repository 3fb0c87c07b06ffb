"""Write files so that a crash or a full disk at any instant leaves the old or the new content."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from storage.errors import StorageError, UnsafeDirectory

_TEMPORARY = ".tmp"


def _create(path: Path) -> int:
    # Emptied rather than refused: what an earlier crash left under this name is of no use.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(path, flags, 0o600)


def _sync_directory(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _lock(path: Path) -> int:
    # Opened for reading: a lock file that exists can be held on a read-only file system too.
    fd = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(fd)
        raise
    return fd


def _free(directory: Path) -> int:
    status = os.statvfs(directory)
    return status.f_bavail * status.f_frsize


@dataclass(frozen=True, slots=True)
class FileSystem:
    """Every way in which the storage touches files; tests wrap them to fail or die at any step.

    `create` opens an empty file of mode 0600 for writing, `lock` opens and locks one or raises
    BlockingIOError, `free` tells the bytes that may still be written. All raise OSError.
    """

    create: Callable[[Path], int] = _create
    write: Callable[[int, memoryview], int] = os.write
    fsync: Callable[[int], None] = os.fsync
    close: Callable[[int], None] = os.close
    replace: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink
    sync_directory: Callable[[Path], None] = _sync_directory
    make_directory: Callable[[Path, int], None] = os.makedirs
    status: Callable[[Path], os.stat_result] = os.stat
    read: Callable[[Path], bytes] = Path.read_bytes
    names: Callable[[Path], list[str]] = os.listdir
    free: Callable[[Path], int] = _free
    lock: Callable[[Path], int] = _lock


REAL = FileSystem()


def write_atomically(path: Path, data: bytes, fs: FileSystem = REAL) -> None:
    """Give `path` the content `data`, durably, or raise StorageError and leave it as it was.

    Only a failed fsync of the directory can raise with the new content in place already.
    """
    temporary = path.with_name(f".{path.name}{_TEMPORARY}")
    try:
        try:
            _write_durably(temporary, data, fs)
            fs.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                fs.unlink(temporary)
            raise
        fs.sync_directory(path.parent)
    except OSError as error:
        raise StorageError.from_os(error, path) from error


def _write_durably(path: Path, data: bytes, fs: FileSystem) -> None:
    fd = fs.create(path)
    try:
        rest = memoryview(data)
        while rest:
            written = fs.write(fd, rest)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            rest = rest[written:]
        fs.fsync(fd)
    finally:
        fs.close(fd)


def remove_leftovers(directory: Path, fs: FileSystem = REAL) -> None:
    """Remove the temporary files of earlier crashes, as far as that is possible."""
    try:
        names = fs.names(directory)
    except OSError:
        return
    for name in names:
        if name.startswith(".") and name.endswith(_TEMPORARY):
            with contextlib.suppress(OSError):
                fs.unlink(directory / name)


def private_directory(path: Path, fs: FileSystem = REAL) -> None:
    """Make sure that `path` is a directory that only this user can write to.

    Creates it with mode 0700. Raises UnsafeDirectory, which says what to do, where it belongs to
    another user or others may write to it.
    """
    try:
        status = _status_or_none(path, fs)
        if status is None:
            fs.make_directory(path, 0o700)
            fs.sync_directory(path.parent)
            status = fs.status(path)
    except OSError as error:
        raise StorageError.from_os(error, path) from error
    if not stat.S_ISDIR(status.st_mode):
        raise UnsafeDirectory(f"{path} is not a directory; name another state directory.")
    if status.st_uid != os.geteuid():
        raise UnsafeDirectory(
            f"{path} belongs to another user (uid {status.st_uid}); run as that user,"
            " name another state directory, or change its owner with chown."
        )
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UnsafeDirectory(f"Other users may write to {path}; run: chmod 700 {path}")


def _status_or_none(path: Path, fs: FileSystem) -> os.stat_result | None:
    try:
        return fs.status(path)
    except FileNotFoundError:
        return None
