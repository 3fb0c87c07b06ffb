"""One secret document in a file of its own, such as the tokens for Blink."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storage.envelope import LoadNote, NoteKind
from storage.errors import StorageError
from storage.files import REAL, FileSystem
from storage.reserve import Reserve
from storage.state_storage import CrashSafeStorage

_FORMAT = "blink-alarm document"
_SCHEMA = 1


class PrivateDocument:
    """Keep a small JSON object, written whole or not at all, readable by this user only."""

    def __init__(self, path: Path, fs: FileSystem = REAL, reserve: Reserve | None = None) -> None:
        self._name = path.name
        self._storage = CrashSafeStorage([path], _FORMAT, _SCHEMA, fs, reserve)

    def load(self) -> tuple[dict[str, Any] | None, LoadNote | None]:
        """Return the document, or None and what was wrong; both None where there is no file."""
        valid, notes = self._storage.candidates()
        if valid:
            return valid[0].envelope.content, None
        note = notes[0]
        return None, None if note.kind is NoteKind.MISSING else note

    def save(self, document: dict[str, Any]) -> None:
        """Replace the document durably, or raise StorageError and leave the old one in place.

        What JSON would give back changed, such as a number as a key, is refused for good.
        """
        try:
            same = json.loads(json.dumps(document)) == document
        except (TypeError, ValueError, RecursionError):
            same = False
        if not same:
            raise StorageError(f"{self._name} cannot be stored as JSON", permanent=True)
        self._storage.write(document)
        self._storage.flush()
