"""What a schedule wants and when that changes: plain weeks, and the nights of changed clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alarm.core.errors import BadInput
from alarm.core.schedule.edges import Edge, edges, last_edge, next_edge, wanted_at
from alarm.core.schedule.windows import (
    EVERY_DAY,
    MAX_WINDOWS,
    Clash,
    Schedule,
    Window,
    clash_of,
    covered_by,
)
from alarm.core.settings import Mode

BERLIN = ZoneInfo("Europe/Berlin")
MON_FRI = (0, 1, 2, 3, 4)
AWAY, HOME, NIGHT = Mode.AWAY, Mode.HOME, Mode.NIGHT


def at(text: str, zone: ZoneInfo = BERLIN, *, fold: int = 0) -> datetime:
    """Return the instant at which the clock on the wall shows this."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def daily(start: str, end: str, mode: Mode = NIGHT) -> Schedule:
    def minute(text: str) -> int:
        hours, minutes = text.split(":")
        return int(hours) * 60 + int(minutes)

    return Schedule((Window(EVERY_DAY, minute(start), minute(end), mode, 1),))


def on(schedule: Schedule, zone: ZoneInfo, first: str, last: str) -> list[tuple[str, Mode | None]]:
    """Return the edges of a stretch of time as the clock on the wall shows them."""
    found = edges(schedule, zone, at(first, zone), at(last, zone))
    return [(f"{e.at.astimezone(zone):%a %H:%M %z}", e.mode) for e in found]


# -- plain weeks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "mode"),
    [
        ("2026-03-02 21:59:59.999999", None),
        ("2026-03-02 22:00", NIGHT),
        ("2026-03-03 06:29:59.999999", NIGHT),
        ("2026-03-03 06:30", None),
    ],
)
def test_a_window_holds_from_its_first_minute_to_just_before_its_end(
    moment: str, mode: Mode | None
) -> None:
    schedule = Schedule((Window(MON_FRI, 22 * 60, 6 * 60 + 30, NIGHT, 1),))
    assert wanted_at(schedule, BERLIN, at(moment)) is mode


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    friday_night = Schedule((Window((4,), 22 * 60, 6 * 60, NIGHT, 1),))
    assert on(friday_night, BERLIN, "2026-03-02 00:00", "2026-03-09 00:00") == [
        ("Fri 22:00 +0100", NIGHT),
        ("Sat 06:00 +0100", None),
    ]


def test_a_window_that_ends_when_it_begins_lasts_a_day() -> None:
    sunday = Schedule((Window((6,), 9 * 60, 9 * 60, AWAY, 1),))
    assert on(sunday, BERLIN, "2026-03-03 00:00", "2026-03-10 00:00") == [
        ("Sun 09:00 +0100", AWAY),
        ("Mon 09:00 +0100", None),
    ]


def test_where_one_mode_follows_another_there_is_one_edge() -> None:
    schedule = Schedule(
        (Window(MON_FRI, 540, 1020, AWAY, 1), Window(MON_FRI, 1020, 1320, HOME, 2)),
    )
    assert on(schedule, BERLIN, "2026-03-02 00:00", "2026-03-03 00:00") == [
        ("Mon 09:00 +0100", AWAY),
        ("Mon 17:00 +0100", HOME),
        ("Mon 22:00 +0100", None),
    ]


def test_windows_of_one_mode_that_overlap_or_touch_count_as_one() -> None:
    schedule = Schedule(
        (Window((0,), 540, 720, AWAY, 1), Window((0,), 660, 900, AWAY, 2)),
    )
    touching = Schedule((Window((0,), 540, 720, AWAY, 1), Window((0,), 720, 900, AWAY, 2)))
    expected = [("Mon 09:00 +0100", AWAY), ("Mon 15:00 +0100", None)]
    assert on(schedule, BERLIN, "2026-03-02 00:00", "2026-03-03 00:00") == expected
    assert on(touching, BERLIN, "2026-03-02 00:00", "2026-03-03 00:00") == expected


