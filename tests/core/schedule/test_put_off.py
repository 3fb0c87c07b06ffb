"""A scheduled arming that was put off: it is still that evening's, and can be called off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.clock_commands import RemoveWindow, SwitchSchedule
from alarm.core.commands import Arm
from alarm.core.draft import Decision
from alarm.core.inputs import ZoneConfigured
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Schedule, Window
from alarm.core.settings import Mode
from alarm.core.state import Area
from tests.core.home import ANN, BEN, GARDEN, HOUR, HOUSE, MINUTE, SECOND, said, sentences
from tests.core.schedule.timed import (
    AWAY,
    DAYS_OUT,
    HOME,
    NIGHT,
    TimedHome,
    berlin,
    home_with,
    two_areas,
)

EVENING = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY, 1)


def evening() -> TimedHome:
    """Return a home at 17:52 whose arming of 18:00 was put off to 19:00."""
    home = home_with(EVENING, at="17:40")
    home.at("17:52")
    home.skip("18:00", HOUR)
    return home


def answer(decision: Decision) -> dict[str, object]:
    words = sentences(decision.effects, ANN)[0]
    return {"notice": words.notice, **words.args}


@pytest.mark.parametrize("pressed", ["17:53", "18:00", "18:30", "18:59:59"])
@pytest.mark.parametrize("named", ["18:00", "19:00"])
def test_not_tonight_calls_off_what_was_put_off(pressed: str, named: str) -> None:
    home = evening()
    home.at(pressed)
    told = answer(home.skip(named))
    assert told["notice"] is Notice.ARMING_SKIPPED
    assert (told["at"], told["later"]) == (berlin("19:00").isoformat(), None)
    assert home.timing.put_off is None
    home.tick_through("19:30", 5 * MINUTE)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 18:00")
    assert home.is_now() == "arming away"


def test_others_hear_that_it_does_not_come_tonight() -> None:
    home = evening()
    (words,) = sentences(home.skip("18:00").effects, BEN)
    assert (words.notice, words.args["by"]) == (Notice.ARMING_SKIPPED, "Ann")


def test_in_an_hour_pressed_twice_is_one_hour() -> None:
    home = evening()
    home.at("18:30")
    told = answer(home.skip("18:00", HOUR))
    assert told["notice"] is Notice.ARMING_SKIPPED
    assert told["later"] == berlin("19:00").isoformat()
    home.at("19:00")
    assert home.is_now() == "arming away"


def test_what_was_put_off_twice_is_called_off_by_every_notice_of_it() -> None:
    home = evening()
    home.at("18:51")
    assert answer(home.skip("19:00", HOUR))["later"] == berlin("20:00").isoformat()
    assert answer(home.skip("18:00", HOUR))["later"] == berlin("20:00").isoformat()
    home.at("19:30")
    assert answer(home.skip("18:00"))["notice"] is Notice.ARMING_SKIPPED
    home.tick_through("20:30", 5 * MINUTE)
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize("named", ["17:59:59", "19:00:01"])
def test_a_button_of_another_time_does_not_call_it_off(named: str) -> None:
    home = evening()
    assert answer(home.skip(named))["notice"] is Notice.NOTHING_TO_SKIP
    assert home.timing.put_off is not None


def test_once_it_is_armed_there_is_nothing_to_call_off() -> None:
    home = evening()
    home.at("19:00")
    assert answer(home.skip("18:00"))["notice"] is Notice.NOTHING_TO_SKIP
    assert home.is_now() == "arming away"


def test_what_a_person_planned_is_no_arming_of_the_schedule() -> None:
    home = home_with(EVENING, at="17:40")
    home.later("17:50")
    assert answer(home.skip("17:50"))["notice"] is Notice.NOTHING_TO_SKIP
    assert home.timing.planned is not None


def test_an_edge_in_between_comes_all_the_same() -> None:
    home = home_with(
        replace(EVENING, end=18 * 60 + 20),
        Window(EVERY_DAY, 18 * 60 + 30, 18 * 60 + 40, HOME, 2),
        Window(EVERY_DAY, 18 * 60 + 50, 23 * 60, AWAY, 3),
        at="17:52",
    )
    home.skip("18:00", HOUR)
    home.skip("18:00")
    home.at("18:30")
    assert home.is_now() == "armed home"


def test_areas_put_off_by_different_times_are_told_apart() -> None:
    home = two_areas(EVENING, at="17:52")
    home.skip("18:00", HOUR, HOUSE)
    words = [
        w for w in sentences(home.skip("18:00").effects, ANN) if w.notice is Notice.ARMING_SKIPPED
    ]
    assert [(w.args["area"], w.args["at"]) for w in words] == [
        ("House", berlin("19:00").isoformat()),
        ("Garden", berlin("18:00").isoformat()),
    ]
    home.at("19:00")
    home.wait(SECOND)
    assert (home.is_now(HOUSE), home.is_now(GARDEN)) == ("disarmed", "disarmed")


# -- the schedule is changed meanwhile -------------------------------------------------------------


def off(decision: Decision) -> list[object]:
    words = sentences(decision.effects, ANN)
    return [w.args.get("off") for w in words if w.notice is Notice.SCHEDULE_CHANGED]


@pytest.mark.parametrize("change", ["switched off", "removed", "shorter", "of another area"])
def test_what_the_schedule_no_longer_wants_is_off_and_said(change: str) -> None:
    home = evening()
    match change:
        case "switched off":
            decision = home.do(SwitchSchedule(home.actor(ANN), on=False))
        case "removed":
            decision = home.do(RemoveWindow(home.actor(ANN), 1))
        case "shorter":
            decision = home.set_window(replace(EVENING, end=19 * 60))
        case _:
            areas = {**home.state.areas, GARDEN: Area(GARDEN, "Garden")}
            home.state = replace(home.state, areas=areas)
            decision = home.set_window(replace(EVENING, area=GARDEN))
    assert off(decision) == [f"{berlin('19:00').isoformat()}=away"]
    assert home.timing.put_off is None
    home.at("19:00")
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_what_the_changed_schedule_still_wants_comes_all_the_same() -> None:
    home = evening()
    assert off(home.set_window(replace(EVENING, end=19 * 60 + 1))) == [None]
    home.at("19:00")
    assert home.is_now() == "arming away"


@pytest.mark.parametrize(("zone", "comes"), [("Europe/Lisbon", True), ("Asia/Tokyo", False)])
def test_a_time_zone_in_which_the_schedule_does_not_want_it_calls_it_off(
    zone: str, comes: bool
) -> None:
    home = evening()
    (words,) = sentences(home.do(ZoneConfigured(zone)).effects, ANN)
    assert words.args.get("off") == (None if comes else f"{berlin('19:00').isoformat()}=away")
    assert (home.timing.put_off is not None) is comes
    home.at("19:00")
    assert home.is_now() == ("arming away" if comes else "disarmed")


@pytest.mark.parametrize(
    ("end", "comes"), [(18 * 60 + 59, False), (19 * 60, False), (19 * 60 + 1, True)]
)
def test_at_its_moment_it_comes_only_where_the_schedule_wants_it(end: int, comes: bool) -> None:
    home = evening()
    home.do(Arm(home.actor(ANN), NIGHT))
    # As a file may hold it that was written before a changed schedule dropped it.
    schedule = Schedule((replace(EVENING, end=end),))
    home.state = replace(home.state, calendar=replace(home.state.calendar, schedule=schedule))
    home.at("18:58")
    assert home.is_now() == "armed night"
    home.at("19:00")
    assert home.is_now() == ("armed away" if comes else "disarmed")


def test_a_changed_schedule_leaves_what_a_person_planned() -> None:
    home = home_with(EVENING, at="17:40")
    home.later("17:50")
    assert off(home.do(SwitchSchedule(home.actor(ANN), on=False))) == [None]
    home.at("17:50")
    assert home.is_now() == "arming away"


@pytest.mark.parametrize(
    ("mode", "until", "warned"),
    [(NIGHT, "", True), (AWAY, "", False), (NIGHT, "07:59:59", True), (NIGHT, "08:00", False)],
)
def test_an_arming_behind_a_plan_is_told_ahead_and_can_be_called_off_if_it_changes_anything(
    mode: Mode, until: str, warned: bool
) -> None:
    home = home_with(DAYS_OUT, at="07:30")
    home.later("07:55", mode, until)
    decision = home.at("07:52")
    assert (Notice.AWAY_SOON in said(decision.effects, ANN)) is warned
    decision = home.skip("08:00")
    answer = Notice.ARMING_SKIPPED if warned else Notice.NOTHING_TO_SKIP
    assert said(decision.effects, ANN) == [answer]
    if warned and not until:
        home.at("07:55")
        home.at("08:01")
        assert home.is_now() == "armed night"
