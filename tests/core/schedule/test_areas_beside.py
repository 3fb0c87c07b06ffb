"""Of several areas each is looked at, whatever there is, or is not, of the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.clock_commands import ArmLater, EndVacation, GoOnVacation, SetWindow, SkipArming
from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import PanelBody
from alarm.core.draft import Decision
from alarm.core.schedule.calendar import Timing
from tests.core.home import ANN, BEN, GARDEN, HOUSE, sentences
from tests.core.schedule.timed import AWAY, DAYS_OUT, NIGHT, NIGHTS, TimedHome, berlin, two_areas

PLANS = {HOUSE: "12:10", GARDEN: "12:20"}
BOTH = ",".join(f"{berlin(at).isoformat()}=night" for at in PLANS.values())


def with_plans() -> TimedHome:
    home = two_areas(at="12:00")
    for area, at in PLANS.items():
        home.do(ArmLater(home.actor(ANN), berlin(at), NIGHT, area=area))
    return home


def off(decision: Decision) -> set[object]:
    """Return what is said to be off, in whatever sentence."""
    words = sentences(decision.effects)
    words += [d.body.words for d in decision.effects if isinstance(d.body, PanelBody)]
    return {w.args["off"] for w in words if "off" in w.args}


def test_the_plans_of_both_areas_are_off_by_one_arming() -> None:
    home = with_plans()
    assert off(home.do(Arm(home.actor(BEN), AWAY))) == {BOTH}


def test_the_plans_of_both_areas_are_off_by_one_disarming() -> None:
    home = with_plans()
    assert off(home.do(Disarm(home.actor(BEN)))) == {BOTH}


def test_the_plans_of_both_areas_are_off_by_another_plan() -> None:
    home = with_plans()
    decision = home.do(ArmLater(home.actor(BEN), berlin("13:00"), AWAY))
    assert off(decision) == {BOTH}


@pytest.mark.parametrize(("areas", "meant"), [((HOUSE, GARDEN), GARDEN), ((GARDEN, HOUSE), HOUSE)])
def test_a_changed_window_settles_its_area_wherever_that_stands(
    areas: tuple[str, str], meant: str
) -> None:
    home = two_areas(*(replace(NIGHTS, id=n, area=area) for n, area in enumerate(areas, 1)))
    home.at("13:00")
    other = areas[0]
    before = home.state.areas[other].timing
    home.do(SetWindow(home.actor(ANN), replace(NIGHTS, id=2, area=meant, start=23 * 60)))
    assert home.state.areas[meant].timing.settled_at == berlin("13:00")
    assert home.state.areas[other].timing == before


def test_an_arming_is_called_off_in_the_second_area_where_the_first_has_none() -> None:
    home = two_areas(replace(DAYS_OUT, area=GARDEN), at="07:55")
    home.do(SkipArming(home.actor(ANN), berlin("08:00")))
    assert home.state.areas[HOUSE].timing.called_off is None
    assert home.state.areas[GARDEN].timing.called_off == berlin("08:00")


def test_ending_a_vacation_says_of_both_areas_what_is_off() -> None:
    home = two_areas(at="12:00")
    home.do(GoOnVacation(home.actor(ANN), berlin("2026-03-08 00:00")))
    for area, end in ((HOUSE, "13:00"), (GARDEN, "14:00")):
        home.do(Disarm(home.actor(ANN), area=area, until=berlin(end)))
    ends = ",".join(f"{berlin(end).isoformat()}=away" for end in ("13:00", "14:00"))
    assert off(home.do(EndVacation(home.actor(ANN)))) == {ends}
    assert all(a.timing != Timing() for a in home.state.areas.values())
