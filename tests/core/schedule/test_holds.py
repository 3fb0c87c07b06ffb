"""What a person set for a time: what it remembers, and what is left of a longer one around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.clock_commands import ArmLater, KeepHold
from alarm.core.inputs import Tick
from alarm.core.schedule.by_hand import settled
from alarm.core.schedule.calendar import Calendar, Hold, Timing, Vacation
from alarm.core.schedule.windows import Schedule
from alarm.core.schedule.wishes import after_hold, next_change, on_vacation
from alarm.core.settings import Mode
from alarm.core.state import Area
from tests.core.home import ANN, GARDEN, HOUR, SECOND, sentences
from tests.core.schedule.timed import AWAY, NIGHT, NIGHTS, TimedHome, berlin, home_with

NOON = berlin("12:00")
LEAVE = "2026-03-08 00:00"


def nested() -> TimedHome:
    """Return a home armed away until 17:00, and within that disarmed until 14:00."""
    home = home_with()
    home.hold("17:00", armed=True)
    home.hold("14:00", armed=False)
    return home


def test_a_longer_one_comes_back_with_who_set_it_and_what_was_before_it() -> None:
    home = nested()
    home.at("14:00")
    assert home.timing.hold == Hold(berlin("14:00"), berlin("17:00"), "Ann", None)
    assert home.timing.settled_at == berlin("14:00")


def test_what_was_before_a_longer_one_may_be_a_mode() -> None:
    home = home_with()
    home.arm_now()
    home.hold("17:00", armed=True, mode=NIGHT)
    home.hold("14:00", armed=False)
    home.at("14:00")
    hold = home.timing.hold
    assert hold is not None
    assert (hold.until, hold.before) == (berlin("17:00"), AWAY)
    home.at("17:00")
    assert home.is_now() == "armed away"


def test_a_longer_one_whose_end_passed_meanwhile_as_well_is_over() -> None:
    home = nested()
    home.now = berlin("16:59:59")
    home.restart()
    home.confirm()
    home.wait(timedelta(0))
    assert home.is_now() == "arming away"
    assert home.timing.hold is not None
    home = nested()
    home.now = berlin("17:00")
    home.restart()
    home.confirm()
    home.do(Tick())
    assert home.is_now() == "disarmed"
    assert home.timing == Timing(berlin("17:00"))


def test_both_ends_that_passed_meanwhile_give_back_what_was_before_both() -> None:
    home = home_with()
    home.arm_now()
    home.hold("17:00", armed=True, mode=NIGHT)
    home.hold("14:00", armed=False)
    decision = home.at("18:30")
    assert home.is_now() == "arming away"
    (words,) = [w for w in sentences(decision.effects, ANN) if w.args.get("why") == "hold"]
    assert words.args["at"] == berlin("17:00").isoformat()


def test_the_same_again_for_shorter_ends_sooner_and_gives_back_what_was_before_the_first() -> None:
    home = home_with()
    home.arm_now()
    home.hold("15:00", armed=False)
    home.hold("14:00", armed=False)
    assert home.timing.hold == Hold(home.now, berlin("14:00"), "Ann", AWAY)
    home.at("14:00")
    assert home.is_now() == "arming away"


def test_a_third_one_in_the_place_of_the_second_gives_the_longest_back() -> None:
    home = nested()
    home.hold("15:00", armed=True, mode=NIGHT)
    home.at("14:30")
    assert home.is_now() == "armed night"
    home.at("15:00")
    assert home.is_now() == "armed away"
    assert home.timing.hold == Hold(berlin("15:00"), berlin("17:00"), "Ann", None)
    home.at("17:00")
    assert home.is_now() == "disarmed"


def test_with_a_schedule_a_longer_one_does_not_come_back() -> None:
    home = nested()
    home.state = replace(home.state, calendar=Calendar(Schedule((NIGHTS,))))
    home.at("14:00")
    assert home.timing.hold is None
    assert home.is_now() == "disarmed"


def test_on_a_vacation_a_longer_one_does_not_come_back() -> None:
    home = nested()
    away = Vacation(berlin(LEAVE), "Ann")
    home.state = replace(home.state, calendar=Calendar(vacation=away))
    home.at("14:00")
    assert home.timing.hold is None
    assert home.is_now() == "arming away"


def test_a_vacation_lasts_to_just_before_its_end() -> None:
    away = Vacation(berlin(LEAVE), "Ann")
    home = home_with()
    state = replace(home.state, calendar=Calendar(vacation=away))
    assert on_vacation(state, berlin(LEAVE) - SECOND)
    assert not on_vacation(state, berlin(LEAVE))
    assert after_hold(state, home.area, None, berlin(LEAVE) - SECOND) is AWAY
    assert after_hold(state, home.area, None, berlin(LEAVE)) is None


def test_what_is_kept_without_an_end_is_newer_than_every_edge_so_far() -> None:
    home = home_with(NIGHTS)
    home.hold("15:00", armed=True)
    home.at("14:58")
    home.keep("15:00")
    assert home.timing == Timing(berlin("14:58"))


def test_what_is_kept_longer_is_told_ahead_anew() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    home.at("14:58")
    held = home.timing.hold
    assert held is not None
    assert held.told is True
    home.keep("15:00", HOUR)
    assert home.timing.hold == replace(held, until=berlin("16:00"), told=False)


def test_of_two_areas_only_the_one_whose_time_ends_then_is_kept() -> None:
    home = home_with()
    home.hold("15:00", armed=True)
    other = Timing(NOON, Hold(NOON, berlin("16:00"), "Ben", Mode.AWAY))
    home.state = replace(
        home.state,
        areas={**home.state.areas, GARDEN: Area(GARDEN, "Garden", timing=other)},
    )
    home.do(KeepHold(home.actor(), berlin("15:00"), HOUR))
    assert home.state.areas[GARDEN].timing == other
    assert home.timing.hold is not None
    assert home.timing.hold.until == berlin("16:00")


def test_an_arming_to_come_is_of_the_area_that_was_named() -> None:
    home = home_with()
    home.state = replace(home.state, areas={**home.state.areas, GARDEN: Area(GARDEN, "Garden")})
    home.do(ArmLater(home.actor(), berlin("15:00"), AWAY, area=GARDEN))
    assert home.timing.planned is None
    assert home.state.areas[GARDEN].timing.planned is not None


def test_a_changed_schedule_and_an_ended_vacation_make_nothing_up_for_the_past() -> None:
    home = home_with(NIGHTS)
    home.at("13:00")
    home.set_window(replace(NIGHTS, start=12 * 60 + 30))
    assert home.timing.settled_at == berlin("13:00")
    home.leave(LEAVE)
    home.at("14:00")
    home.come_home()
    assert home.timing.settled_at == berlin("14:00")


def test_what_is_done_with_stays_so() -> None:
    timing = Timing(NOON)
    assert settled(timing, NOON - timedelta(hours=1)) == NOON
    assert settled(timing, NOON + timedelta(hours=1)) == NOON + timedelta(hours=1)
    assert settled(Timing(), NOON) == NOON


@pytest.mark.parametrize(
    ("end", "then"), [("16:59", AWAY), ("17:00", None), ("17:01", None), ("18:00", None)]
)
@pytest.mark.parametrize("how", ["a third command", "one hour more"])
def test_a_time_that_grows_beyond_the_one_around_it_foretells_what_was_before_both(
    end: str, then: Mode | None, how: str
) -> None:
    home = nested()
    if how == "a third command":
        home.hold(end, armed=False)
    else:
        home.keep("14:00", berlin(end) - berlin("14:00"))
    change = next_change(home.state, home.area, home.now)
    assert change is not None
    assert (change.at, change.mode) == (berlin(end), then)
    home.at(end)
    assert home.is_now() == ("arming away" if then else "disarmed")
