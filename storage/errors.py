"""What can go wrong with the files, in words fit for a person."""

from __future__ import annotations

import errno
from enum import StrEnum
from pathlib import Path

from alarm.core.errors import AlarmError


class StorageCause(StrEnum):
    """Why a file could not be read or written; decides what a person is told to do."""

    DISK_FULL = "disk full"
    READ_ONLY = "read-only"
    OTHER = "other"


_CAUSES = {
    errno.ENOSPC: StorageCause.DISK_FULL,
    errno.EDQUOT: StorageCause.DISK_FULL,
    errno.EROFS: StorageCause.READ_ONLY,
}
_SENTENCES = {
    StorageCause.DISK_FULL: "The disk is full: {name} could not be written.",
    StorageCause.READ_ONLY: "The file system is read-only: {name} could not be written.",
    StorageCause.OTHER: "{name} could not be used: {reason}.",
}


class StorageError(AlarmError):
    """Say that files could not be read or written as they should."""

    def __init__(
        self,
        message: str,
        *,
        cause: StorageCause = StorageCause.OTHER,
        permanent: bool = False,
    ) -> None:
        super().__init__(message, permanent=permanent)
        self.cause = cause

    @classmethod
    def from_os(cls, error: OSError, path: Path) -> StorageError:
        """Return the error for what the system said about `path`."""
        cause = _CAUSES.get(error.errno or 0, StorageCause.OTHER)
        reason = error.strerror or type(error).__name__
        return cls(_SENTENCES[cause].format(name=path.name, reason=reason), cause=cause)


class UnsafeDirectory(StorageError):
    """Say that the directory is not private to this user, and what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class AlreadyRunning(StorageError):
    """Say that another process holds the directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            f"Another blink-alarm already runs on {directory}; stop it first,"
            " or give this one another state directory.",
            permanent=True,
        )


class NewerState(StorageError):
    """Say that a newer version of the program wrote the file; nothing was touched."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} was written by a newer version of blink-alarm; install that version again.",
            permanent=True,
        )
