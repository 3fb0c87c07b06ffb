"""A document and its envelope: whose it is, of which version, the how-manieth, and undamaged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from storage.errors import StorageError
from storage.files import REAL, FileSystem

# Down to this depth every entry has a line of its own: tables, then one document per line.
_LINES_TO_DEPTH = 3

_readable = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class NoteKind(StrEnum):
    """What is wrong with a file. `older`: its copy knows more than the file itself."""

    MISSING = "missing"
    EMPTY = "empty"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    NEWER = "newer"
    OLDER = "older"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class LoadNote:
    """One thing that was wrong with a file, to be told to a person."""

    kind: NoteKind
    file: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a file holds. Of two valid files the one with the higher `generation` is newer."""

    format: str
    schema: int
    generation: int
    content: dict[str, Any]

    @property
    def checksum(self) -> str:
        """Return the SHA-256 over the canonical JSON of everything else in the file."""
        whole = {
            "format": self.format,
            "schema": self.schema,
            "generation": self.generation,
            "content": self.content,
        }
        return hashlib.sha256(_canonical(whole).encode("ascii")).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the file's bytes, or raise StorageError for what JSON cannot hold."""
        try:
            whole = {
                "format": self.format,
                "schema": self.schema,
                "generation": self.generation,
                "checksum": self.checksum,
                "content": self.content,
            }
            text = _indented(whole, 0)
        except (TypeError, ValueError, RecursionError) as error:
            raise StorageError(
                f"The {self.format} cannot be stored: {error}", permanent=True
            ) from error
        # A lone surrogate exists only inside a JSON string, where this is its JSON escape.
        return f"{text}\n".encode(errors="backslashreplace")


def _indented(value: Any, depth: int) -> str:
    if not isinstance(value, dict) or not value or depth >= _LINES_TO_DEPTH:
        return _readable(value)
    margin = " " * (depth + 1)
    lines = (f"{margin}{_readable(key)}: {_indented(v, depth + 1)}" for key, v in value.items())
    return "{\n" + ",\n".join(lines) + "\n" + " " * depth + "}"


def read_envelope(
    path: Path, format_name: str, newest_schema: int, fs: FileSystem = REAL
) -> Envelope | LoadNote:
    """Return what the file holds, or a note on why it cannot be used. Never raises for a file."""
    try:
        data = fs.read(path)
    except FileNotFoundError:
        return LoadNote(NoteKind.MISSING, path.name)
    except OSError as error:
        return LoadNote(NoteKind.UNREADABLE, path.name, error.strerror or "")
    if not data.strip():
        return LoadNote(NoteKind.EMPTY, path.name)
    return _opened(data, path.name, format_name, newest_schema)


def _opened(data: bytes, file: str, format_name: str, newest_schema: int) -> Envelope | LoadNote:
    try:
        whole = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return LoadNote(NoteKind.DAMAGED, file, "cut or not JSON")
    if not isinstance(whole, dict) or whole.get("format") != format_name:
        return LoadNote(NoteKind.FOREIGN, file)
    schema, generation = whole.get("schema"), whole.get("generation")
    content = whole.get("content")
    if type(schema) is not int or type(generation) is not int or not isinstance(content, dict):
        return LoadNote(NoteKind.DAMAGED, file, "parts of the envelope are missing")
    envelope = Envelope(format_name, schema, generation, content)
    # The version is believed only with the checksum: one wrong digit must not stop the program.
    if whole.get("checksum") != envelope.checksum:
        return LoadNote(NoteKind.DAMAGED, file, "wrong checksum")
    if schema > newest_schema:
        return LoadNote(NoteKind.NEWER, file)
    return envelope


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
