"""The page on the first hour is what the real program says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.docs.first_hour import EVENING, PAGE, evening_zone, live, steady
from tests.e2e.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    place = Town(tmp_path)
    await place.open()
    try:
        yield place
    finally:
        await place.close()


async def test_the_first_hour_is_as_the_page_tells_it(town: Town) -> None:
    """Where it is not: look at what changed, and run `make first-hour`."""
    assert (await live(town)).splitlines() == PAGE.read_text().splitlines()


@pytest.mark.parametrize("utc_hour", range(24))
def test_it_is_always_evening_there(utc_hour: int) -> None:
    zone = evening_zone(utc_hour)
    assert ZoneInfo(zone).key == zone
    assert (utc_hour - int(zone.removeprefix("Etc/GMT"))) % 24 == EVENING


def test_codes_and_clock_times_are_examples() -> None:
    assert steady("/start Abc_-123456789") == "/start kX3-9_abcDEF"
    assert steady("armed at 19:41:07 (in 59 s)") == "armed at 19:00:00 (in 60 s)"
    assert steady("at 19:59:40, at 20:00:10") == "at 19:00:00, at 19:00:30"
    assert steady("until Wed 20:01, next at 23:00 (in 3 h 18 min)") == (
        "until Sun 19:00, next at 23:00 (in 3 h 59 min)"
    )
