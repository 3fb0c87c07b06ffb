"""TinyDB's storage on crash-safe files: one document in memory, written whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb import Storage

from storage.envelope import Envelope, LoadNote, NoteKind, read_envelope
from storage.errors import StorageError
from storage.files import REAL, FileSystem, write_atomically
from storage.reserve import Reserve

Tables = dict[str, dict[str, Any]]

# Set aside for a person to look at, before the flush that would overwrite them.
_WORTH_KEEPING = (NoteKind.DAMAGED, NoteKind.FOREIGN, NoteKind.NEWER, NoteKind.UNREADABLE)
DAMAGED_SUFFIX = ".damaged"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A valid file and what it holds."""

    path: Path
    envelope: Envelope


class CrashSafeStorage(Storage):
    """Answer TinyDB from memory; `flush` writes the same envelope to each path in turn.

    A failed or torn flush leaves every earlier file valid, and a later one writes all again.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        format_name: str,
        schema: int,
        fs: FileSystem = REAL,
        reserve: Reserve | None = None,
    ) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._format = format_name
        self._schema = schema
        self._fs = fs
        self._reserve = reserve
        self._tables: Tables | None = None
        self._generation = 0
        self._set_aside: set[Path] = set()
        self.dirty = False
        self.bytes_written = 0

    def candidates(self) -> tuple[list[Candidate], list[LoadNote]]:
        """Read the files; return the valid ones, newest first, and what was wrong."""
        valid: list[Candidate] = []
        notes: list[LoadNote] = []
        for path in self._paths:
            found = read_envelope(path, self._format, self._schema, self._fs)
            if isinstance(found, LoadNote):
                notes.append(found)
                if found.kind in _WORTH_KEEPING:
                    self._set_aside.add(path)
            else:
                if valid and valid[0].envelope.generation < found.generation:
                    notes.append(LoadNote(NoteKind.OLDER, valid[0].path.name))
                valid.append(Candidate(path, found))
        # Stable: of equal generations the first file counts.
        valid.sort(key=lambda candidate: -candidate.envelope.generation)
        if valid:
            self._generation = valid[0].envelope.generation
        if self._generation == 1 and notes == [LoadNote(NoteKind.MISSING, self._paths[-1].name)]:
            # The very first flush was cut short between its two files; nothing ever got lost.
            notes.clear()
        return valid, notes

    def adopt(self, tables: Tables) -> None:
        """Start from these tables; they count as written already."""
        self._tables = tables
        self.dirty = False

    def distrust(self, path: Path) -> None:
        """Set a valid file aside at the next flush: its content could not be used."""
        self._set_aside.add(path)

    def read(self) -> Tables | None:
        return self._tables

    def write(self, data: Tables) -> None:
        self._tables = data
        self.dirty = True

    def flush(self) -> None:
        """Bring memory to disk, or raise StorageError and stay dirty. Writes nothing if clean."""
        if not self.dirty:
            return
        # Counted per try: a flush that failed half way may have left its number on the disk.
        self._generation += 1
        envelope = Envelope(self._format, self._schema, self._generation, self._tables or {})
        data = envelope.to_bytes()
        for path in self._paths:
            self._keep_damaged(path)
            if self._reserve:
                self._reserve.write(path, data)
            else:
                write_atomically(path, data, self._fs)
            self.bytes_written += len(data)
        self.dirty = False

    def _keep_damaged(self, path: Path) -> None:
        if path in self._set_aside:
            try:
                with contextlib.suppress(FileNotFoundError):
                    self._fs.replace(path, path.with_name(path.name + DAMAGED_SUFFIX))
            except OSError as error:
                raise StorageError.from_os(error, path) from error
            self._set_aside.discard(path)
