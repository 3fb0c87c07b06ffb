"""Windows of one area and of all: which of them meet, clash, cover each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.schedule.calendar import Calendar
from alarm.core.schedule.windows import EVERY_DAY, Clash, Schedule, Window, clash_of, covered_by
from alarm.core.state import UNKNOWN_AREA
from storage.codec import Codec
from tests.core.home import GARDEN, HOUSE
from tests.core.schedule.test_areas_apart import GARDEN_DAYS, HOUSE_NIGHTS
from tests.core.schedule.timed import DAYS_OUT, HOME, NIGHT, NIGHTS


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("", "", True),
        ("", HOUSE, True),
        (HOUSE, "", True),
        (HOUSE, HOUSE, True),
        (HOUSE, GARDEN, False),
        (GARDEN, HOUSE, False),
    ],
)
def test_windows_clash_only_where_their_areas_meet(first: str, second: str, clash: bool) -> None:
    night, day = replace(NIGHTS, area=first), replace(DAYS_OUT, start=6 * 60, area=second)
    assert (clash_of((night, day)) is not None) is clash
    assert clash_of((night, replace(day, start=NIGHTS.end))) is None


def test_a_clash_with_one_of_two_areas_names_that_window_and_the_whole_stretch() -> None:
    house, garden = HOUSE_NIGHTS, replace(NIGHTS, id=2, mode=HOME, end=7 * 60, area=GARDEN)
    home_days = replace(DAYS_OUT, start=6 * 60, mode=HOME)
    assert clash_of((garden, house, home_days)) == Clash(house, home_days, 360, 390)
    away = replace(DAYS_OUT, start=6 * 60)
    assert clash_of((house, garden, away)) == Clash(house, away, 360, 390)
    assert clash_of((garden, house, away)) == Clash(garden, away, 360, 420)


def test_a_clash_of_a_minute_and_one_of_the_whole_week_are_told_exactly() -> None:
    minute = Window(EVERY_DAY, NIGHTS.end - 1, 0, HOME, 2)
    assert clash_of((NIGHTS, minute)) == Clash(NIGHTS, minute, NIGHTS.end - 1, NIGHTS.end)
    ever, always = Window(EVERY_DAY, 0, 0, NIGHT, 1), Window(EVERY_DAY, 0, 0, HOME, 2)
    assert clash_of((ever, always)) == Clash(ever, always, 0, 0)


@pytest.mark.parametrize(
    ("cover", "window", "covered"),
    [
        ("", "", True),
        ("", HOUSE, True),
        (HOUSE, HOUSE, True),
        (HOUSE, "", False),
        (HOUSE, GARDEN, False),
    ],
)
def test_a_window_is_covered_by_those_of_its_area_and_of_all(
    cover: str, window: str, covered: bool
) -> None:
    night, short = replace(NIGHTS, area=cover), replace(NIGHTS, id=2, start=23 * 60, area=window)
    assert covered_by(short, (night,)) == ((night,) if covered else ())


def test_two_areas_do_not_cover_all_of_them() -> None:
    both = HOUSE_NIGHTS, replace(NIGHTS, id=2, area=GARDEN)
    assert covered_by(replace(NIGHTS, id=3), both) == ()


def test_a_schedule_of_all_areas_is_that_of_each() -> None:
    schedule = Schedule((NIGHTS, DAYS_OUT))
    assert schedule.of(HOUSE) == schedule.of(GARDEN) == schedule
    apart = Schedule((HOUSE_NIGHTS, GARDEN_DAYS), off=True)
    assert apart.of(HOUSE) == Schedule((HOUSE_NIGHTS,), off=True)
    assert apart.of(UNKNOWN_AREA) == Schedule((), off=True)


def test_a_calendar_of_before_windows_had_areas_is_read_as_one_of_all() -> None:
    calendar = Calendar(Schedule((NIGHTS, DAYS_OUT)))
    codec: Codec[Calendar] = Codec(Calendar)
    document = codec.encode(calendar)
    for window in document["schedule"]["windows"]:
        del window["area"]
    document["told_for"] = "2026-03-04T17:00:00+00:00"
    assert codec.decode(document) == calendar
