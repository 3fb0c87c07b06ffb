"""What the plan does when Telegram is down, and after the program was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.deliveries import AlertBody, CallBody, DeliveryStatus, Lane
from alarm.core.inputs import CallProgress, Delivered, Started
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    alerts,
    clip,
    household,
    of_kind,
    said,
)
from tests.core.waves import alarmed, exhausted

# -- when Telegram is down -------------------------------------------------------------------------


def test_with_no_chat_confirmed_within_ten_seconds_the_calls_start() -> None:
    home = alarmed(told=False)
    home.wait(9 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert home.called() == [PHONE_1]


def test_one_confirmed_chat_is_enough_to_wait() -> None:
    home = alarmed(told=False)
    home.deliver(of_kind(home.waiting(), AlertBody)[0], 1)
    home.wait(29 * SECOND)
    assert home.called() == []


def test_a_household_without_any_chat_is_called_after_ten_seconds() -> None:
    home = Home(replace(household(), people={})).arm_now()
    home.burglary()
    home.wait(10 * SECOND)
    assert home.called() == [PHONE_1]


def test_without_a_phone_there_is_nothing_to_start_early() -> None:
    home = alarmed(phones=0, told=False)
    home.wait(29 * SECOND)
    assert Notice.EXHAUSTED not in said(home.effects)
    home.wait(SECOND)
    assert Notice.EXHAUSTED in said(home.effects)


@pytest.mark.parametrize(
    ("answered_by", "duration", "again"),
    [
        (AnsweredBy.HUMAN, 14, True),
        (AnsweredBy.HUMAN, 15, False),
        (AnsweredBy.NOBODY_KNOWN, 60, True),
    ],
)
def test_a_human_who_listened_while_telegram_is_down_is_not_called_again_in_the_wave(
    answered_by: AnsweredBy, duration: int, again: bool
) -> None:
    home = alarmed(phones=1, told=False)
    home.wait(10 * SECOND)
    home.call(CallStatus.COMPLETED, answered_by, duration)
    for _ in range(4 * 60):
        home.wait(MINUTE)
        while home.calls():
            home.call(CallStatus.BUSY)
    assert (len(home.called()) > 1) is again


def test_a_human_who_listened_while_telegram_works_is_called_again() -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=60)
    home.wait(60 * SECOND)
    home.wait(90 * SECOND)
    assert home.called() == [PHONE_1, PHONE_1]


def test_the_next_wave_calls_whoever_listened_in_the_last() -> None:
    home = alarmed(phones=1, told=False)
    home.wait(10 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=30)
    home.acknowledge()
    home.now += 10 * MINUTE
    home.see(clip(home.now, 1), clip(home.now, 2))
    home.wait(10 * SECOND)
    assert home.called() == [PHONE_1, PHONE_1]


# -- after an outage or a restart ------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.1, 5, 100])
def test_after_downtime_an_overdue_step_fires_once_and_the_next_counts_from_now(
    hours: float,
) -> None:
    home = alarmed()
    home.now += hours * HOUR
    home.do(Started())
    home.wait(SECOND)
    home.wait(SECOND)
    assert home.called() == [PHONE_1]
    home.call(CallStatus.BUSY)
    home.call(CallStatus.BUSY)
    home.wait(89 * SECOND)
    assert len(home.called()) == 2


def test_after_downtime_the_slow_pace_makes_one_reminder_and_one_round() -> None:
    home = exhausted()
    home.now += 20 * HOUR
    home.do(Started())
    home.effects.clear()
    home.wait(SECOND)
    home.wait(SECOND)
    assert said(home.effects, ANN) == [Notice.STILL_OPEN]
    assert home.called() == [PHONE_1]


def test_a_restart_in_the_middle_of_dialling_marks_the_call_as_perhaps_placed() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    home.now += 5 * SECOND
    home.do(Started())
    (call,) = home.calls()
    assert (call.status, call.repeat) == (DeliveryStatus.PENDING, True)
    assert call.claimed_at == home.now - 5 * SECOND
    assert home.called() == [PHONE_1]


def test_a_call_placed_before_a_restart_is_watched_on() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.do(Started())
    assert home.calls()[0].status is DeliveryStatus.PLACED
    home.call(CallStatus.BUSY)
    assert home.called() == [PHONE_1, PHONE_2]


def test_news_of_a_call_that_is_long_over_changes_nothing() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.call(CallStatus.BUSY)
    before = home.state
    home.do(Delivered(call.id))
    home.do(CallProgress(call.id, CallReport("CA", PHONE_1, CallStatus.COMPLETED)))
    assert home.state is before


def test_calls_have_a_lane_of_their_own() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    assert {d.lane for d in of_kind(home.effects, CallBody)} == {Lane.PHONE}
    assert alerts(home.effects) == []