def test_a_schedule_that_is_empty_off_paused_or_always_the_same_has_no_edge() -> None:
    window = Window(EVERY_DAY, 0, 0, AWAY, 1)
    night = Window((0,), 0, 60, NIGHT, 1, paused=True)
    now = at("2026-03-02 12:00")
    for schedule in (Schedule(), Schedule((window,), off=True), Schedule((night,))):
        assert next_edge(schedule, BERLIN, now) is None
        assert wanted_at(schedule, BERLIN, now) is None
    assert next_edge(Schedule((window,)), BERLIN, now) is None
    assert wanted_at(Schedule((window,)), BERLIN, now) is AWAY


def test_the_next_edge_is_later_than_the_moment_asked_for() -> None:
    schedule = daily("22:00", "6:30")
    ten = at("2026-03-02 22:00")
    before = ten - timedelta(microseconds=1)
    assert next_edge(schedule, BERLIN, before) == Edge(ten, NIGHT)
    assert next_edge(schedule, BERLIN, ten) == Edge(at("2026-03-03 06:30"), None)


def test_the_last_edge_is_found_over_years() -> None:
    schedule = daily("22:00", "6:30")
    now = at("2026-03-02 21:59")
    assert last_edge(schedule, BERLIN, at("2019-01-01 12:00"), now) == Edge(
        at("2026-03-02 06:30"), None
    )
    assert last_edge(schedule, BERLIN, at("2026-03-02 06:30"), now) is None
    yearly = last_edge(schedule, BERLIN, at("2026-03-02 06:29"), at("2026-03-02 06:30"))
    assert yearly == Edge(at("2026-03-02 06:30"), None)


# -- nights of changed clocks ----------------------------------------------------------------------


def test_a_window_around_the_skipped_hour_is_an_hour_shorter() -> None:
    assert on(daily("22:00", "6:30"), BERLIN, "2026-03-28 12:00", "2026-03-29 12:00") == [
        ("Sat 22:00 +0100", NIGHT),
        ("Sun 06:30 +0200", None),
    ]


def test_what_begins_or_ends_in_the_skipped_hour_does_so_at_the_jump() -> None:
    begins, ends = daily("2:15", "5:00"), daily("1:00", "2:45")
    assert on(begins, BERLIN, "2026-03-29 00:00", "2026-03-29 12:00") == [
        ("Sun 03:00 +0200", NIGHT),
        ("Sun 05:00 +0200", None),
    ]
    assert on(ends, BERLIN, "2026-03-29 00:00", "2026-03-29 12:00") == [
        ("Sun 01:00 +0100", NIGHT),
        ("Sun 03:00 +0200", None),
    ]


def test_what_lies_in_the_skipped_hour_does_not_happen_that_night() -> None:
    assert on(daily("2:15", "2:45"), BERLIN, "2026-03-28 12:00", "2026-03-30 12:00") == [
        ("Mon 02:15 +0200", NIGHT),
        ("Mon 02:45 +0200", None),
    ]


def test_what_begins_and_ends_in_the_doubled_hour_does_so_once_at_its_first_showing() -> None:
    assert on(daily("2:15", "2:45"), BERLIN, "2026-10-25 00:00", "2026-10-25 12:00") == [
        ("Sun 02:15 +0200", NIGHT),
        ("Sun 02:45 +0200", None),
    ]


def test_a_window_that_ends_in_the_doubled_hour_is_not_begun_anew() -> None:
    assert on(daily("22:00", "2:30"), BERLIN, "2026-10-24 12:00", "2026-10-25 12:00") == [
        ("Sat 22:00 +0200", NIGHT),
        ("Sun 02:30 +0200", None),
    ]


def test_a_window_that_ends_with_the_doubled_hour_lasts_through_both_showings() -> None:
    assert on(daily("1:00", "3:00"), BERLIN, "2026-10-25 00:00", "2026-10-25 12:00") == [
        ("Sun 01:00 +0200", NIGHT),
        ("Sun 03:00 +0100", None),
    ]


def test_half_an_hour_is_doubled_on_lord_howe() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    assert on(daily("1:40", "2:10"), zone, "2026-04-05 00:00", "2026-04-05 12:00") == [
        ("Sun 01:40 +1100", NIGHT),
        ("Sun 02:10 +1030", None),
    ]


