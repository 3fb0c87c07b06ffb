"""A test call of one phone: its course, its end, and why it cannot be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.contact import Tried
from alarm.core.contact_commands import RemoveContact, TryPhone
from alarm.core.deliveries import HangUpBody, Lane, TrialBody, Words
from alarm.core.inputs import CallProgress, ClockJumped, DeliveryFailed, Started
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, HOUR, MINUTE, PHONE_1, SECOND, Home, of_kind, said, seconds
from tests.core.tried import calls, look, ordered, result, told

# -- its course ------------------------------------------------------------------------------------


def test_a_test_call_rings_that_phone_alone_and_says_so() -> None:
    home = Home()
    decision = home.do(TryPhone(home.actor(), "env1"))
    (call,) = of_kind(decision.effects, TrialBody)
    assert (call.lane, call.target, call.body) == (Lane.PHONE, PHONE_1, TrialBody("env1"))
    assert told(decision) == Words(Notice.TRIAL_BEGUN, {"name": "Phone 1"})
    assert [(row.data["what"], row.data["by"]) for row in home.rows] == [("test call", "Ann")]
    assert home.state.incidents == {}


def test_the_chat_hears_how_long_it_rang_until_somebody_answered() -> None:
    home = ordered()
    home.now += seconds(2)
    look(home, CallStatus.QUEUED)
    home.now += seconds(12)
    look(home, CallStatus.IN_PROGRESS)
    home.now += seconds(9)
    decision = look(home, CallStatus.COMPLETED, AnsweredBy.HUMAN, 9)
    words = told(decision)
    assert words.args == {"name": "Phone 1", "outcome": "answered", "rang": 12.0}
    assert result(home) == Tried(home.now, "answered", seconds(12))
    assert home.state.trial is None
    assert calls(home) == []
    assert home.rows[-1].data["outcome"] == "answered"


@pytest.mark.parametrize(
    ("status", "by", "outcome"),
    [
        (CallStatus.BUSY, AnsweredBy.NOBODY_KNOWN, "busy"),
        (CallStatus.NO_ANSWER, AnsweredBy.NOBODY_KNOWN, "no answer"),
        (CallStatus.FAILED, AnsweredBy.NOBODY_KNOWN, "failed"),
        (CallStatus.COMPLETED, AnsweredBy.MACHINE, "answering machine"),
    ],
)
def test_every_other_end_is_told_and_kept(status: CallStatus, by: AnsweredBy, outcome: str) -> None:
    home = ordered()
    look(home, CallStatus.RINGING)
    home.now += seconds(25)
    look(home, CallStatus.IN_PROGRESS, by)
    words = told(look(home, status, by))
    assert (words.notice, words.args["outcome"]) == (Notice.TRIAL_OVER, outcome)
    assert words.args["rang"] is None
    assert result(home) == Tried(home.now, outcome, None)


def test_a_call_that_is_over_at_the_first_look_has_a_result_too() -> None:
    home = ordered()
    words = told(look(home, CallStatus.COMPLETED, AnsweredBy.HUMAN, 9))
    assert (words.args["outcome"], words.args["rang"]) == ("answered", None)


def test_the_result_goes_to_whoever_asked() -> None:
    home = ordered(BEN)
    decision = look(home, CallStatus.BUSY)
    assert said(decision.effects, BEN) == [Notice.TRIAL_OVER]
    assert said(decision.effects, ANN) == []


def test_the_results_of_others_stay() -> None:
    home = ordered()
    look(home, CallStatus.BUSY)
    home.do(TryPhone(home.actor(), "env2"))
    look(home, CallStatus.NO_ANSWER)
    assert [c.tried and c.tried.outcome for c in home.state.contacts] == ["busy", "no answer"]


# -- when it cannot be made ------------------------------------------------------------------------


def test_an_order_that_twilio_refuses_is_told_and_counts_as_no_call() -> None:
    home = ordered()
    (call,) = calls(home)
    words = told(home.fail(call, permanent=True))
    assert words.args["outcome"] == "failed: no luck"
    assert home.state.calls_at == ()
    assert home.state.trial is None


def test_an_order_that_may_have_left_counts() -> None:
    home = ordered()
    home.fail(calls(home)[0], uncertain=True)
    home.fail(calls(home)[0], permanent=True)
    assert len(home.state.calls_at) == 1


def test_an_order_is_tried_for_two_minutes() -> None:
    home = ordered()
    home.fail(calls(home)[0])
    home.wait(2 * MINUTE - SECOND)
    assert len(calls(home)) == 1
    words = told(home.wait(SECOND))
    assert words.args["outcome"] == "failed: expired"
    assert home.state.calls_at == ()


def test_a_call_without_any_result_is_hung_up_after_three_minutes() -> None:
    home = ordered()
    look(home, CallStatus.RINGING)
    home.wait(3 * MINUTE - SECOND)
    assert home.state.trial is not None
    decision = home.wait(SECOND)
    assert [d.body for d in of_kind(decision.effects, HangUpBody)] == [HangUpBody("CA-1")]
    assert told(decision).args["outcome"] == "no result"
    assert calls(home) == []


def test_an_order_nobody_knows_of_ends_too_and_is_hung_up_when_it_shows() -> None:
    home = ordered()
    (call,) = calls(home)
    home.claim(call)
    decision = home.wait(5 * MINUTE)
    assert told(decision).args["outcome"] == "no result"
    report = CallReport("CA-late", PHONE_1, CallStatus.RINGING)
    decision = home.do(CallProgress(call.id, report))
    assert [d.body for d in decision.effects] == [HangUpBody("CA-late")]
    assert home.state.outbox.get(call.id) is None


def test_a_contact_that_is_gone_cannot_be_tested() -> None:
    home = Home()
    words = told(home.do(TryPhone(home.actor(), "gone")))
    assert words.args["why"] == "gone"
    assert calls(home) == []


def test_removing_the_contact_ends_the_call() -> None:
    home = ordered()
    look(home, CallStatus.RINGING)
    decision = home.do(RemoveContact(home.actor(), "env1"))
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    assert home.state.trial is None
    assert Notice.TRIAL_OVER not in said(decision.effects)


def test_removing_another_contact_does_not() -> None:
    home = ordered()
    home.do(RemoveContact(home.actor(), "env2"))
    assert home.state.trial is not None


def test_a_crash_while_it_is_placed_looks_for_it_before_dialling_again() -> None:
    home = ordered()
    (call,) = calls(home)
    home.claim(call)
    home.do(Started())
    assert calls(home)[0].repeat


def test_the_wait_for_a_result_moves_with_the_clock() -> None:
    home = ordered()
    look(home, CallStatus.RINGING)
    home.now += HOUR
    home.do(ClockJumped(HOUR))
    home.wait(seconds(12))
    assert home.state.trial is not None
    look(home, CallStatus.IN_PROGRESS)
    words = told(look(home, CallStatus.COMPLETED, AnsweredBy.HUMAN, 9))
    assert words.args["rang"] == 12.0
    tried = result(home)
    home.do(ClockJumped(-HOUR))
    assert tried is not None
    assert result(home) == replace(tried, at=tried.at - HOUR)


def test_the_same_update_calls_once() -> None:
    home = Home()
    command = TryPhone(home.actor(), "env1")
    home.do(command)
    look(home, CallStatus.BUSY)
    home.do(command)
    assert calls(home) == []


def test_a_look_that_fails_is_no_result() -> None:
    home = ordered()
    look(home, CallStatus.RINGING)
    home.do(DeliveryFailed(calls(home)[0].id, "Twilio is silent"))
    assert home.state.trial is not None
    assert home.state.trial.deadline - home.now == timedelta(minutes=3)
