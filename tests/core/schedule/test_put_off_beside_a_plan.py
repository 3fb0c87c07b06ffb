"""An arming that was put off is the schedule's, one that was planned a person's: both stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from alarm.core.commands import Disarm
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.schedule.calendar import Planned, PutOff
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.schedule.wishes import next_change
from tests.core.home import ANN, HOUR, MINUTE, SECOND, sentences
from tests.core.schedule.timed import AWAY, NIGHT, TimedHome, berlin, home_with

EVENING = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY, 1)
PLANNED = Planned(berlin("20:30"), NIGHT, "Ann")
PUT_OFF = PutOff(berlin("18:00"), berlin("19:00"))


def planned() -> TimedHome:
    """Return a home at 17:52 that a person arms at 20:30, and the schedule at 18:00."""
    home = home_with(EVENING, at="17:40")
    home.later("20:30", NIGHT)
    home.at("17:52")
    return home


def put_off() -> TimedHome:
    """Return a home at 17:53 whose arming of 18:00 was put off to 19:00."""
    home = home_with(EVENING, at="17:52")
    home.skip("18:00", HOUR)
    home.at("17:53")
    return home


def off(decision: Decision) -> list[object]:
    return [words.args.get("off") for words in sentences(decision.effects, ANN)]


def coming(home: TimedHome) -> datetime | None:
    change = next_change(home.state, home.area, home.now)
    return change.at if change else None


def test_not_tonight_leaves_what_a_person_planned() -> None:
    home = planned()
    home.skip("18:00")
    assert (home.timing.planned, home.timing.put_off) == (PLANNED, None)
    home.tick_through("20:29:59", MINUTE)
    assert home.is_now() == "disarmed"
    home.at("20:30")
    assert home.is_now() == "armed night"


def test_in_an_hour_leaves_what_a_person_planned() -> None:
    home = planned()
    home.skip("18:00", HOUR)
    assert (home.timing.planned, home.timing.put_off) == (PLANNED, PUT_OFF)
    home.at("19:00")
    assert home.is_now() == "arming away"
    home.at("20:30")
    assert home.is_now() == "armed night"


@pytest.mark.parametrize("at", ["18:30", "20:30", "2026-03-05 06:00"])
def test_a_plan_leaves_what_was_put_off(at: str) -> None:
    home = put_off()
    assert off(home.later(at, NIGHT)) == [None]
    assert home.timing.put_off == PUT_OFF
    assert coming(home) == min(berlin(at), berlin("19:00"))
    home.tick_through("18:59:59", MINUTE)
    assert home.is_now() == ("armed night" if at == "18:30" else "disarmed")
    home.at("19:00")
    assert home.is_now().endswith("away")
    assert home.area.changed_by == "schedule"


def test_a_plan_that_lasts_beyond_what_was_put_off_holds_until_its_end() -> None:
    home = put_off()
    home.later("18:30", NIGHT, until="20:00")
    home.tick_through("19:59:59", MINUTE)
    assert home.is_now() == "armed night"
    home.at("20:00")
    assert home.is_now() == "armed away"


def test_a_plan_called_off_leaves_what_was_put_off() -> None:
    home = put_off()
    home.later("20:30", NIGHT)
    home.drop_plan()
    assert (home.timing.planned, home.timing.put_off) == (None, PUT_OFF)


def test_a_disarm_ends_the_plan_alone() -> None:
    home = put_off()
    home.later("20:30", NIGHT)
    home.do(Disarm(home.actor(ANN)))
    assert (home.timing.planned, home.timing.put_off) == (None, PUT_OFF)


@pytest.mark.parametrize("plan", ["18:59:59", "19:00", "19:00:01"])
def test_of_both_found_late_the_newer_one_counts_and_of_one_moment_the_plan(plan: str) -> None:
    home = put_off()
    home.later(plan, NIGHT)
    home.at("19:10")
    home.wait(SECOND)
    assert home.is_now() == ("arming away" if plan == "18:59:59" else "armed night")
    assert (home.timing.planned, home.timing.put_off) == (None, None)


# -- it is an edge like any other ------------------------------------------------------------------


@pytest.mark.parametrize("found", ["22:59", "23:00", "23:30"])
def test_what_was_put_off_is_found_late_unless_its_window_is_over(found: str) -> None:
    home = put_off()
    home.hold("18:45", armed=False)
    home.at(found)
    home.wait(SECOND)
    assert home.is_now() == ("arming away" if found == "22:59" else "disarmed")
    assert home.timing.put_off is None


def test_one_hour_more_beyond_what_was_put_off_is_what_holds() -> None:
    home = put_off()
    home.hold("18:30", armed=False)
    home.keep("18:30", HOUR)
    home.tick_through("19:29:59", MINUTE)
    assert home.is_now() == "disarmed"
    home.at("19:30")
    assert home.is_now() == "arming away"


def test_a_command_without_a_time_lets_it_come_again() -> None:
    home = put_off()
    home.hold("20:00", armed=False)
    assert coming(home) == berlin("20:00")
    home.do(Disarm(home.actor(ANN)))
    assert coming(home) == berlin("19:00")
    home.at("19:00")
    assert home.is_now() == "arming away"


@pytest.mark.parametrize("until", ["18:59:59", "19:00", "19:00:01"])
def test_a_button_calls_it_off_unless_something_holds_until_then(until: str) -> None:
    home = put_off()
    home.hold(until, armed=False)
    notice = sentences(home.skip("18:00").effects, ANN)[0].notice
    comes = until == "18:59:59"
    assert notice is (Notice.ARMING_SKIPPED if comes else Notice.NOTHING_TO_SKIP)


@pytest.mark.parametrize("sent", ["18:59:59", "19:00", "19:00:01"])
def test_a_command_sent_after_it_was_due_is_newer(sent: str) -> None:
    home = put_off()
    home.now = berlin("19:10")
    home.do(Disarm(replace(home.actor(ANN), sent_at=berlin(sent))))
    home.wait(SECOND)
    assert home.is_now() == ("arming away" if sent == "18:59:59" else "disarmed")
