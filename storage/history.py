"""What happened, in files by month that stay small, so that none of them is costly to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Protocol

from tinydb import TinyDB

from storage.codec import Codec
from storage.envelope import LoadNote, NoteKind
from storage.errors import StorageError
from storage.files import REAL, FileSystem
from storage.state_storage import DAMAGED_SUFFIX, CrashSafeStorage

Scalar = str | int | float | bool | None

RETENTION = timedelta(days=90)
MAX_ROWS = 1000
MAX_BYTES = 512 * 1024

_FORMAT = "blink-alarm history"
_SCHEMA = 1
_TABLE = "rows"
_NAME = re.compile(r"history-(\d{4})-(\d{2})(?:-(\d+))?\.json(?:\.damaged)?")


class Row(Protocol):
    """A line of history as the core makes it; `id` grows, `kind` is event, incident or journal."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Scalar]: ...


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of history as it is kept. Two with equal `key` are the same line."""

    id: int
    at: datetime
    kind: str
    data: Mapping[str, Scalar]

    @property
    def key(self) -> tuple[int, datetime, str]:
        # The id alone could repeat after a lost state, and such a row must not be swallowed.
        return self.id, self.at, self.kind


ROW_CODEC: Codec[HistoryRow] = Codec(HistoryRow)
_ROWS_CODEC: Codec[Mapping[str, HistoryRow]] = Codec(Mapping[str, HistoryRow])


@dataclass(frozen=True, slots=True, order=True)
class _FileName:
    """Sorts as time goes by: by year, month and number within the month."""

    year: int
    month: int
    number: int
    name: str

    @classmethod
    def parsed(cls, name: str) -> _FileName | None:
        match = _NAME.fullmatch(name)
        if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
            return None
        return cls(int(match[1]), int(match[2]), int(match[3] or 1), name)

    @property
    def damaged(self) -> bool:
        """Tell whether the file was set aside."""
        return self.name.endswith(DAMAGED_SUFFIX)

    @property
    def over_before(self) -> datetime:
        """Return the first moment after the month."""
        in_next_month = datetime(self.year, self.month, 28, tzinfo=UTC) + timedelta(days=4)
        return in_next_month.replace(day=1)


class History:
    """The monthly files. A damaged one is set aside and noted; it never stands in the way.

    `reads_only`: change nothing, so that another thread may read beside the one that writes.
    """

    def __init__(self, directory: Path, fs: FileSystem = REAL, *, reads_only: bool = False) -> None:
        self._directory = directory
        self._fs = fs
        self._reads_only = reads_only
        self._notes: list[LoadNote] = []
        self._noted: set[tuple[NoteKind, str]] = set()
        self.bytes_written = 0

    def exists(self) -> bool:
        """Tell whether there is any history, be it damaged."""
        return bool(self._files(damaged=True))

    def take_notes(self) -> tuple[LoadNote, ...]:
        """Return what was wrong with files since the last call."""
        notes, self._notes = tuple(self._notes), []
        return notes

    def note(self, note: LoadNote) -> None:
        """Keep a note for `take_notes`; the same one is given only once."""
        if (note.kind, note.file) not in self._noted:
            self._noted.add((note.kind, note.file))
            self._notes.append(note)

    def append(self, rows: Sequence[HistoryRow]) -> None:
        """Add rows to the files of their months, durably; rows that are there already are skipped.

        Raises StorageError; what was written by then is skipped by the next try.
        """
        for (year, month), group in groupby(rows, lambda row: _month(row.at)):
            self._append_to_month(year, month, {row.key: row for row in group})

    def rows(self, since: datetime | None = None, kind: str | None = None) -> Iterator[HistoryRow]:
        """Yield rows, newest first within a file and file by file; opens a file when it is due."""
        for file in reversed(self._files()):
            if since is not None and file.over_before <= since:
                return
            rows = self._read(file.name)[1]
            for row in sorted(rows, key=lambda row: (row.at, row.id), reverse=True):
                if (since is None or row.at >= since) and (kind is None or row.kind == kind):
                    yield row

    def expire(self, now: datetime) -> None:
        """Delete the files whose whole month is older than the retention, or raise StorageError."""
        for file in self._files(damaged=True):
            if file.over_before <= now - RETENTION:
                path = self._directory / file.name
                try:
                    self._fs.unlink(path)
                except OSError as error:
                    raise StorageError.from_os(error, path) from error

    def _append_to_month(
        self, year: int, month: int, pending: dict[tuple[int, datetime, str], HistoryRow]
    ) -> None:
        files = [
            file for file in self._files(damaged=True) if (file.year, file.month) == (year, month)
        ]
        # A name that was set aside is not used again, or the next damage would overwrite it.
        last = files[-1].number if files else 0
        target: TinyDB | None = None
        # A crash, or several, may have left the rows in the last files, without a gap.
        for file in reversed(files):
            if file.damaged:
                continue
            db, rows = self._read(file.name)
            if file.number == last:
                target = db
            known = pending.keys() & {row.key for row in rows}
            for key in known:
                del pending[key]
            if db is not None and not known:
                break
        if not pending:
            return
        if target is None or self._full(target, _name(year, month, last)):
            target = self._new(_name(year, month, last + 1))
        target.table(_TABLE).insert_multiple(ROW_CODEC.encode(row) for row in pending.values())
        storage = _storage(target)
        storage.flush()
        self.bytes_written += storage.bytes_written

    def _full(self, db: TinyDB, name: str) -> bool:
        path = self._directory / name
        try:
            size = self._fs.status(path).st_size
        except OSError as error:
            raise StorageError.from_os(error, path) from error
        return len(db.table(_TABLE)) >= MAX_ROWS or size >= MAX_BYTES

    def _new(self, name: str) -> TinyDB:
        paths = [self._directory / name]
        return TinyDB(paths, _FORMAT, _SCHEMA, self._fs, storage=CrashSafeStorage)

    def _read(self, name: str) -> tuple[TinyDB | None, list[HistoryRow]]:
        """Return a file and its rows; (None, []) for one that cannot be used."""
        db = self._new(name)
        valid, notes = _storage(db).candidates()
        if valid:
            content = valid[0].envelope.content
            _storage(db).adopt(content)
            try:
                return db, list(_ROWS_CODEC.decode(content.get(_TABLE, {}), _TABLE).values())
            except StorageError as error:
                notes.append(LoadNote(NoteKind.DAMAGED, name, str(error)))
        for note in notes:
            if note.kind is NoteKind.MISSING:
                # It expired since the directory was listed.
                continue
            self.note(note)
            if note.kind not in (NoteKind.NEWER, NoteKind.UNREADABLE) and not self._reads_only:
                self._set_aside(self._directory / name)
        return None, []

    def _set_aside(self, path: Path) -> None:
        try:
            self._fs.replace(path, path.with_name(path.name + DAMAGED_SUFFIX))
        except OSError as error:
            self.note(LoadNote(NoteKind.UNREADABLE, path.name, error.strerror or ""))

    def _files(self, *, damaged: bool = False) -> list[_FileName]:
        try:
            names = self._fs.names(self._directory)
        except OSError as error:
            raise StorageError.from_os(error, self._directory) from error
        parsed = [_FileName.parsed(name) for name in names]
        return sorted(file for file in parsed if file is not None and (damaged or not file.damaged))


def _month(at: datetime) -> tuple[int, int]:
    moment = at.astimezone(UTC)
    return moment.year, moment.month


def _name(year: int, month: int, number: int) -> str:
    return f"history-{year:04}-{month:02}{f'-{number}' if number > 1 else ''}.json"


def _storage(db: TinyDB) -> CrashSafeStorage:
    storage = db.storage
    assert isinstance(storage, CrashSafeStorage)  # noqa: S101 - for the type checker
    return storage
