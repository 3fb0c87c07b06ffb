"""A plan that is used up goes on slowly, within the limits of calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.calls import CallStatus
from alarm.core.escalation import ROUNDS_END
from alarm.core.incident import Phase
from alarm.core.inputs import Tick
from alarm.core.notices import Notice
from alarm.core.settings import Plan
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    household,
    said,
    seconds,
    sentences,
    settings,
)
from tests.core.waves import alarmed, exhausted, go_on, wave

# -- used up ---------------------------------------------------------------------------------------


def test_when_the_plan_is_used_up_the_household_hears_of_it() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    while wave(home).exhausted_at is None:
        if home.calls():
            home.call(CallStatus.NO_ANSWER)
        else:
            home.wait(SECOND)
    assert said(home.effects, ANN) == [Notice.EXHAUSTED]
    assert wave(home).phase is Phase.SLOW


def test_the_chat_is_reminded_every_ten_minutes() -> None:
    home = exhausted()
    home.wait(10 * MINUTE - SECOND)
    assert said(home.effects) == []
    home.wait(SECOND)
    assert said(home.effects, ANN) == [Notice.STILL_OPEN]
    home.wait(10 * MINUTE)
    assert said(home.effects, ANN) == [Notice.STILL_OPEN] * 2


def test_reminders_go_on_for_days() -> None:
    home = exhausted()
    go_on(home, timedelta(days=2))
    home.effects.clear()
    go_on(home, HOUR)
    assert said(home.effects, ANN) == [Notice.STILL_OPEN] * 6


def test_reminders_do_not_pile_up_while_telegram_is_down() -> None:
    home = exhausted()
    for _ in range(30):
        home.wait(10 * MINUTE)
        while home.calls():
            home.call(CallStatus.BUSY)
    assert said(home.waiting(), ANN) == [Notice.STILL_OPEN]


def test_a_round_of_calls_comes_every_half_hour_then_every_six_hours_then_none() -> None:
    home = exhausted(phones=1)
    rounds = go_on(home, timedelta(days=3))
    often = [n * 30 * MINUTE for n in range(1, 7)]
    later = [3 * HOUR + n * 6 * HOUR for n in range(1, 4)]
    assert rounds == [*often, *later]


def test_acknowledging_ends_the_slow_pace_too() -> None:
    home = exhausted()
    home.wait(10 * MINUTE)
    home.acknowledge()
    assert Notice.STILL_OPEN not in said(home.waiting())
    home.effects.clear()
    home.wait(HOUR)
    assert home.called() == []
    assert Notice.STILL_OPEN not in said(home.effects)


# -- the limits ------------------------------------------------------------------------------------


def test_an_incident_rings_at_most_twenty_times_and_says_so() -> None:
    home = exhausted()
    made = home.incident.calls_made
    go_on(home, timedelta(days=3))
    assert made + len(home.called()) == 20
    assert said(home.effects, ANN).count(Notice.CALLS_USED_UP) == 1
    assert not wave(home).with_calls


def test_a_day_sees_at_most_sixty_calls_and_says_so() -> None:
    home = Home(replace(household(phones=1), settings=settings(plan=Plan(cycles=10))))
    home.arm_now()
    for _ in range(8):
        home.burglary()
        home.deliver_chat()
        home.wait(30 * SECOND)
        for _ in range(400):
            if wave(home).exhausted_at is not None:
                break
            if home.calls():
                home.call(CallStatus.BUSY)
            else:
                home.wait(seconds(30))
        home.false_alarm()
        home.now += MINUTE
    assert len(home.called()) == 60
    assert Notice.CALLS_USED_UP in said(home.effects, ANN)


def test_the_calls_of_a_day_come_back_with_time() -> None:
    home = exhausted(phones=1)
    home.state = replace(home.state, calls_at=tuple([home.now] * 60))
    assert go_on(home, 3 * HOUR) == []
    assert said(home.effects, ANN).count(Notice.CALLS_USED_UP) == 1
    home.state = replace(home.state, calls_at=())
    assert go_on(home, 21 * HOUR) != []


def test_an_order_that_twilio_refuses_counts_as_no_call() -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.fail(call, permanent=True)
    assert home.incident.calls_made == 0
    assert home.state.calls_at == ()


def test_an_order_that_may_have_arrived_counts() -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.fail(call, uncertain=True)
    home.fail(home.calls()[0], permanent=True)
    assert home.incident.calls_made == 1
    assert len(home.state.calls_at) == 1


@pytest.mark.parametrize(("age", "rings"), [(24 * HOUR - SECOND, False), (24 * HOUR, True)])
def test_a_call_counts_for_twenty_four_hours(age: timedelta, rings: bool) -> None:
    home = alarmed(phones=1)
    home.state = replace(home.state, calls_at=tuple([home.now + 30 * SECOND - age] * 60))
    home.wait(30 * SECOND)
    assert bool(home.called()) is rings


def test_the_last_round_begins_before_a_day_is_over_and_then_no_phone_is_thought_of() -> None:
    home = exhausted(phones=1)
    begin = wave(home).exhausted_at
    assert begin is not None
    last = replace(wave(home), next_round=begin + ROUNDS_END)
    for after, rings in ((timedelta(0), True), (SECOND, False)):
        home.state = replace(
            home.state, incidents={home.incident.id: replace(home.incident, wave=last)}
        )
        home.now = begin + ROUNDS_END + after
        home.do(Tick())
        assert bool(home.calls()) is rings
        while home.calls():
            home.call(CallStatus.NO_ANSWER)
    assert wave(home).next_round is None


def test_each_open_alarm_reminds_of_itself() -> None:
    home = exhausted()
    first = home.incident
    home.state = replace(
        home.state, incidents={**home.state.incidents, "i9": replace(first, id="i9")}
    )
    home.wait(10 * MINUTE)
    reminded = {words.args["incident"] for words in sentences(home.effects, ANN)}
    assert reminded == {first.id, "i9"}