def test_midnight_that_is_skipped_in_santiago_begins_at_one() -> None:
    zone = ZoneInfo("America/Santiago")
    assert on(daily("0:00", "6:00"), zone, "2026-09-05 12:00", "2026-09-06 12:00") == [
        ("Sun 01:00 -0300", NIGHT),
        ("Sun 06:00 -0300", None),
    ]


def test_the_last_hour_of_a_day_that_is_doubled_in_santiago_arms_once() -> None:
    zone = ZoneInfo("America/Santiago")
    assert on(daily("23:30", "6:00"), zone, "2026-04-04 12:00", "2026-04-05 12:00") == [
        ("Sat 23:30 -0300", NIGHT),
        ("Sun 06:00 -0400", None),
    ]


def test_the_day_that_apia_skipped_has_no_windows_and_its_night_goes_on() -> None:
    zone = ZoneInfo("Pacific/Apia")
    friday = Schedule((Window((4,), 540, 1020, AWAY, 1), Window((4,), 1320, 360, NIGHT, 2)))
    assert on(friday, zone, "2011-12-29 00:00", "2012-01-01 00:00") == [
        ("Sat 00:00 +1400", NIGHT),
        ("Sat 06:00 +1400", None),
    ]
    only_by_day = Schedule((Window((4,), 540, 1020, AWAY, 1),))
    edge = next_edge(only_by_day, zone, at("2011-12-23 18:00", zone))
    assert edge == Edge(at("2012-01-06 09:00", zone), AWAY)


def test_ramadan_in_casablanca_moves_no_window_on_the_wall() -> None:
    zone = ZoneInfo("Africa/Casablanca")
    assert on(daily("22:00", "6:30"), zone, "2026-02-14 12:00", "2026-02-15 12:00") == [
        ("Sat 22:00 +0100", NIGHT),
        ("Sun 06:30 +0000", None),
    ]


# -- windows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        ((), 0, 60),
        ((7,), 0, 60),
        ((-1,), 0, 60),
        ((1, 0), 0, 60),
        ((0, 0), 0, 60),
        ((0,), -1, 60),
        ((0,), 1440, 60),
        ((0,), 0, 1440),
        ((0,), 0, -1),
    ],
)
def test_a_window_that_is_none_is_refused(days: tuple[int, ...], start: int, end: int) -> None:
    with pytest.raises(BadInput):
        Window(days, start, end, AWAY)


def test_a_schedule_holds_so_many_windows_and_no_number_twice() -> None:
    windows = tuple(Window((0,), n, n + 1, AWAY, n) for n in range(MAX_WINDOWS))
    Schedule(windows)
    with pytest.raises(BadInput):
        Schedule((*windows, Window((0,), 100, 101, AWAY, 100)))
    with pytest.raises(BadInput):
        Schedule((windows[0], windows[0]))


def test_a_clash_names_both_windows_and_what_they_both_want() -> None:
    first = Window((6,), 1320, 390, NIGHT, 1)
    second = Window((0,), 360, 540, AWAY, 2)
    assert clash_of((first, second)) == Clash(first, second, 360, 390)
    over_the_week = Window((6,), 1380, 120, HOME, 3)
    assert clash_of((first, over_the_week)) == Clash(first, over_the_week, 6 * 1440 + 1380, 120)


def test_windows_that_touch_or_are_paused_do_not_clash() -> None:
    night = Window(EVERY_DAY, 1320, 390, NIGHT, 1)
    assert clash_of((night, Window(EVERY_DAY, 390, 1320, AWAY, 2))) is None
    assert clash_of((night, Window(EVERY_DAY, 0, 60, AWAY, 2, paused=True))) is None
    assert clash_of((night, Window(EVERY_DAY, 389, 390, AWAY, 2))) is not None


def test_a_window_that_brings_nothing_new_is_known_by_those_that_cover_it() -> None:
    night = Window(EVERY_DAY, 1320, 390, NIGHT, 1)
    other = Window((0,), 390, 480, NIGHT, 2)
    assert covered_by(Window((0,), 1380, 60, NIGHT), (night, other)) == (night,)
    assert covered_by(Window((0,), 360, 420, NIGHT), (night, other)) == (night, other)
    assert covered_by(Window((0,), 360, 481, NIGHT), (night, other)) == ()
    assert covered_by(Window((0,), 1380, 60, HOME), (night, other)) == ()
