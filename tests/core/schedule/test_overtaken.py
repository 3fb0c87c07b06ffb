"""What a later command overtakes: a plan and an end are off, and said; a put-off edge stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.clock_commands import ArmLater, DropPlan
from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import PanelBody
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.schedule.wishes import Change, Why, next_change
from tests.core.home import ANN, BEN, GARDEN, HOUR, HOUSE, MINUTE, SECOND, sentences
from tests.core.schedule.timed import (
    AWAY,
    HOME,
    NIGHT,
    NIGHTS,
    TimedHome,
    berlin,
    home_with,
    two_areas,
)

EVENING = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY, 1)


def off(text: str, mode: str = "away") -> str:
    return f"{berlin(text).isoformat()}={mode}"


def off_to(decision: Decision, chat: int) -> list[tuple[Notice, object]]:
    """Return what one chat hears to be off, and in which sentence."""
    words = sentences(decision.effects, chat)
    return [(w.notice, w.args["off"]) for w in words if "off" in w.args]


def off_in_answer(decision: Decision) -> list[object]:
    """Return what the answer to an arming says to be off."""
    bodies = [d.body for d in decision.effects if d.target == str(BEN)]
    return [b.words.args["off"] for b in bodies if isinstance(b, PanelBody)]


def ben_arms(home: TimedHome) -> Decision:
    return home.do(Arm(home.actor(BEN)))


def ben_disarms(home: TimedHome) -> Decision:
    return home.do(Disarm(home.actor(BEN)))


# -- what a person planned -------------------------------------------------------------------------


def test_a_plan_that_an_arming_overtakes_is_off_and_everybody_hears_it() -> None:
    home = home_with()
    home.later("12:10")
    decision = ben_arms(home)
    assert home.timing.planned is None
    assert off_to(decision, ANN) == [(Notice.ARMED_BY, off("12:10"))]
    assert off_in_answer(decision) == [off("12:10")]
    assert Notice.ARMED_BY not in [w.notice for w in sentences(decision.effects, BEN)]


def test_a_plan_that_a_disarm_overtakes_is_off_though_nothing_was_armed() -> None:
    home = home_with()
    home.later("12:10", NIGHT)
    decision = ben_disarms(home)
    assert off_to(decision, BEN) == [(Notice.DISARMED, off("12:10", "night"))]
    assert off_to(decision, ANN) == [(Notice.HOLD_KEPT, off("12:10", "night"))]
    rows = [row.data["what"] for row in decision.rows if row.kind == "journal"]
    assert rows == ["arm later called off"]
    home.at("12:10")
    assert home.is_now() == "disarmed"


def test_a_plan_that_arming_once_more_overtakes_is_off() -> None:
    home = home_with()
    home.arm_now()
    home.later("12:10", NIGHT)
    decision = ben_arms(home)
    assert off_to(decision, ANN) == [(Notice.HOLD_KEPT, off("12:10", "night"))]


def test_a_plan_that_a_disarm_of_the_armed_house_overtakes_is_told_with_it() -> None:
    home = home_with()
    home.arm_now()
    home.later("12:10", NIGHT)
    decision = ben_disarms(home)
    assert off_to(decision, ANN) == [(Notice.DISARMED_BY, off("12:10", "night"))]


def test_a_newer_plan_says_which_one_it_replaces() -> None:
    home = home_with()
    home.later("12:10")
    decision = home.later("13:00", NIGHT)
    assert off_to(decision, ANN) == [(Notice.ARM_PLANNED, off("12:10"))]
    assert off_to(decision, BEN) == [(Notice.ARM_PLANNED, off("12:10"))]
    assert off_to(home.later("13:00", NIGHT), ANN) == []


def test_where_nothing_was_to_come_nothing_is_said_to_be_off() -> None:
    home = home_with(NIGHTS)
    assert off_to(ben_disarms(home), ANN) == []
    assert Notice.HOLD_KEPT not in [w.notice for w in sentences(home.effects)]
    assert off_to(ben_arms(home), ANN) == []


def test_the_plan_of_another_area_stays() -> None:
    home = two_areas()
    home.do(ArmLater(home.actor(ANN), berlin("12:10"), area=GARDEN))
    decision = home.do(Disarm(home.actor(BEN), area=HOUSE))
    assert off_to(decision, BEN) == []
    home.at("12:10")
    assert home.is_now(GARDEN) == "arming away"


def test_the_same_plan_of_two_areas_is_said_once() -> None:
    home = two_areas()
    home.later("12:10")
    assert off_to(ben_disarms(home), BEN) == [(Notice.DISARMED, off("12:10"))]


def test_the_button_of_an_overtaken_plan_leaves_a_newer_one_alone() -> None:
    home = home_with()
    home.later("12:10")
    home.later("13:00")
    old, new = berlin("12:10"), berlin("13:00")
    decision = home.do(DropPlan(home.actor(BEN), at=old))
    assert sentences(decision.effects, BEN)[0].notice is Notice.NOTHING_TO_SKIP
    assert home.timing.planned is not None
    decision = home.do(DropPlan(home.actor(BEN), at=new))
    assert sentences(decision.effects, BEN)[0].notice is Notice.PLAN_DROPPED
    assert home.timing.planned is None


# -- the end of a time -----------------------------------------------------------------------------


def test_arming_without_an_end_says_that_the_end_is_off() -> None:
    home = home_with()
    home.hold("2026-03-05 07:00", armed=True, mode=HOME)
    decision = home.do(Arm(home.actor(BEN), HOME))
    bodies = [d.body for d in decision.effects if d.target == str(BEN)]
    assert [b.words.args["off"] for b in bodies if isinstance(b, PanelBody)] == [
        off("2026-03-05 07:00", "")
    ]
    assert off_to(decision, ANN) == [(Notice.HOLD_KEPT, off("2026-03-05 07:00", ""))]
    assert [row.data["what"] for row in decision.rows] == ["kept as it is"]
    home.at("2026-03-05 07:00")
    assert home.is_now() == "armed home"


def test_a_disarm_without_an_end_says_that_the_arming_after_it_is_off() -> None:
    home = home_with(EVENING, at="17:00")
    home.hold("20:00", armed=False)
    assert off_to(ben_disarms(home), BEN) == [(Notice.DISARMED, off("20:00"))]


@pytest.mark.parametrize("armed", [True, False])
def test_an_end_at_which_it_would_be_so_anyway_is_not_missed(armed: bool) -> None:
    home = home_with()
    if not armed:
        home.arm_now()
    home.hold("14:00", armed=armed)
    assert off_to(ben_disarms(home) if armed else ben_arms(home), ANN) == []


def test_another_end_in_its_place_is_no_end_that_is_off() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    assert off_to(home.hold("15:00", armed=True), ANN) == []


def test_an_end_that_waited_for_an_alarm_is_not_said_to_be_off() -> None:
    home = home_with()
    home.hold("14:00", armed=True, mode=NIGHT)
    home.at("13:59")
    home.burglary()
    home.at("14:10")
    home.false_alarm()
    assert off_to(home.do(Arm(home.actor(BEN), HOME)), ANN) == []


def kept(decision: Decision) -> list[object]:
    """Return until when Ben hears that it stays as it is."""
    words = sentences(decision.effects, BEN)
    return [w.args["until"] for w in words if w.notice is Notice.HOLD_KEPT]


@pytest.mark.parametrize("armed", [True, False])
def test_an_end_for_what_is_so_already_is_told_to_the_others(armed: bool) -> None:
    home = home_with(EVENING)
    if armed:
        home.arm_now()
    decision = home.hold("20:00", armed=armed)
    assert kept(decision) == [berlin("20:00").isoformat()]
    rows = [row.data for row in decision.rows if row.kind == "journal"]
    assert [(r["what"], r["until"]) for r in rows] == [
        ("kept as it is", berlin("20:00").isoformat())
    ]


@pytest.mark.parametrize("end", ["12:00", "11:59"])
def test_an_end_that_is_over_already_is_not_told_to_the_others(end: str) -> None:
    assert kept(home_with().hold(end, armed=False)) == []


def test_an_end_that_an_alarm_refuses_is_not_told_to_the_others() -> None:
    home = home_with()
    home.arm_now()
    home.burglary()
    assert kept(home.hold("20:00", armed=True, mode=HOME)) == []


# -- what the schedule had put off -----------------------------------------------------------------


def put_off() -> TimedHome:
    """Return a home at 17:55 whose arming of 18:00 was put off to 19:00."""
    home = home_with(EVENING, at="17:55")
    home.skip("18:00", HOUR)
    return home


@pytest.mark.parametrize("armed", [False, True])
def test_a_disarm_does_not_cancel_what_was_put_off(armed: bool) -> None:
    home = put_off()
    if armed:
        home.hold("18:30", armed=True, mode=HOME)
    decision = ben_disarms(home)
    assert off_to(decision, BEN) == []
    home.tick_through("18:59:50", MINUTE)
    assert home.is_now() == "disarmed"
    home.at("19:00")
    assert home.is_now() == "arming away"
    assert home.area.changed_by == "schedule"


def test_arming_in_another_mode_holds_until_what_was_put_off() -> None:
    home = put_off()
    home.do(Arm(home.actor(BEN), HOME))
    home.at("18:59:59")
    assert home.is_now() == "armed home"
    home.at("19:00")
    assert home.is_now() == "armed away"


def test_a_time_beyond_what_was_put_off_is_what_holds() -> None:
    home = put_off()
    home.hold("20:00", armed=False)
    assert next_change(home.state, home.area, home.now) == Change(
        berlin("20:00"), AWAY, Why.HOLD, "Ann"
    )
    home.tick_through("19:59:50", MINUTE)
    assert home.is_now() == "disarmed"
    home.at("20:00")
    assert home.is_now() == "arming away"


@pytest.mark.parametrize("end", ["18:30", "18:59:59", "19:00"])
def test_at_the_end_of_a_shorter_time_it_is_still_put_off(end: str) -> None:
    home = put_off()
    home.hold(end, armed=True, mode=HOME)
    home.at(end)
    assert home.is_now() == ("armed away" if end == "19:00" else "disarmed")
    home.at("19:00:01")
    assert home.is_now() in ("arming away", "armed away")


def test_at_the_end_of_a_time_before_the_edge_the_schedule_decides() -> None:
    home = home_with(replace(EVENING, mode=HOME, start=17 * 60, end=18 * 60), EVENING_2, at="17:55")
    home.skip("18:00", HOUR)
    home.hold("17:58", armed=False)
    home.at("17:58")
    assert home.is_now() == "armed home"
    home.hold("18:10", armed=False)
    home.at("18:10")
    assert home.is_now() == "armed home"
    home.at("19:00")
    assert home.is_now() == "armed away"


EVENING_2 = replace(EVENING, id=2)


def test_a_vacation_ignores_what_was_put_off() -> None:
    home = put_off()
    home.leave("2026-03-08 00:00")
    assert home.timing.put_off is None
    home.disarm()
    home.at("19:00")
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
