"""Let only one process use a directory."""

from __future__ import annotations

from pathlib import Path

from storage.errors import AlreadyRunning, StorageError
from storage.files import REAL, FileSystem

LOCK_NAME = "lock"


class DirectoryLock:
    """Hold a directory for this process. The system lets go of it when the process dies."""

    def __init__(self, directory: Path, fs: FileSystem = REAL) -> None:
        self._directory = directory
        self._fs = fs
        self._fd: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise AlreadyRunning."""
        path = self._directory / LOCK_NAME
        try:
            self._fd = self._fs.lock(path)
        except BlockingIOError:
            raise AlreadyRunning(self._directory) from None
        except OSError as error:
            raise StorageError.from_os(error, path) from error

    def release(self) -> None:
        """Let go; the lock file stays, because removing it would let two others in at once."""
        if self._fd is not None:
            self._fs.close(self._fd)
            self._fd = None
