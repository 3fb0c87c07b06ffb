"""Blink's clock decides about events, however far the host's is off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.inputs import (
    BlinkFailed,
    ClockJumped,
    DevicesSeen,
    EventsListed,
    ListingFinished,
)
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.skew import Skew
from alarm.core.state import Stretch
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    Home,
    clip,
    homescreen,
    said,
    seconds,
    sentences,
)

# -- the host's clock is wrong ---------------------------------------------------------------------


@pytest.mark.parametrize("skew", [HOUR, -HOUR, seconds(0.4)], ids=str)
def test_arming_is_noted_in_blinks_clock(skew: timedelta) -> None:
    home = Home()
    home.do(EventsListed((), skew))
    home.arm_now()
    assert home.area.spans[-1].armed_at == NOON + MINUTE + skew


@pytest.mark.parametrize("skew", [HOUR, -HOUR], ids=str)
def test_what_was_armed_before_the_first_measurement_is_put_right_by_it(skew: timedelta) -> None:
    home = Home().arm_now()
    home.do(DevicesSeen(homescreen(armed=True), skew))
    blink_now = home.now + skew
    home.see(clip(blink_now - SECOND, 1), clip(blink_now - SECOND, 2))
    assert home.panel() is PanelState.ARMED
    home.see(clip(blink_now, 3), clip(blink_now, 4))
    assert home.panel() is PanelState.TRIGGERED
    assert home.incident.late == timedelta(0)


def test_everything_of_blinks_clock_is_put_right_by_the_first_measurement() -> None:
    home = Home().arm_now()
    home.do(ListingFinished(home.now))
    home.now += HOUR
    home.do(ListingFinished(home.now))
    home.burglary()
    home.acknowledge()
    home.do(EventsListed((), HOUR))
    feed = home.state.feed
    assert feed.listed_at == home.now + HOUR
    assert [(o.start, o.end) for o in feed.outages] == [(home.now, home.now + HOUR)]
    assert home.incident.acknowledged_at == home.now + HOUR


@pytest.mark.parametrize("skew", [HOUR, -HOUR], ids=str)
def test_periods_and_unspent_events_are_put_right_by_it(skew: timedelta) -> None:
    home = Home().arm_now()
    home.see(clip(home.now + skew))
    counted = clip(home.now)
    home.see(counted)
    home.wait(MINUTE)
    home.disarm()
    home.arm_now()
    home.see(clip(home.now, 3))
    before = home.area
    home.do(EventsListed((), skew))
    after = home.area
    assert [(s.armed_at, s.since) for s in after.spans] == [
        (s.armed_at + skew, s.since + skew) for s in before.spans
    ]
    assert [s.until for s in after.spans] == [s.until and s.until + skew for s in before.spans]
    periods = {s.armed_at for s in after.spans}
    assert {c.armed_at for c in after.unspent} <= periods
    assert [c.event for c in after.unspent] == [c.event for c in before.unspent]
    at = home.now + skew
    home.see(clip(at, 4), clip(at, 5))
    assert home.panel() is PanelState.TRIGGERED


@pytest.mark.parametrize("skew", [HOUR, -HOUR], ids=str)
def test_what_was_spent_or_reported_stays_so_in_the_clock_that_is_right(skew: timedelta) -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm()
    home.wait(MINUTE)
    at = home.now
    home.disarm()
    home.see(clip(at, 7), clip(at, 8))
    spent_until, reported = home.area.spent_until, home.area.reported
    assert spent_until is not None
    assert reported is not None
    home.do(EventsListed((), skew))
    assert home.area.spent_until == spent_until + skew
    assert home.area.reported == Stretch(reported.start + skew, reported.end + skew)
    assert home.incident.closed_at == spent_until + skew


def test_a_skew_that_hardly_changes_costs_no_write() -> None:
    home = Home()
    home.do(EventsListed((), seconds(2)))
    before = home.state
    home.do(EventsListed((), seconds(2.9)))
    assert home.state is before
    home.do(EventsListed((), seconds(3)))
    assert home.state.clock.skew == seconds(3)


@pytest.mark.parametrize(("skew", "told"), [(60, False), (61, True), (-61, True)])
def test_a_clock_that_stays_more_than_a_minute_off_is_a_trouble(skew: int, told: bool) -> None:
    home = Home()
    home.do(EventsListed((), seconds(skew)))
    home.wait(5 * MINUTE - SECOND)
    assert said(home.effects) == []
    home.wait(SECOND)
    assert (said(home.effects, ANN) == [Notice.CLOCK_OFF]) is told


def test_a_clock_that_is_set_within_minutes_of_booting_is_none() -> None:
    home = Home()
    home.do(EventsListed((), HOUR))
    home.wait(4 * MINUTE)
    home.now += HOUR
    home.do(ClockJumped(HOUR))
    home.do(EventsListed((), seconds(0)))
    home.wait(10 * MINUTE)
    assert said(home.effects) == []


def off(home: Home) -> None:
    home.do(EventsListed((), seconds(100)))
    home.wait(5 * MINUTE)


def test_the_trouble_is_told_once_and_closes_when_the_clock_is_right_again() -> None:
    home = Home()
    off(home)
    assert sentences(home.effects, ANN)[0].args == {"seconds": 100}
    home.deliver_chat()
    home.effects.clear()
    home.do(EventsListed((), seconds(120)))
    home.do(EventsListed((), seconds(30)))
    home.wait(10 * MINUTE)
    assert home.effects == []
    home.do(EventsListed((), seconds(10)))
    assert said(home.effects, ANN) == [Notice.CLOCK_FINE]


def test_sight_that_comes_back_does_not_forget_the_clock() -> None:
    home = Home()
    off(home)
    home.do(BlinkFailed("silent", home.now))
    home.list_all()
    home.effects.clear()
    home.wait(10 * MINUTE)
    assert said(home.effects) == []


# -- measuring -------------------------------------------------------------------------------------


def test_an_answer_bounds_the_skew_to_its_second_and_its_way() -> None:
    measured = Skew.from_answer(date=100.0, sent=90.0, received=90.5)
    assert (measured.low, measured.high) == (9.5, 11.0)


def test_answers_narrow_each_other() -> None:
    measured = Skew(0.0, 2.0).narrowed(Skew(1.0, 3.0))
    assert (measured.low, measured.high) == (1.0, 2.0)
    assert measured.best == seconds(1.5)


def test_an_answer_that_contradicts_means_that_a_clock_was_set() -> None:
    assert Skew(0.0, 1.0).narrowed(Skew(50.0, 51.0)) == Skew(50.0, 51.0)


@pytest.mark.parametrize(
    ("low", "high", "best"),
    [(-0.2, 0.8, 0), (0, 1, 0), (-1, 0, 0), (0.5, 1.5, 1), (-3, -1, -2)],
)
def test_clocks_that_may_agree_do(low: float, high: float, best: float) -> None:
    assert Skew(low, high).best == seconds(best)
