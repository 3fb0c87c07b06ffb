"""The one place where the state and its history are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from tinydb import TinyDB

from storage.envelope import Envelope, LoadNote, NoteKind, read_envelope
from storage.errors import NewerState, StorageError
from storage.files import REAL, FileSystem, private_directory, remove_leftovers
from storage.history import ROW_CODEC, History, HistoryRow, Row
from storage.lock import DirectoryLock
from storage.reserve import Reserve
from storage.sections import sections_of
from storage.state_storage import Candidate, CrashSafeStorage, Tables

S = TypeVar("S")
Migration = Callable[[Tables], Tables]

STATE_NAME = "state.json"
COPY_NAME = "state.copy.json"
# Bounds the time that one move takes from the event loop.
MOVE_BATCH = 200

_FORMAT = "blink-alarm state"
_RIDING = "history"


def tables_of_any_version(directory: Path, fs: FileSystem = REAL) -> Tables:
    """Return the newest undamaged tables as they are, of a newer program too; empty without any.

    Nobody has checked them: they are good for a last word to people, not for a state.
    """
    paths = (directory / STATE_NAME, directory / COPY_NAME)
    found = [read_envelope(path, _FORMAT, sys.maxsize, fs) for path in paths]
    valid = [envelope for envelope in found if isinstance(envelope, Envelope)]
    newest = max(valid, key=lambda envelope: envelope.generation, default=None)
    return {} if newest is None else newest.content


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """What the files held. None without notes is a first run; None with notes is a loss."""

    state: S | None
    notes: tuple[LoadNote, ...] = ()


class StateStore(Generic[S]):
    """Keep one frozen dataclass and its history in a private directory, for one process.

    Order of use: `open`, `load`, then `commit` as often as wanted, `close`. All from one thread.
    `migrations`: from a schema version to the function that lifts the tables to the next one.
    """

    def __init__(
        self,
        directory: Path,
        state_type: type[S],
        *,
        schema_version: int = 1,
        migrations: Mapping[int, Migration] | None = None,
        fs: FileSystem = REAL,
    ) -> None:
        self._directory = directory
        self._state_type = state_type
        self._schema = schema_version
        self._migrations = dict(migrations or {})
        self._fs = fs
        self._lock = DirectoryLock(directory, fs)
        self._sections = sections_of(state_type)
        if any(section.name == _RIDING for section in self._sections):
            raise TypeError(f"the name {_RIDING} is taken")
        self.reserve = Reserve(directory, fs)
        self._history = History(directory, fs)
        self._storage = CrashSafeStorage(
            (directory / STATE_NAME, directory / COPY_NAME),
            _FORMAT,
            schema_version,
            fs,
            self.reserve,
        )
        self._db = TinyDB(storage=lambda: self._storage)
        # Rows of a state that could not be encoded, and whether there is such a state.
        self._waiting: list[dict[str, Any]] = []
        self._refused = False

    @property
    def dirty(self) -> bool:
        """Tell whether the last commit is not on the disk yet."""
        return self._refused or self._storage.dirty

    @property
    def bytes_written(self) -> int:
        """Count the bytes of state and history written so far; the reserve is not counted."""
        return self._storage.bytes_written + self._history.bytes_written

    @property
    def riding(self) -> int:
        """Count the history rows that still wait in the state file."""
        return len(self._db.table(_RIDING))

    def open(self) -> None:
        """Make the directory private and take it, or raise UnsafeDirectory or AlreadyRunning."""
        private_directory(self._directory, self._fs)
        self._lock.acquire()

    def close(self) -> None:
        self._lock.release()

    def load(self) -> Loaded[S]:
        """Return the newest state that can be read, and what was wrong with any file.

        Raises NewerState before anything was touched, and StorageError where no state can be read
        and the system does not tell whether there ever was one.
        """
        candidates, notes = self._storage.candidates()
        for note in notes:
            if note.kind is NoteKind.NEWER:
                raise NewerState(note.file)
        for section in self._sections:
            section.forget()
        reserved = self.reserve.look()
        remove_leftovers(self._directory, self._fs)
        for candidate in candidates:
            try:
                tables, state = self._understood(candidate)
            except StorageError as error:
                notes.append(LoadNote(NoteKind.DAMAGED, candidate.path.name, str(error)))
                self._storage.distrust(candidate.path)
                continue
            self._storage.adopt(tables)
            return Loaded(state, tuple(notes))
        self._storage.adopt({})
        lived_before = reserved or self._history.exists()
        if not lived_before and all(note.kind is NoteKind.MISSING for note in notes):
            return Loaded(None)
        return Loaded(None, tuple(notes))

    def commit(self, state: S, rows: Sequence[Row] = ()) -> None:
        """Make the state and its new history rows durable in one write, or raise StorageError.

        After an error memory keeps both, and `flush` or the next commit tries again; rows given a
        second time are taken once. Writes nothing where nothing changed. A permanent error means a
        value that cannot be stored: then only a commit without it helps, and until then the store
        is `dirty`. The rows of a refused state are kept; refused rows are not.
        """
        self._refused = True
        self._waiting += self._encoded(rows)
        values = [(section, getattr(state, section.name)) for section in self._sections]
        changes = [(section, value, section.changed(value)) for section, value in values]
        self._refused = False
        for section, value, documents in changes:
            if documents is not None:
                table = self._db.table(section.name)
                table.truncate()
                table.insert_multiple(documents)
                section.accept(value, documents)
        if self._waiting:
            self._db.table(_RIDING).insert_multiple(self._waiting)
            self._waiting = []
        self.flush()

    def flush(self) -> None:
        """Write what an earlier commit could not, or raise StorageError. Nothing when clean."""
        if self._storage.dirty:
            self._storage.flush()
            self.reserve.restore()

    def move_history(self, limit: int = MOVE_BATCH) -> int:
        """Move the oldest riding rows to their monthly files; return how many were moved.

        A crash or an error in between neither loses nor doubles a row.
        """
        # Only what is durable may move, or the history could know more than the state.
        self.flush()
        documents = self._db.table(_RIDING).all()[:limit]
        if not documents:
            return 0
        self._history.append(self._decoded(documents))
        self._db.table(_RIDING).remove(doc_ids=[document.doc_id for document in documents])
        self.flush()
        return len(documents)

    def rows(self, since: datetime | None = None, kind: str | None = None) -> Iterator[HistoryRow]:
        """Yield history, newest first: the rows still riding, then file by file."""
        riding = self.riding_rows()
        seen = {row.key for row in riding}
        for row in riding:
            if (since is None or row.at >= since) and (kind is None or row.kind == kind):
                yield row
        for row in self._history.rows(since, kind):
            if row.key not in seen:
                yield row

    def riding_rows(self) -> list[HistoryRow]:
        """Return the rows that still ride in the state file, newest first."""
        riding = self._decoded(self._db.table(_RIDING).all())
        return sorted(riding, key=lambda row: (row.at, row.id), reverse=True)

    def history_reader(self) -> History:
        """Return the files for reading alone, in another thread too."""
        return History(self._directory, self._fs, reads_only=True)

    def expire_history(self, now: datetime) -> None:
        """Delete what is older than the retention. Only for a clock that is known to be right."""
        self._history.expire(now)

    def take_notes(self) -> tuple[LoadNote, ...]:
        """Return what was wrong with history files since the last call."""
        return self._history.take_notes()

    def _understood(self, candidate: Candidate) -> tuple[Tables, S]:
        tables: Tables = candidate.envelope.content
        for version in range(candidate.envelope.schema, self._schema):
            if version not in self._migrations:
                raise StorageError(f"no way from schema {version} to {version + 1}")
            try:
                tables = self._migrations[version](tables)
            except Exception as error:
                raise StorageError(f"schema {version} cannot be lifted: {error!r}") from error
        fields: dict[str, Any] = {s.name: s.decode(tables) for s in self._sections}
        try:
            return tables, self._state_type(**fields)
        except Exception as error:
            raise StorageError(f"Cannot be understood: {error}") from error

    def _encoded(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        encoded = [ROW_CODEC.encode(HistoryRow(row.id, row.at, row.kind, row.data)) for row in rows]
        known = [dict(document) for document in self._db.table(_RIDING)] if encoded else []
        known += self._waiting
        return [document for document in encoded if document not in known]

    def _decoded(self, documents: Sequence[Mapping[str, Any]]) -> list[HistoryRow]:
        rows = []
        for document in documents:
            try:
                rows.append(ROW_CODEC.decode(dict(document)))
            except StorageError as error:
                self._history.note(LoadNote(NoteKind.DAMAGED, STATE_NAME, str(error)))
        return rows
