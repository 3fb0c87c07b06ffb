"""The escalation plan: from the chat alert to the phones, in cycles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.contact import Contact
from alarm.core.contact_commands import AddContact, RemoveContact
from alarm.core.deliveries import DeliveryStatus, HangUpBody
from alarm.core.inputs import CallProgress, DeliveryFailed
from alarm.core.settings import Plan
from tests.core.home import (
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    of_kind,
    seconds,
)
from tests.core.waves import alarmed, wave

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
    home.wait(SECOND)
    home.wait(90 * SECOND)
    assert home.called() == [PHONE_1, "+491510000009"]


def test_a_call_that_got_lost_does_not_hold_up_the_wave() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    (call,) = home.calls()
    outbox = {key: d for key, d in home.state.outbox.items() if key != call.id}
    home.state = replace(home.state, outbox=outbox)
    home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2]


@pytest.mark.parametrize("how", ["too long", "removed"])
def test_a_call_that_was_given_up_while_it_left_is_no_call_of_the_wave(how: str) -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    if how == "removed":
        home.do(RemoveContact(home.actor(), "env1"))
        home.do(AddContact(home.actor(), "Cy", PHONE_2))
    else:
        home.wait(15 * MINUTE)
    before = wave(home)
    home.do(CallProgress(call.id, CallReport("CA-1", call.target, CallStatus.RINGING)))
    assert wave(home) == before
    assert len(of_kind(home.state.outbox.values(), HangUpBody)) == 1
    assert home.calls() == []


@pytest.mark.parametrize("permanent", [True, False])
def test_a_call_that_was_given_up_and_fails_ends_no_round_again(permanent: bool) -> None:
    home = alarmed(phones=1)
    home.wait(30 * SECOND)
    (call,) = home.calls()
    home.claim(call)
    home.wait(15 * MINUTE)
    before = wave(home)
    home.do(DeliveryFailed(call.id, "no luck", permanent))
    assert wave(home) == before
    assert home.calls() == []
