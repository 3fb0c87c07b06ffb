"""The history is read a page at a time, to and fro, across files and what still rides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.draft import Row
from alarm.core.state import State
from bot.past import Leaf, Mark, Past
from storage.history import HistoryRow
from storage.states import state_store
from storage.store import StateStore

NOON = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)


def row(number: int, kind: str = "journal", what: str = "arm", by: str = "Ann") -> Row:
    at = NOON + timedelta(minutes=number)
    return Row(number, at, kind, {"what": what, "by": by})


@contextmanager
def written(directory: Path, rows: list[Row], moved: int) -> Iterator[StateStore[State]]:
    store = state_store(directory)
    store.open()
    store.load()
    store.commit(State(), rows)
    store.move_history(moved)
    yield store
    store.close()


def histories(directory: Path) -> list[Path]:
    return sorted(directory.glob("history-*.json"))


def ids(leaf: Leaf) -> list[int]:
    return [one.id for one in leaf.rows]


@pytest.mark.parametrize("moved", [0, 40, 100, 150])
async def test_the_pages_go_back_to_the_first_row_and_forth_again(
    tmp_path: Path, moved: int
) -> None:
    # The rows are of two months, and so of two files.
    with written(tmp_path, [row(n) for n in range(1, 151)], moved) as store:
        past = Past(store, page=12)
        leaf = await past.newest()
        assert ids(leaf) == list(range(150, 138, -1))
        assert not leaf.newer
        seen = [leaf]
        while leaf.older:
            leaf = await past.before(Mark.of(leaf.rows[-1]))
            seen.append(leaf)
            assert leaf.newer
        assert [i for one in seen for i in ids(one)] == list(range(150, 0, -1))
        for earlier in reversed(seen[:-1]):
            leaf = await past.after(Mark.of(leaf.rows[0]))
            assert ids(leaf) == ids(earlier)
            assert leaf.older
        assert not leaf.newer


async def test_clips_secrets_and_arrivals_are_left_out(tmp_path: Path) -> None:
    rows = [
        row(1, "event", "clip"),
        row(2, "secret"),
        row(3, "incident", "alert arrived"),
        row(4, "incident", "closed"),
        row(5),
    ]
    with written(tmp_path, rows, 3) as store:
        assert ids(await Past(store).newest()) == [5, 4]


async def test_one_persons_rows_are_found_by_a_part_of_the_name(tmp_path: Path) -> None:
    rows = [row(n, by="Ann" if n % 2 else "Benjamin") for n in range(1, 9)]
    with written(tmp_path, rows, 4) as store:
        past = Past(store, page=2)
        leaf = await past.newest("ben")
        assert ids(leaf) == [8, 6]
        assert ids(await past.before(Mark.of(leaf.rows[-1]), "ben")) == [4, 2]
        assert ids(await past.newest("nobody")) == []


async def test_an_empty_history_is_an_empty_page(tmp_path: Path) -> None:
    with written(tmp_path, [], 0) as store:
        assert await Past(store).newest() == Leaf((), newer=False, older=False)


async def test_a_damaged_file_is_left_where_it_is_by_who_only_reads(tmp_path: Path) -> None:
    with written(tmp_path, [row(n) for n in range(1, 151)], 100) as store:
        files = histories(tmp_path)
        assert files
        files[-1].write_bytes(b"{")
        leaf = await Past(store).newest()
        assert leaf.rows
        assert histories(tmp_path) == files


@given(st.timedeltas(timedelta(days=-9000), timedelta(days=60000)), st.integers(0, 10**9))
def test_a_mark_is_read_as_it_was_written(later: timedelta, number: int) -> None:
    mark = Mark.of(HistoryRow(number, NOON + later, "journal", {}))
    assert Mark.parsed(mark.text) == mark
    assert len(mark.text) < 30


@pytest.mark.parametrize("text", ["", ".", "x.1", "1.x", "1"])
def test_a_mark_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Mark.parsed(text)
