"""The real files, on disks that fail, fill up, lose power, or see their process die."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from storage.files import REAL, FileSystem
from tests.storage.house import UNSYNCED

P = ParamSpec("P")
R = TypeVar("R")

# What goes wrong at the step of this number and name, if anything.
Plan = Callable[[int, str], BaseException | None]


class Death(BaseException):
    """The process is killed; no step after it has any effect."""


def never(_number: int, _name: str) -> None:
    return None


def dying(at: int) -> Plan:
    return lambda number, _: Death() if number >= at else None


def failing(at: int, code: int, *, times: int = 1) -> Plan:
    def plan(number: int, _name: str) -> OSError | None:
        return os_error(code) if at <= number < at + times else None

    return plan


def refusing(code: int, *names: str) -> Plan:
    return lambda _, name: os_error(code) if name in names else None


def os_error(code: int) -> OSError:
    return OSError(code, os.strerror(code))


# With these refused nothing can be changed, as on a file system that was mounted read-only.
CHANGES = ("create", "write", "replace", "unlink", "make_directory")


class Disk:
    """Count the steps of a file system and let `plan` break them.

    A broken write gets half of its bytes down, a broken close closes; every other broken step
    has no effect, or with `late` takes effect and reports an error all the same.
    """

    def __init__(self) -> None:
        self.plan: Plan = never
        self.late = False
        self.steps: list[str] = []
        self.fs = FileSystem(
            create=self._step("create", REAL.create),
            write=self._write,
            fsync=self._step("fsync", UNSYNCED.fsync),
            close=self._close,
            replace=self._step("replace", REAL.replace),
            unlink=self._step("unlink", REAL.unlink),
            sync_directory=self._step("sync_directory", UNSYNCED.sync_directory),
            make_directory=self._step("make_directory", REAL.make_directory),
            status=self._step("status", REAL.status),
            read=self._step("read", REAL.read),
            names=self._step("names", REAL.names),
            free=self._step("free", REAL.free),
            lock=self._step("lock", REAL.lock),
        )

    def restart(self, plan: Plan = never) -> None:
        """Count from zero again, by another plan."""
        self.plan = plan
        self.steps.clear()

    def _next(self, name: str) -> BaseException | None:
        self.steps.append(name)
        return self.plan(len(self.steps) - 1, name)

    def _step(self, name: str, real: Callable[P, R]) -> Callable[P, R]:
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            error = self._next(name)
            if error is None:
                return real(*args, **kwargs)
            if self.late and name in ("replace", "unlink", "fsync", "sync_directory"):
                real(*args, **kwargs)
            raise error

        return run

    def _write(self, fd: int, data: memoryview) -> int:
        error = self._next("write")
        if error is None:
            return REAL.write(fd, data)
        os.write(fd, data[: len(data) // 2])
        raise error

    def _close(self, fd: int) -> None:
        error = self._next("close")
        REAL.close(fd)
        if error is not None:
            raise error


class SmallDisk(Disk):
    """A disk of `size` bytes for one directory; a write gets down what fits."""

    def __init__(self, directory: Path, size: int) -> None:
        super().__init__()
        self.directory = directory
        self.size = size
        self.fs = FileSystem(write=self._fitting, free=lambda _: max(self.room, 0))

    @property
    def room(self) -> int:
        return self.size - sum(path.stat().st_size for path in self.directory.iterdir())

    def _fitting(self, fd: int, data: memoryview) -> int:
        fits = min(max(self.room, 0), len(data))
        if not fits:
            raise os_error(errno.ENOSPC)
        return os.write(fd, data[:fits])


class PowerDisk(Disk):
    """A disk that remembers what a power cut would leave of its directory.

    The content of a file is sure once it was synced, else the file is left empty; a name is sure
    once its directory was synced, else the first few of the changes since may have come through.
    """

    def __init__(self, directory: Path, before_each: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._directory = directory
        self._before_each = before_each
        self._sure_names = {path.name: path.stat().st_ino for path in directory.iterdir()}
        self._sure_content = {path.stat().st_ino: path.read_bytes() for path in directory.iterdir()}
        self._changes: list[Callable[[dict[str, int]], None]] = []
        # Held open, so that the number of a removed file is not given to another.
        self._open = [os.open(path, os.O_RDONLY) for path in directory.iterdir()]
        base = self.fs
        self.fs = FileSystem(
            create=self._created(base.create),
            write=base.write,
            fsync=self._synced(base.fsync),
            close=base.close,
            replace=self._replaced(base.replace),
            unlink=self._unlinked(base.unlink),
            sync_directory=self._synced_directory(base.sync_directory),
        )

    def close(self) -> None:
        for fd in self._open:
            os.close(fd)

    def outcomes(self) -> list[dict[str, bytes]]:
        """Return the directories that a power cut could leave now: name to content."""
        names, outcomes = dict(self._sure_names), []
        for change in [lambda _: None, *self._changes]:
            change(names)
            outcomes.append({name: self._sure_content.get(i, b"") for name, i in names.items()})
        return outcomes

    def _next(self, name: str) -> BaseException | None:
        self._before_each()
        return super()._next(name)

    def _created(self, real: Callable[[Path], int]) -> Callable[[Path], int]:
        def create(path: Path) -> int:
            fd = real(path)
            self._open.append(os.dup(fd))
            inode = os.fstat(fd).st_ino
            self._sure_content.pop(inode, None)
            self._changes.append(lambda names: names.update({path.name: inode}))
            return fd

        return create

    def _synced(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def fsync(fd: int) -> None:
            real(fd)
            self._sure_content[os.fstat(fd).st_ino] = Path(f"/proc/self/fd/{fd}").read_bytes()

        return fsync

    def _replaced(self, real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def replace(source: Path, target: Path) -> None:
            real(source, target)
            self._changes.append(lambda names: names.update({target.name: names.pop(source.name)}))

        return replace

    def _unlinked(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def unlink(path: Path) -> None:
            real(path)
            self._changes.append(lambda names: names.__delitem__(path.name))

        return unlink

    def _synced_directory(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def sync_directory(path: Path) -> None:
            real(path)
            for change in self._changes:
                change(self._sure_names)
            self._changes.clear()

        return sync_directory
