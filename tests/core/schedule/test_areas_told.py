"""What the clock did, or was asked, in one area of several: said and journaled with its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from alarm.core.clock_commands import ArmLater
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from tests.core.home import ANN, GARDEN, HOUR, HOUSE, sentences
from tests.core.schedule.test_areas_apart import EVENING
from tests.core.schedule.timed import HOME, NIGHTS, TimedHome, berlin, two_areas

GARDEN_NIGHTS = replace(NIGHTS, area=GARDEN)


def armed(home: TimedHome) -> Decision:
    return home.at("22:00")


def disarmed(home: TimedHome) -> Decision:
    home.at("22:00")
    return home.at("2026-03-05 06:30")


def not_armed(home: TimedHome) -> Decision:
    home.set_window(replace(GARDEN_NIGHTS, mode=HOME))
    modes = {Mode.AWAY: home.state.settings.modes[Mode.AWAY]}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    return home.at("22:00")


def planned(home: TimedHome) -> Decision:
    return home.do(ArmLater(home.actor(ANN), berlin("15:00"), area=GARDEN))


def called_off(home: TimedHome) -> Decision:
    home.do(ArmLater(home.actor(ANN), berlin("15:00"), area=HOUSE))
    planned(home)
    decision = home.drop_plan(GARDEN)
    assert home.area.timing.planned is not None
    return decision


def kept(home: TimedHome) -> Decision:
    home.hold("15:00", armed=True)
    return home.keep("15:00", HOUR, GARDEN)


def put_off(home: TimedHome) -> Decision:
    home.set_window(replace(EVENING, id=0))
    home.at("17:55")
    return home.skip("18:00", HOUR, GARDEN)


CASES = {
    "armed": (armed, Notice.SCHEDULE_ARMED, "arm"),
    "disarmed": (disarmed, Notice.SCHEDULE_DISARMED, "disarm"),
    "not armed": (not_armed, Notice.MODE_NOT_CHOSEN, "not armed"),
    "planned": (planned, Notice.ARM_PLANNED, "arm later"),
    "called off": (called_off, Notice.PLAN_DROPPED, "arm later called off"),
    "kept": (kept, Notice.HOLD_KEPT, "kept as it is"),
    "put off": (put_off, Notice.ARMING_SKIPPED, "scheduled arming put off"),
}


@pytest.mark.parametrize(("act", "notice", "what"), CASES.values(), ids=CASES)
def test_the_area_is_named_in_what_is_said_and_in_the_journal(
    act: Callable[[TimedHome], Decision], notice: Notice, what: str
) -> None:
    decision = act(two_areas(GARDEN_NIGHTS))
    (words,) = [w for w in sentences(decision.effects, ANN) if w.notice is notice]
    assert (words.args["area"], words.args["ids"]) == ("Garden", GARDEN)
    (row,) = [row for row in decision.rows if row.data["what"] == what]
    assert row.data["area"] == "Garden"


def test_a_change_is_taken_in_by_every_area_behind_one_that_it_does_not_concern() -> None:
    home = two_areas(GARDEN_NIGHTS, at="21:00")
    home.at("23:00")
    home.set_window(replace(GARDEN_NIGHTS, end=7 * 60))
    house, garden = home.state.areas.values()
    assert house.timing.settled_at != home.now
    assert garden.timing.settled_at == home.now
