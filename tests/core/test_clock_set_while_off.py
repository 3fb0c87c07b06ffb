"""The clock may be set while the program is off; what is noted before Blink is heard is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.inputs import EventsListed, ListingFinished, Started
from alarm.core.settings import PanelState
from tests.core.home import ANN, HOUSE, MINUTE, SECOND, Home, clip, seconds


def restarted(home: Home, down: timedelta, was_wrong_by: timedelta) -> None:
    """Let the program be off; meanwhile the host's clock, wrong until then, is set right."""
    home.now += down - was_wrong_by
    home.do(Started())


@pytest.mark.parametrize("skew", [90, 3600, -90, -3600])
def test_an_arming_before_blink_is_heard_counts_from_its_true_moment(skew: int) -> None:
    home = Home()
    home.do(EventsListed((), seconds(skew)))
    restarted(home, 2 * MINUTE, -seconds(skew))
    home.arm_now()
    armed_at = home.now
    assert home.state.areas[HOUSE].panel is PanelState.ARMED
    home.now += 60 * SECOND
    burst = (clip(armed_at + 20 * SECOND, 1), clip(armed_at + 30 * SECOND, 2))
    home.do(EventsListed(burst, seconds(0)))
    assert len(home.state.incidents) == 1


def test_what_was_noted_before_the_program_was_off_stays() -> None:
    home = Home()
    home.do(EventsListed((), seconds(90)))
    home.arm_now()
    before = home.state.areas[HOUSE].spans
    restarted(home, 2 * MINUTE, -seconds(90))
    home.do(EventsListed((), seconds(0)))
    assert home.state.areas[HOUSE].spans == before
    assert home.state.clock.unsure_from is None


def test_a_disarm_before_blink_is_heard_counts_from_its_true_moment() -> None:
    home = Home()
    home.do(EventsListed((), seconds(90)))
    home.arm_now()
    restarted(home, 2 * MINUTE, -seconds(90))
    home.now += MINUTE
    home.disarm(ANN)
    home.now += MINUTE
    home.do(EventsListed((), seconds(0)))
    assert home.state.areas[HOUSE].spans[-1].until == home.now - MINUTE


@pytest.mark.parametrize("skew", [3600, -3600])
def test_another_restart_before_blink_is_heard_forgets_nothing(skew: int) -> None:
    home = Home()
    home.do(EventsListed((), seconds(skew)))
    home.arm_now()
    restarted(home, 2 * MINUTE, -seconds(skew))
    home.burglary()
    home.false_alarm()
    closed_at = home.now
    restarted(home, MINUTE, seconds(0))
    home.do(EventsListed((), seconds(0)))
    assert home.state.areas[HOUSE].spent_until == closed_at
    burst = (clip(closed_at + 20 * SECOND, 1), clip(closed_at + 30 * SECOND, 2))
    home.now = closed_at + 2 * MINUTE
    home.do(EventsListed(burst, seconds(0)))
    assert len(home.state.incidents) == 2


def test_a_second_measure_moves_nothing_more() -> None:
    home = Home()
    home.do(EventsListed((), seconds(90)))
    restarted(home, 2 * MINUTE, -seconds(90))
    home.arm_now()
    home.do(EventsListed((), seconds(0)))
    spans = home.state.areas[HOUSE].spans
    home.do(EventsListed((), seconds(30)))
    assert home.state.areas[HOUSE].spans == spans


def test_outages_noted_before_stay_where_they_were() -> None:
    home = Home()
    home.do(EventsListed((), seconds(90)))
    home.do(ListingFinished(home.now))
    home.now += 60 * MINUTE
    home.do(ListingFinished(home.now))
    before = home.state.feed
    assert len(before.outages) == 1
    restarted(home, 2 * MINUTE, -seconds(90))
    home.do(EventsListed((), seconds(0)))
    assert home.state.feed == before
