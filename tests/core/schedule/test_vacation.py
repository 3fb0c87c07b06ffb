"""Vacation: armed away, edges ignored until a day, then what the schedule says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.clock_commands import GoOnVacation
from alarm.core.commands import Arm
from alarm.core.draft import Decision
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.windows import Window
from alarm.core.settings import Mode, PanelState
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, said, sentences
from tests.core.schedule.timed import DAYS_OUT, NIGHTS, berlin, home_with

END = "2026-03-08 00:00"


def test_vacation_arms_away_at_once_and_everyone_hears_of_it() -> None:
    home = home_with(NIGHTS)
    decision = home.leave(END)
    assert home.is_now() == "arming away"
    assert Notice.VACATION_SET in said(decision.effects, ANN)
    assert Notice.VACATION_SET in said(decision.effects, BEN)
    assert "vacation" in [r.data["what"] for r in decision.rows]


def test_edges_are_ignored_until_its_end() -> None:
    home = home_with(NIGHTS, DAYS_OUT)
    home.leave(END)
    home.tick_through("2026-03-07 23:59", 10 * MINUTE)
    assert home.is_now() == "armed away"
    assert Notice.AWAY_SOON not in said(home.effects)


def test_at_its_end_the_panel_does_what_the_schedule_says() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.at("2026-03-07 23:59:59")
    assert home.is_now() == "armed away"
    decision = home.at(END)
    assert home.is_now() == "armed night"
    assert Notice.VACATION_OVER in said(decision.effects, BEN)
    home.at("2026-03-08 06:30")
    assert home.is_now() == "disarmed"


def test_without_a_schedule_it_stays_armed_and_says_that_the_time_is_over() -> None:
    home = home_with()
    home.leave(END)
    decision = home.at(END)
    assert said(decision.effects, ANN) == [Notice.VACATION_OVER]
    assert home.is_now() == "armed away"


def test_a_neighbour_who_disarms_for_an_hour_leaves_it_armed_away_again() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.at("2026-03-05 15:00")
    home.hold("2026-03-05 16:00", armed=False)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 16:00")
    assert home.is_now() == "arming away"


def test_one_that_begins_and_ends_in_one_window_ends_in_the_mode_of_that() -> None:
    home = home_with(NIGHTS, at="23:00")
    home.leave("2026-03-05 05:00")
    home.wait(MINUTE)
    home.at("2026-03-05 05:00")
    assert home.is_now() == "armed night"


def test_a_time_that_ends_with_it_leaves_the_panel_as_it_is() -> None:
    home = home_with()
    home.leave(END)
    home.hold(END, armed=False)
    home.at(END)
    assert home.is_now() == "disarmed"
    assert home.timing.hold is None


def test_a_time_that_was_set_beyond_its_end_goes_on() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.hold("2026-03-08 02:00", armed=False)
    home.at("2026-03-08 01:00")
    assert home.is_now() == "disarmed"
    home.at("2026-03-08 02:00")
    assert home.is_now() == "armed night"


def test_whoever_comes_home_ends_it_and_the_panel_stays_until_the_next_edge() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.at("2026-03-05 23:00")
    decision = home.come_home()
    assert said(decision.effects) == [Notice.VACATION_OVER] * 2
    home.at("2026-03-05 23:30")
    assert home.is_now() == "armed away"
    home.at("2026-03-06 06:30")
    assert home.is_now() == "disarmed"


def off(decision: Decision, chat: int) -> list[object]:
    """Return what a chat hears to be off by the end of the vacation."""
    words = sentences(decision.effects, chat)
    return [w.args.get("off") for w in words if w.notice is Notice.VACATION_OVER]


@pytest.mark.parametrize("windows", [(), (NIGHTS,)])
def test_whoever_comes_home_within_an_hour_disarmed_stays_disarmed(
    windows: tuple[Window, ...],
) -> None:
    home = home_with(*windows)
    home.leave(END)
    home.at("15:00")
    home.hold("16:00", armed=False)
    decision = home.come_home()
    assert home.timing.hold is None
    told = f"{berlin('16:00').isoformat()}=away"
    assert (off(decision, ANN), off(decision, BEN)) == ([told], [told])
    home.at("16:00")
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize("end", ["2026-03-07 23:59", END, "2026-03-08 00:01"])
def test_without_a_schedule_no_time_leads_back_to_the_vacation(end: str) -> None:
    home = home_with()
    home.leave(END)
    home.at("15:00")
    home.hold(end, armed=False)
    home.come_home()
    home.at(end)
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize(("end", "kept"), [("2026-03-07 23:59", False), (END, True)])
def test_with_a_schedule_a_time_beyond_the_vacation_goes_on(end: str, kept: bool) -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.at("15:00")
    home.hold(end, armed=False)
    assert off(home.come_home(), ANN) == ([None] if kept else [f"{berlin(end).isoformat()}=away"])
    assert (home.timing.hold is not None) is kept


def test_whoever_comes_home_to_no_time_hears_of_nothing_that_is_off() -> None:
    home = home_with()
    home.leave(END)
    assert off(home.come_home(), ANN) == [None]


def test_ending_none_says_so() -> None:
    home = home_with(NIGHTS)
    assert said(home.come_home().effects) == [Notice.NO_VACATION]


def test_another_date_replaces_the_first_and_arms_again() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.disarm(BEN)
    decision = home.leave("2026-03-09 00:00")
    assert sentences(decision.effects, ANN)[0].args["old"] == berlin(END).isoformat()
    assert home.is_now() == "arming away"
    home.at(END)
    assert home.is_now() == "armed away"
    assert home.state.calendar.vacation is not None


def test_another_date_switches_night_to_away() -> None:
    home = home_with()
    home.leave(END)
    home.wait(MINUTE)
    home.do(Arm(home.actor(), Mode.NIGHT))
    assert home.is_now() == "armed night"
    home.leave("2026-03-09 00:00")
    assert home.is_now() == "armed away"


def test_its_end_waits_for_an_alarm() -> None:
    home = home_with(NIGHTS, at="20:00")
    home.leave("2026-03-05 12:00")
    home.at("2026-03-05 11:59")
    home.burglary()
    home.at("2026-03-05 12:10")
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_it_survives_a_restart_and_its_end_is_caught_up() -> None:
    home = home_with(NIGHTS)
    home.leave(END)
    home.at("2026-03-05 12:00")
    home.restart()
    home.confirm()
    home.at("2026-03-06 06:31")
    assert home.is_now() == "armed away"
    home.now = berlin("2026-03-08 12:00")
    home.restart()
    home.confirm()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize("away", [timedelta(0), -HOUR, timedelta(days=366, seconds=1)])
def test_an_end_in_the_past_or_too_far_ahead_is_refused(away: timedelta) -> None:
    home = home_with(NIGHTS)
    before = home.state
    with pytest.raises(BadInput):
        home.do(GoOnVacation(home.actor(), home.now + away))
    assert home.state is before
