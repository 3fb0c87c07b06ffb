"""Arming later, and what is told and done ten minutes before a scheduled away arming."""

from __future__ import annotations

import pytest

from alarm.core.deliveries import WordsBody
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, clip, said, sentences
from tests.core.schedule.timed import AWAY, DAYS_OUT, NIGHT, NIGHTS, berlin, home_with


def test_armed_later_begins_with_the_exit_delay_at_its_moment() -> None:
    home = home_with()
    decision = home.later("12:10")
    assert said(decision.effects) == [Notice.ARM_PLANNED] * 2
    home.at("12:09:59")
    assert home.is_now() == "disarmed"
    home.at("12:10")
    assert home.is_now() == "arming away"
    assert home.area.changed_by == "Ann"


def test_armed_later_until_a_time() -> None:
    home = home_with()
    home.later("12:10", NIGHT, until="14:00")
    home.at("12:10")
    assert home.is_now() == "armed night"
    home.at("14:00")
    assert home.is_now() == "disarmed"


def test_a_plan_can_be_called_off_and_a_command_ends_it() -> None:
    home = home_with()
    home.later("12:10")
    assert said(home.drop_plan().effects) == [Notice.PLAN_DROPPED] * 2
    assert said(home.drop_plan().effects) == [Notice.NOTHING_TO_SKIP]
    home.at("12:11")
    home.later("12:20")
    home.disarm(BEN)
    home.at("12:21")
    assert home.is_now() == "disarmed"


def test_a_plan_found_late_is_carried_out_unless_the_schedule_wanted_something_since() -> None:
    home = home_with(NIGHTS, at="21:00")
    home.later("21:10")
    home.now = berlin("21:40")
    home.restart()
    home.confirm()
    home.wait(SECOND)
    assert home.is_now() == "arming away"
    home.later("2026-03-05 06:00")
    home.now = berlin("2026-03-05 07:00")
    home.restart()
    home.confirm()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_an_alarm_lets_a_plan_wait() -> None:
    home = home_with()
    home.arm_now()
    home.later("12:10", NIGHT)
    home.at("12:09")
    home.see(clip(home.now, 1), clip(home.now, 2))
    home.at("12:11")
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    home.wait(SECOND)
    assert home.is_now() == "armed night"


# -- ten minutes before a scheduled away arming ----------------------------------------------------


def test_a_scheduled_away_arming_is_told_ten_minutes_ahead_silently_once() -> None:
    home = home_with(DAYS_OUT, at="07:30")
    assert said(home.at("07:49:59").effects) == []
    decision = home.at("07:50")
    assert said(decision.effects) == [Notice.AWAY_SOON] * 2
    assert all(isinstance(d.body, WordsBody) and d.body.silent for d in decision.effects)
    assert {d.expires_at for d in decision.effects} == {berlin("08:00")}
    assert said(home.at("07:55").effects) == []


def test_other_modes_and_what_is_away_already_are_not_told_ahead() -> None:
    home = home_with(NIGHTS, DAYS_OUT)
    assert said(home.at("21:55").effects) == []
    home.at("2026-03-05 07:00")
    home.arm_now()
    assert said(home.at("2026-03-05 07:55").effects) == []


def test_not_tonight_skips_this_arming_and_no_other() -> None:
    home = home_with(DAYS_OUT, at="07:50")
    decision = home.skip("08:00")
    assert said(decision.effects) == [Notice.ARMING_SKIPPED] * 2
    home.at("08:01")
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 08:00")
    assert home.is_now() == "arming away"


def test_not_tonight_stays_so_whatever_a_person_does_before_the_edge() -> None:
    home = home_with(DAYS_OUT, at="07:50")
    home.skip("08:00")
    home.disarm(BEN)
    home.hold("07:58", armed=False)
    home.tick_through("08:01")
    assert home.is_now() == "disarmed"


def test_in_an_hour_arms_then_and_is_told_ahead_again() -> None:
    home = home_with(DAYS_OUT, at="07:50")
    decision = home.skip("08:00", HOUR)
    assert sentences(decision.effects, ANN)[0].args["later"] == berlin("09:00").isoformat()
    home.at("08:30")
    assert home.is_now() == "disarmed"
    assert said(home.at("08:50").effects, ANN) == [Notice.AWAY_SOON]
    home.at("09:00")
    assert home.is_now() == "arming away"
    assert home.area.changed_by == "schedule"


def test_in_an_hour_can_be_put_off_once_more() -> None:
    home = home_with(DAYS_OUT, at="07:50")
    home.skip("08:00", HOUR)
    home.at("08:55")
    home.skip("09:00", HOUR)
    home.at("09:30")
    assert home.is_now() == "disarmed"
    home.at("10:00")
    assert home.is_now() == "arming away"
    assert home.area.mode is AWAY


def test_in_an_hour_when_the_window_is_over_is_not_at_all() -> None:
    short = type(DAYS_OUT)(DAYS_OUT.days, 8 * 60, 9 * 60, AWAY, 2)
    home = home_with(short, at="07:50")
    decision = home.skip("08:00", HOUR)
    assert sentences(decision.effects, ANN)[0].args["over"] is True
    home.tick_through("10:00", MINUTE)
    assert home.is_now() == "disarmed"
    assert home.timing.put_off is None


@pytest.mark.parametrize("pressed", ["08:00", "08:30"])
def test_the_button_of_an_arming_that_was_only_answers(pressed: str) -> None:
    home = home_with(DAYS_OUT, at="07:50")
    home.at(pressed)
    assert said(home.skip("08:00").effects) == [Notice.NOTHING_TO_SKIP]
    assert home.is_now().endswith("away")


def test_an_arming_that_a_command_puts_off_anyway_is_not_told_ahead() -> None:
    home = home_with(DAYS_OUT, at="07:30")
    home.hold("10:00", armed=False)
    assert said(home.at("07:55").effects) == []
