"""What comes next for an area: the first of plan, end of a command, end of a vacation, and edge."""

from __future__ import annotations

from alarm.core.schedule.wishes import Change, Why, next_change
from tests.core.home import HOUR
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
)

LEAVE = "2026-03-08 23:00"


def coming(home: TimedHome) -> Change | None:
    return next_change(home.state, home.area, home.now)


def test_without_anything_set_nothing_comes() -> None:
    assert coming(home_with()) is None


def test_the_next_edge_comes_also_where_it_is_so_already() -> None:
    home = home_with(NIGHTS)
    assert coming(home) == Change(berlin("22:00"), NIGHT, Why.SCHEDULE)
    home.hold("22:00", armed=True, mode=NIGHT)
    home.at("22:00")
    assert coming(home) == Change(berlin("2026-03-05 06:30"), None, Why.SCHEDULE)


def test_an_edge_that_was_called_off_does_not_come() -> None:
    home = home_with(DAYS_OUT, at="07:55")
    home.skip("08:00")
    assert coming(home) == Change(berlin("17:00"), None, Why.SCHEDULE)


def test_what_a_person_planned_comes_unless_an_edge_is_sooner() -> None:
    home = home_with(NIGHTS)
    home.later("21:00", AWAY)
    assert coming(home) == Change(berlin("21:00"), AWAY, Why.PLANNED, "Ann")
    home.later("22:30", AWAY)
    assert coming(home) == Change(berlin("22:00"), NIGHT, Why.SCHEDULE)


def test_an_arming_that_was_put_off_comes_as_one_of_the_schedule() -> None:
    home = home_with(DAYS_OUT, at="07:55")
    home.skip("08:00", HOUR)
    assert coming(home) == Change(berlin("09:00"), AWAY, Why.SCHEDULE)


def test_the_end_of_a_command_comes_with_what_follows_it() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    assert coming(home) == Change(berlin("15:00"), None, Why.HOLD, "Ann")
    home.arm_now()
    home.hold("16:00", armed=False)
    assert coming(home) == Change(berlin("16:00"), AWAY, Why.HOLD, "Ann")


def test_with_a_schedule_it_says_what_follows_and_no_edge_comes_before() -> None:
    home = home_with(NIGHTS)
    home.hold("23:00", armed=False)
    assert coming(home) == Change(berlin("23:00"), NIGHT, Why.HOLD, "Ann")


def test_the_end_of_a_vacation_comes_with_what_the_schedule_wants_then() -> None:
    home = home_with(NIGHTS)
    home.leave(LEAVE)
    assert coming(home) == Change(berlin(LEAVE), NIGHT, Why.VACATION, "Ann")


def test_without_a_schedule_the_end_of_a_vacation_changes_nothing() -> None:
    home = home_with()
    home.leave(LEAVE)
    assert coming(home) is None
