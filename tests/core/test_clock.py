"""The host's clock is set, or wrong from the start."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.deliveries import AlertBody, MediaBody, OverCallBody
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import (
    BlinkFailed,
    ClockJumped,
    EventsListed,
    LoginChanged,
    Started,
)
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import LoginStatus
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    said,
    sentences,
)

JUMPS = pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=400)], ids=str)


def set_clock(home: Home, delta: timedelta) -> None:
    """Set the host's clock; no time goes by."""
    home.now += delta
    home.do(ClockJumped(delta))


# -- the host's clock is set -----------------------------------------------------------------------


@JUMPS
def test_an_exit_delay_neither_runs_out_nor_starts_anew(jump: timedelta) -> None:
    home = Home()
    home.arm()
    home.wait(30 * SECOND)
    set_clock(home, jump)
    home.wait(29 * SECOND)
    assert home.panel() is PanelState.ARMING
    home.wait(SECOND)
    assert home.panel() is PanelState.ARMED


@JUMPS
def test_a_wave_goes_on_as_if_nothing_happened(jump: timedelta) -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(20 * SECOND)
    set_clock(home, jump)
    home.wait(9 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert len(home.called()) == 1


@JUMPS
def test_the_moment_of_arming_stays_where_it_is_in_blinks_clock(jump: timedelta) -> None:
    home = Home()
    home.do(EventsListed((), timedelta(0)))
    home.arm_now()
    armed_at = home.area.spans[-1].armed_at
    set_clock(home, jump)
    assert home.area.spans[-1].armed_at == armed_at
    assert home.area.changed_at == NOON + jump
    home.see(clip(armed_at, 1), clip(armed_at, 2))
    assert home.panel() is PanelState.TRIGGERED
    assert home.incident.late < SECOND


@JUMPS
def test_before_blink_was_heard_the_moment_of_arming_moves_along(jump: timedelta) -> None:
    home = Home().arm_now()
    set_clock(home, jump)
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.TRIGGERED


@JUMPS
def test_what_waits_in_the_outbox_neither_expires_nor_stalls(jump: timedelta) -> None:
    home = Home()
    home.disarm()
    (answer,) = [d for d in home.waiting() if said([d]) == [Notice.DISARMED]]
    set_clock(home, jump)
    moved = home.state.outbox[answer.id]
    assert moved.next_try == home.now
    assert moved.expires_at == home.now + 2 * MINUTE


@JUMPS
def test_an_acknowledged_incident_closes_half_an_hour_later_all_the_same(jump: timedelta) -> None:
    home = Home()
    home.do(EventsListed((), timedelta(0)))
    home.arm_now()
    home.burglary()
    home.acknowledge()
    home.wait(10 * MINUTE)
    set_clock(home, jump)
    home.wait(20 * MINUTE - SECOND)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    home.wait(SECOND)
    assert home.status() is IncidentStatus.CLOSED


@JUMPS
def test_the_cancel_window_moves_along(jump: timedelta) -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    set_clock(home, jump)
    assert len(of_kind(home.disarm().effects, OverCallBody)) == 1


@JUMPS
def test_a_slow_wave_keeps_its_pace(jump: timedelta) -> None:
    home = Home(household(phones=0)).arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    set_clock(home, jump)
    home.effects.clear()
    home.wait(10 * MINUTE - SECOND)
    assert said(home.effects) == []
    home.wait(SECOND)
    assert said(home.effects, ANN) == [Notice.STILL_OPEN]


@JUMPS
def test_blindness_and_an_unconfirmed_arming_are_told_in_time(jump: timedelta) -> None:
    home = Home()
    home.arm()
    home.wait(59 * SECOND)
    set_clock(home, jump)
    assert Notice.NOT_WATCHING not in said(home.effects)
    home.wait(SECOND)
    assert Notice.NOT_WATCHING in said(home.effects)


# -- a host that boots with an old clock -----------------------------------------------------------


def test_a_host_that_boots_in_the_past_does_not_hold_up_the_calls() -> None:
    home = Home().arm_now()
    home.do(EventsListed((), timedelta(0)))
    home.burglary()
    home.deliver_chat()
    home.wait(10 * SECOND)
    home.now -= 5 * HOUR
    home.do(Started())
    home.wait(30 * SECOND)
    assert len(home.called()) == 1
    words = [w for w in sentences(home.effects, ANN) if w.notice is Notice.STARTED]
    assert words[0].args["down"] == 0.0


def test_when_its_clock_is_set_nothing_fires_twice() -> None:
    home = Home().arm_now()
    home.do(EventsListed((), timedelta(0)))
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.now -= 5 * HOUR
    home.do(Started())
    home.wait(10 * SECOND)
    set_clock(home, 5 * HOUR)
    home.wait(SECOND)
    assert len(home.called()) == 1
    home.wait(60 * SECOND)
    assert len(home.called()) == 2


@JUMPS
def test_a_drill_ends_ten_minutes_after_its_beginning_all_the_same(jump: timedelta) -> None:
    home = Home()
    home.drill()
    home.wait(5 * MINUTE)
    set_clock(home, jump)
    home.wait(5 * MINUTE - SECOND)
    assert len(home.open_incidents) == 1
    home.wait(SECOND)
    assert home.open_incidents == []


@JUMPS
def test_pictures_keep_their_pace(jump: timedelta) -> None:
    home = Home()
    home.list_all()
    home.do(EventsListed((), timedelta(0)))
    home.arm_now()
    home.burglary(6)
    home.deliver_chat()
    home.effects.clear()
    set_clock(home, jump)
    blink_now = home.now - jump
    home.now += 59 * SECOND
    home.see(clip(blink_now, 50))
    assert of_kind(home.effects, MediaBody) == []
    home.now += SECOND
    home.see(clip(blink_now, 51))
    assert len(of_kind(home.effects, MediaBody)) == 2


@JUMPS
def test_blindness_goes_on_as_long_as_it_did(jump: timedelta) -> None:
    home = Home().arm_now()
    home.do(BlinkFailed("silent", home.now))
    set_clock(home, jump)
    home.wait(89 * SECOND)
    assert Notice.BLIND not in said(home.effects)
    home.wait(SECOND)
    assert Notice.BLIND in said(home.effects)


@JUMPS
def test_what_is_known_of_a_delivery_moves_along(jump: timedelta) -> None:
    home = Home().arm_now()
    home.burglary()
    alert = of_kind(home.waiting(), AlertBody)[0]
    home.claim(alert)
    claimed = home.state.outbox[alert.id]
    set_clock(home, jump)
    moved = home.state.outbox[alert.id]
    assert moved.created_at == claimed.created_at + jump
    assert claimed.claimed_at is not None
    assert moved.claimed_at == claimed.claimed_at + jump


@JUMPS
def test_who_acted_when_and_the_last_login_move_along(jump: timedelta) -> None:
    home = Home().arm_now()
    home.do(LoginChanged(LoginStatus.FAILED, "account"))
    home.burglary()
    home.acknowledge()
    acted_at, opened_at = home.incident.acted_at, home.incident.opened_at
    login_at = home.state.login.at
    assert acted_at is not None
    assert login_at is not None
    set_clock(home, jump)
    assert home.incident.acted_at == acted_at + jump
    assert home.incident.opened_at == opened_at + jump
    assert home.state.login.at == login_at + jump


@JUMPS
def test_the_calls_of_the_day_move_along(jump: timedelta) -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    (called_at,) = home.state.calls_at
    set_clock(home, jump)
    assert home.state.calls_at == (called_at + jump,)
