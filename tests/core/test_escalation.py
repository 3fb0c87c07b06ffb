"""The escalation plan: from the chat alert to the phones, in cycles, and slowly on after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.deliveries import AlertBody, CallBody, DeliveryStatus, HangUpBody, Lane
from alarm.core.incident import Phase, Wave
from alarm.core.inputs import CallProgress, Delivered, DeliveryFailed, Started
from alarm.core.notices import Notice
from alarm.core.settings import Plan
from alarm.core.state import Contact
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
    seconds,
    settings,
)


def alarmed(*, phones: int = 2, plan: Plan | None = None, told: bool = True) -> Home:
    """Return a home with an open incident, its alert arrived unless Telegram is down."""
    home = Home(replace(household(phones=phones), settings=settings(plan=plan))).arm_now()
    home.burglary()
    if told:
        home.deliver_chat()
    home.effects.clear()
    return home


def wave(home: Home) -> Wave:
    assert home.incident.wave is not None
    return home.incident.wave


def exhausted(phones: int = 2) -> Home:
    """Return a home where nobody reacted to both cycles, just now."""
    home = alarmed(phones=phones)
    home.wait(30 * SECOND)
    while wave(home).exhausted_at is None:
        if home.calls():
            home.call(CallStatus.NO_ANSWER)
        else:
            home.wait(SECOND)
    home.deliver_chat()
    home.effects.clear()
    return home


def go_on(home: Home, duration: timedelta) -> list[timedelta]:
    """Let time go by in steps of a minute, nobody answering; return when a round of calls began."""
    begin, rounds = home.now, []
    while home.now < begin + duration:
        home.wait(MINUTE)
        if home.calls():
            rounds.append(home.now - begin)
        while home.calls():
            home.call(CallStatus.NO_ANSWER)
    return rounds


# -- the abort window ------------------------------------------------------------------------------


def test_the_first_call_comes_at_the_end_of_the_abort_window() -> None:
    home = alarmed()
    home.wait(29 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert home.called() == [PHONE_1]


@pytest.mark.parametrize("abort", [0, 1, 300])
def test_the_abort_window_is_as_long_as_it_was_set(abort: int) -> None:
    home = alarmed(plan=Plan(abort_window=seconds(abort)))
    if abort:
        home.wait(seconds(abort - 1))
        assert home.called() == []
    home.wait(SECOND)
    assert home.called() == [PHONE_1]


def test_acting_in_the_abort_window_means_that_no_phone_rings() -> None:
    for act in (Home.acknowledge, Home.false_alarm, Home.disarm):
        home = alarmed()
        home.wait(29 * SECOND)
        act(home)
        home.live(3 * MINUTE)
        assert home.called() == []


# -- who is called ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "answered_by", "note"),
    [
        (CallStatus.BUSY, AnsweredBy.NOBODY_KNOWN, "busy"),
        (CallStatus.NO_ANSWER, AnsweredBy.NOBODY_KNOWN, "no answer"),
        (CallStatus.FAILED, AnsweredBy.NOBODY_KNOWN, "failed"),
        (CallStatus.CANCELED, AnsweredBy.NOBODY_KNOWN, "cancelled"),
        (CallStatus.COMPLETED, AnsweredBy.MACHINE, "answering machine"),
    ],
)
def test_the_next_contact_is_called_at_once_when_nobody_was_reached(
    status: CallStatus, answered_by: AnsweredBy, note: str
) -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.call(status, answered_by)
    assert home.called() == [PHONE_1, PHONE_2]
    assert [n.outcome for n in home.incident.calls] == [note, "calling"]
    assert home.incident.reached == ()


@pytest.mark.parametrize("answered_by", [AnsweredBy.HUMAN, AnsweredBy.NOBODY_KNOWN])
def test_after_an_answered_call_the_next_contact_waits_a_minute(answered_by: AnsweredBy) -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.IN_PROGRESS, answered_by)
    assert home.incident.calls[-1].outcome == "answered"
    home.call(CallStatus.COMPLETED, answered_by, duration=20)
    assert home.incident.reached == ("Phone 1",)
    home.wait(59 * SECOND)
    assert home.called() == [PHONE_1]
    home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2]


def test_an_answered_call_is_no_acknowledgement() -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=60)
    home.wait(60 * SECOND)
    home.wait(90 * SECOND)
    assert home.called() == [PHONE_1, PHONE_1]


def test_after_the_last_contact_there_is_a_pause_and_then_the_second_cycle() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.BUSY)
    home.call(CallStatus.BUSY)
    home.wait(89 * SECOND)
    assert home.called() == [PHONE_1, PHONE_2]
    home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2, PHONE_1]
    assert wave(home).cycle == 2


@pytest.mark.parametrize("cycles", [1, 3])
def test_there_are_as_many_cycles_as_were_set(cycles: int) -> None:
    home = alarmed(plan=Plan(cycles=cycles, pause=timedelta(0)))
    home.wait(30 * SECOND)
    for _ in range(100):
        if wave(home).exhausted_at is not None:
            break
        if home.calls():
            home.call(CallStatus.BUSY)
        else:
            home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2] * cycles


def test_a_call_without_any_result_is_given_up_for_the_next() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.wait(3 * MINUTE - SECOND)
    assert home.called() == [PHONE_1]
    decision = home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2]
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    assert home.incident.calls[-2].outcome == "no result"


def test_a_call_that_twilio_cannot_take_for_a_quarter_of_an_hour_is_given_up() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    for _ in range(14):
        (call,) = home.calls()
        home.fail(call)
        home.wait(MINUTE)
    assert home.called() == [PHONE_1]
    home.wait(MINUTE)
    assert home.called() == [PHONE_1, PHONE_2]


def test_a_call_that_may_be_ringing_unseen_is_hung_up_when_it_shows() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (first,) = home.calls()
    home.claim(first)
    home.wait(15 * MINUTE)
    assert home.called() == [PHONE_1, PHONE_2]
    assert first.id in home.state.outbox
    ringing = CallReport("CA-late", PHONE_1, CallStatus.RINGING)
    decision = home.do(CallProgress(first.id, ringing))
    assert [d.body for d in decision.effects] == [HangUpBody("CA-late")]
    assert first.id not in home.state.outbox
    assert len(home.calls()) == 1


def test_a_permanent_failure_calls_the_next_contact_at_once_and_says_why() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.fail(call, permanent=True)
    assert home.called() == [PHONE_1, PHONE_2]
    assert home.incident.calls[0].outcome == "failed: no luck"


def test_a_passing_failure_is_shown_while_it_is_tried_again() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.fail(call)
    assert home.incident.calls[0].outcome == "trying: no luck"
    assert home.calls()[0].status is DeliveryStatus.PENDING


def test_a_placed_call_that_cannot_be_looked_at_is_not_dialled_again() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    (call,) = home.calls()
    home.do(DeliveryFailed(call.id, "Twilio is silent"))
    assert home.calls()[0].status is DeliveryStatus.PLACED


def test_contacts_that_were_replaced_in_the_middle_are_called_by_their_new_numbers() -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    home.state = replace(home.state, contacts=(Contact("c1", "Cleo", "+491510000009"),))
    home.call(CallStatus.BUSY)
    home.wait(90 * SECOND)
    assert home.called() == [PHONE_1, "+491510000009"]


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
