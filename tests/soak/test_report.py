"""What the judge of the soak lets pass, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.soak.measure import Counts, Row, Sample, days_since_month, row_of
from tests.soak.report import ROOM_OF_DAYS, complaints

HELD = Sample(
    rss=100_000_000,
    blocks=500_000,
    state=40_000,
    history=300_000,
    files=4,
    others=5,
    oldest=60,
    fds=20,
    tasks=12,
    threads=1,
    left=0,
)


def a_year(**last: int) -> list[Row]:
    """Return a year in which nothing grew, but for what was held in its last month."""
    rows = [Row(f"{month}", HELD, Counts()) for month in range(1, 13)]
    rows[-1] = Row("12", replace(HELD, **last), Counts())
    return rows


def test_a_year_without_growth_is_fine() -> None:
    assert complaints(a_year()) == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("rss", 115_000_000),
        ("blocks", 510_000),
        ("state", 48_000),
        ("others", 5),
        ("fds", 20),
        ("tasks", 12),
        ("threads", 1),
        ("oldest", 91),
        ("left", 0),
    ],
)
def test_what_is_held_may_grow_up_to_its_bound_and_no_further(name: str, most: int) -> None:
    assert complaints(a_year(**{name: most})) == []
    assert len(complaints(a_year(**{name: most + 1}))) == 1


def test_growth_in_the_middle_of_the_year_is_told_too() -> None:
    rows = a_year()
    rows[5] = Row("6", replace(HELD, fds=21), Counts())
    assert complaints(rows) == ["6: fds grew from 20 to 21"]


def test_the_first_month_is_no_yardstick() -> None:
    rows = a_year()
    rows[0] = Row("1", replace(HELD, rss=50_000_000, fds=10), Counts())
    assert complaints(rows) == []


def test_the_state_of_a_few_days_is_not_judged() -> None:
    assert complaints(a_year(state=80_000), ROOM_OF_DAYS) == []
    assert len(complaints(a_year(fds=21), ROOM_OF_DAYS)) == 1


def test_a_month_is_its_last_look_and_the_mean_of_its_state_files() -> None:
    looks = [replace(HELD, state=30_000, fds=30), replace(HELD, state=50_000, fds=21)]
    assert row_of("May", looks, Counts(events=7)).held == replace(HELD, state=40_000, fds=21)


def test_counts_are_told_since_the_month_before() -> None:
    before, now = Counts(10, 1, 2, 3), Counts(25, 2, 4, 6)
    assert now.since(before) == Counts(15, 1, 2, 3)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("history-2025-03.json", 0),
        ("history-2025-02.json", 30),
        ("history-2025-02-3.json", 30),
        ("history-2024-12.json", 89),
    ],
)
def test_the_age_of_a_history_file_counts_from_the_end_of_its_month(name: str, days: int) -> None:
    assert days_since_month(name, datetime(2025, 3, 31, 14, tzinfo=UTC)) == days
