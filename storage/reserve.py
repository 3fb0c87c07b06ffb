"""Room kept free for the one write that matters on a full disk."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from storage.errors import StorageCause, StorageError
from storage.files import REAL, FileSystem, write_atomically

RESERVE_NAME = "reserve"
# More than the state file of a household with well over a thousand clips a day.
RESERVE_SIZE = 1024 * 1024
# Taken again only with this much room around it, or it would fill the disk it just freed.
_ROOM_FACTOR = 4


class Reserve:
    """A file without meaning that is given up first when the disk is full."""

    def __init__(self, directory: Path, fs: FileSystem = REAL, size: int = RESERVE_SIZE) -> None:
        self._path = directory / RESERVE_NAME
        self._fs = fs
        self._size = size
        self._held = False

    def look(self) -> bool:
        """Find out whether the reserve is there, and tell."""
        with contextlib.suppress(OSError):
            self._held = RESERVE_NAME in self._fs.names(self._path.parent)
        return self._held

    def restore(self) -> None:
        """Take the reserve (again) where there is room; a disk without it is no error."""
        if self._held:
            return
        with contextlib.suppress(OSError, StorageError):
            if self._fs.free(self._path.parent) >= _ROOM_FACTOR * self._size:
                # Random, because some file systems keep no room for zeros.
                write_atomically(self._path, os.urandom(self._size), self._fs)
                self._held = True

    def write(self, path: Path, data: bytes) -> None:
        """Write a file atomically; on a full disk give up the reserve and try once more."""
        try:
            write_atomically(path, data, self._fs)
        except StorageError as error:
            if error.cause is not StorageCause.DISK_FULL or not self._give_up():
                raise
            write_atomically(path, data, self._fs)

    def _give_up(self) -> bool:
        try:
            self._fs.unlink(self._path)
            # Some file systems hand out freed room only after this.
            self._fs.sync_directory(self._path.parent)
        except OSError:
            return False
        finally:
            self._held = False
        return True
