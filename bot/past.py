"""Read the history for people, a page at a time, without holding up the alarm."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from alarm.core.state import State
from storage.history import HistoryRow
from storage.store import StateStore

# What people read; the clips themselves are shown elsewhere.
KINDS = frozenset({"journal", "incident"})
UNTOLD = frozenset({"alert arrived"})


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in the history: rows sort by time and number."""

    millis: int
    id: int

    @classmethod
    def of(cls, row: HistoryRow) -> Mark:
        return cls(round(row.at.timestamp() * 1000), row.id)

    @property
    def text(self) -> str:
        return f"{self.millis:x}.{self.id:x}"

    @classmethod
    def parsed(cls, text: str) -> Mark:
        """Read what `text` wrote; raises ValueError for anything else."""
        millis, _, number = text.partition(".")
        return cls(int(millis, 16), int(number, 16))


@dataclass(frozen=True, slots=True)
class Leaf:
    """Rows, newest first, and whether there are newer and older ones."""

    rows: tuple[HistoryRow, ...]
    newer: bool
    older: bool


class Past:
    """Turn the pages of the history. Files are read beside the event loop."""

    def __init__(self, store: StateStore[State], *, page: int = 12) -> None:
        self._store = store
        self._page = page

    async def newest(self, name: str = "") -> Leaf:
        return await self._leaf(None, name, back=False)

    async def before(self, mark: Mark, name: str = "") -> Leaf:
        """Return the rows that are next older than the mark."""
        return await self._leaf(mark, name, back=False)

    async def after(self, mark: Mark, name: str = "") -> Leaf:
        """Return the rows that are next newer than the mark."""
        return await self._leaf(mark, name, back=True)

    async def _leaf(self, mark: Mark | None, name: str, *, back: bool) -> Leaf:
        # What rides in the state belongs to the event loop's thread.
        riding = self._store.riding_rows()
        reader = self._store.history_reader()

        def read() -> Leaf:
            rows = _told(_once(riding, reader.rows()), name.casefold())
            return _behind(rows, mark, self._page) if back else _ahead(rows, mark, self._page)

        return await asyncio.to_thread(read)


def _once(riding: list[HistoryRow], filed: Iterable[HistoryRow]) -> Iterator[HistoryRow]:
    """Yield what rides and what is filed; a row that moves meanwhile comes once."""
    yield from riding
    seen = {row.key for row in riding}
    yield from (row for row in filed if row.key not in seen)


def _told(rows: Iterable[HistoryRow], name: str) -> Iterator[HistoryRow]:
    for row in rows:
        if row.kind not in KINDS or row.data.get("what") in UNTOLD:
            continue
        people = f"{row.data.get('by', '')} {row.data.get('name', '')}".casefold()
        if name in people:
            yield row


def _ahead(rows: Iterator[HistoryRow], mark: Mark | None, page: int) -> Leaf:
    older = (row for row in rows if mark is None or Mark.of(row) < mark)
    found = list(islice(older, page + 1))
    return Leaf(tuple(found[:page]), mark is not None, len(found) > page)


def _behind(rows: Iterator[HistoryRow], mark: Mark | None, page: int) -> Leaf:
    last: deque[HistoryRow] = deque(maxlen=page + 1)
    for row in rows:
        if mark is not None and Mark.of(row) <= mark:
            break
        last.append(row)
    newer = len(last) > page
    return Leaf(tuple(last)[-page:], newer, True)
