"""The clock on the wall, whose hand waits in autumn and leaps in spring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alarm.core.schedule.wall import first_shown, shown_at

BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
# On 25 October 2026 three o'clock summer time is two o'clock again.
BACK = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
# On 29 March 2026 two o'clock is three o'clock.
AHEAD = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("microseconds", [0, 1, 500_000, 999_999, 1_000_000, 59_999_999])
def test_in_doubled_time_the_hand_waits_at_the_last_minute_before(microseconds: int) -> None:
    after = timedelta(microseconds=microseconds)
    for begun in (timedelta(0), 29 * HOUR / 60, 59 * HOUR / 60):
        assert shown_at(BACK + begun + after, BERLIN) == wall("2026-10-25 02:59")


def test_before_and_after_doubled_time_it_shows_what_it_is() -> None:
    moment = timedelta(microseconds=1)
    assert shown_at(BACK - moment, BERLIN) == wall("2026-10-25 02:59")
    assert shown_at(BACK - HOUR, BERLIN) == wall("2026-10-25 02:00")
    assert shown_at(BACK + HOUR - moment, BERLIN) == wall("2026-10-25 02:59")
    assert shown_at(BACK + HOUR, BERLIN) == wall("2026-10-25 03:00")


def test_where_clocks_go_back_by_half_an_hour_it_waits_for_half_an_hour() -> None:
    back = datetime(2026, 4, 4, 15, 0, tzinfo=UTC)
    for begun in (timedelta(0), timedelta(seconds=1799)):
        assert shown_at(back + begun, LORD_HOWE) == wall("2026-04-05 01:59")
    assert shown_at(back + timedelta(seconds=1800), LORD_HOWE) == wall("2026-04-05 02:00")


@pytest.mark.parametrize("minute", [120, 121, 150, 179, 180])
def test_a_skipped_minute_is_first_shown_at_the_leap(minute: int) -> None:
    assert first_shown(date(2026, 3, 29), minute, BERLIN) == AHEAD


def test_minutes_beside_the_leap_are_shown_at_their_own_time() -> None:
    assert first_shown(date(2026, 3, 29), 119, BERLIN) == AHEAD - HOUR / 60
    assert first_shown(date(2026, 3, 29), 181, BERLIN) == AHEAD + HOUR / 60


def test_a_doubled_minute_is_first_shown_before_the_clock_goes_back() -> None:
    assert first_shown(date(2026, 10, 25), 150, BERLIN) == BACK - HOUR / 2
    assert first_shown(date(2026, 10, 25), 180, BERLIN) == BACK + HOUR
