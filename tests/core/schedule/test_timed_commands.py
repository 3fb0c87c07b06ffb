"""Commands that name a time: how long they hold, what follows, what is told ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import PanelBody, WordsBody
from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, said, sentences
from tests.core.schedule.timed import NIGHT, NIGHTS, berlin, home_with

# -- the end ---------------------------------------------------------------------------------------


def test_without_a_schedule_the_state_before_the_command_comes_back() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=False)
    home.at("13:59:59")
    assert home.is_now() == "disarmed"
    decision = home.at("14:00")
    assert home.is_now() == "arming away"
    assert Notice.SCHEDULE_ARMED in said(decision.effects, ANN)
    assert home.area.changed_by == "Ann"
    assert home.timing.hold is None


def test_armed_until_a_time_is_disarmed_then() -> None:
    home = home_with()
    home.hold("14:00", armed=True, mode=NIGHT)
    assert home.is_now() == "armed night"
    home.at("13:59:59")
    assert home.is_now() == "armed night"
    decision = home.at("14:00")
    assert home.is_now() == "disarmed"
    assert home.area.spans[-1].ended_by_person is False
    assert sentences(decision.effects, BEN)[0].args["why"] == "hold"


def test_armed_in_another_mode_until_a_time_goes_back_to_the_first() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=True, mode=NIGHT)
    home.at("14:00")
    assert home.is_now() == "armed away"


def test_the_same_again_with_another_time_remembers_what_was_before_the_first() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=False)
    home.hold("15:00", armed=False)
    home.at("14:00")
    assert home.is_now() == "disarmed"
    home.at("15:00")
    assert home.is_now() == "arming away"


def test_a_time_within_a_longer_one_gives_the_longer_one_back() -> None:
    home = home_with()
    home.hold("17:00", armed=True)
    home.hold("14:00", armed=False)
    home.at("14:00")
    assert home.is_now() == "arming away"
    home.at("16:59")
    assert home.is_now() == "armed away"
    home.at("17:00")
    assert home.is_now() == "disarmed"


def test_a_time_beyond_a_shorter_one_ends_with_what_was_before_both() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    home.hold("15:00", armed=False)
    home.at("15:00")
    assert home.is_now() == "disarmed"
    assert home.timing.hold is None


def test_with_a_schedule_the_panel_does_what_that_says_then() -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    home.hold("23:30", armed=False)
    home.at("23:30")
    assert home.is_now() == "armed night"
    assert home.area.changed_by == "schedule"
    home.hold("2026-03-05 09:00", armed=True)
    home.at("2026-03-05 06:30")
    assert home.is_now() == "armed away"
    home.at("2026-03-05 09:00")
    assert home.is_now() == "disarmed"


def test_edges_within_the_time_are_not_carried_out_then_or_later() -> None:
    home = home_with(NIGHTS)
    home.hold("2026-03-05 12:00", armed=False)
    home.tick_through("2026-03-05 13:00", 5 * MINUTE)
    assert home.is_now() == "disarmed"
    assert [r.data["what"] for r in home.rows].count("arm") == 0


@pytest.mark.parametrize("armed", [True, False])
def test_another_command_overrides_the_time(armed: bool) -> None:
    home = home_with()
    home.hold("14:00", armed=armed)
    (home.disarm if armed else home.arm)(BEN)
    before = home.area.panel
    home.at("13:30")
    home.at("14:01")
    assert (home.panel() is PanelState.DISARMED) == (before is PanelState.DISARMED)
    assert home.timing.hold is None


def test_the_end_waits_for_an_alarm() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    home.at("13:59")
    home.burglary()
    home.at("14:30")
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_the_end_is_caught_up_after_downtime_when_the_clock_is_confirmed() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=False)
    home.now = berlin("16:00")
    home.restart()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.confirm()
    home.wait(SECOND)
    assert home.is_now() == "arming away"


def test_a_clock_that_is_set_moves_no_end() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    home.now += HOUR
    home.do(ClockJumped(HOUR))
    home.wait(2 * HOUR - SECOND)
    assert home.is_now() == "armed away"
    home.wait(SECOND)
    assert home.is_now() == "disarmed"


def test_a_command_that_runs_after_its_time_holds_until_the_next_edge() -> None:
    home = home_with(NIGHTS, at="21:00")
    home.arm_now()
    home.at("22:30")
    home.do(Disarm(home.actor(), until=berlin("22:10")))
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 22:00")
    assert home.is_now() == "armed night"


# -- five minutes ahead ----------------------------------------------------------------------------


def test_the_end_is_told_five_minutes_ahead_once() -> None:
    home = home_with()
    home.arm_now()
    home.hold("14:00", armed=False)
    assert said(home.at("13:54:59").effects) == []
    decision = home.at("13:55")
    (words, *others) = sentences(decision.effects, ANN)
    assert (words.notice, others) == (Notice.HOLD_ENDS, [])
    assert words.args == {"until": berlin("14:00").isoformat(), "then": "away", "by": "Ann"}
    assert said(home.at("13:56").effects) == []


@pytest.mark.parametrize("armed", [True, False])
def test_that_it_will_be_armed_is_told_aloud_and_that_it_will_not_silently(armed: bool) -> None:
    home = home_with()
    if not armed:
        home.arm_now()
    home.hold("14:00", armed=armed)
    decision = home.at("13:55")
    assert decision.effects
    assert {isinstance(d.body, WordsBody) and d.body.silent for d in decision.effects} == {armed}


def test_an_end_that_changes_nothing_and_a_time_that_is_short_are_not_told_ahead() -> None:
    home = home_with(NIGHTS)
    home.hold("14:00", armed=False)
    assert said(home.at("13:56").effects) == []
    home.at("14:01")
    home.hold("14:06", armed=True)
    assert said(home.at("14:02").effects) == []


def test_what_cannot_be_told_before_the_end_is_not_told_after_it() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    decision = home.at("13:55")
    assert {d.expires_at for d in decision.effects} == {berlin("14:00")}


def test_it_can_be_prolonged_and_is_told_ahead_again() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    home.at("13:55")
    decision = home.keep("14:00", HOUR)
    assert said(decision.effects) == [Notice.HOLD_KEPT] * 2
    home.at("14:00")
    assert home.is_now() == "armed away"
    assert Notice.HOLD_ENDS in said(home.at("14:55").effects, ANN)
    home.at("15:00")
    assert home.is_now() == "disarmed"


def test_it_can_be_kept_until_the_next_edge() -> None:
    home = home_with(NIGHTS)
    home.hold("14:00", armed=True)
    home.keep("14:00")
    home.at("15:00")
    assert home.is_now() == "armed away"
    home.at("22:00")
    assert home.is_now() == "armed night"


def test_a_button_of_a_time_that_is_no_more_only_answers() -> None:
    home = home_with()
    home.hold("14:00", armed=True)
    home.disarm(BEN)
    decision = home.keep("14:00", HOUR)
    assert said(decision.effects) == [Notice.NOTHING_TO_KEEP]
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize(("read", "over"), [("14:59:59", False), ("15:00", True), ("16:00", True)])
def test_a_disarm_read_after_the_end_that_it_names_stays_and_says_so(read: str, over: bool) -> None:
    home = home_with()
    home.arm_now()
    home.at(read)
    late = replace(home.actor(), sent_at=berlin("13:00"))
    decision = home.do(Disarm(late, until=berlin("15:00")))
    assert sentences(decision.effects, ANN)[0].args["over"] is over
    assert (home.timing.hold is None) is over
    home.wait(SECOND)
    assert home.is_now() == ("disarmed" if over else "arming away")


def test_an_arming_read_after_the_end_that_it_names_stays_and_says_so() -> None:
    home = home_with(at="14:00")
    late = replace(home.actor(), sent_at=berlin("13:10"))
    decision = home.do(Arm(late, NIGHT, until=berlin("13:40")))
    (body,) = [d.body for d in decision.effects if isinstance(d.body, PanelBody)]
    assert body.words.args["over"] is True
    home.wait(SECOND)
    assert home.is_now() == "armed night"
