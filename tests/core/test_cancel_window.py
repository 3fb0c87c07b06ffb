"""Those whom a call reached just before the end are called and hear that it is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.deliveries import DeliveryStatus, HangUpBody, Lane, OverCallBody
from alarm.core.inputs import Claimed, Delivered, NumbersConfigured, Started
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    of_kind,
    sentences,
)
from tests.core.reached import ENDS, End, calling, over_calls, reached


@ENDS
def test_whoever_was_reached_gets_one_short_call(end: End) -> None:
    home = reached()
    decision = end(home, BEN)
    (call,) = of_kind(decision.effects, OverCallBody)
    assert (call.lane, call.target) == (Lane.PHONE, PHONE_1)
    assert call.body == OverCallBody(home.incident.id, "env1")
    home.live(2 * MINUTE)
    assert over_calls(home) == [PHONE_1]


@ENDS
def test_the_answer_says_who_is_told_by_phone(end: End) -> None:
    home = reached()
    (words,) = sentences(end(home, ANN).effects, ANN)
    assert words.args["called_off"] == "Phone 1"
    assert words.args["calls"] == 1


@ENDS
@pytest.mark.parametrize(("after", "told"), [(300, True), (301, False)])
def test_the_window_is_five_minutes_after_the_call(end: End, after: int, told: bool) -> None:
    home = reached()
    home.now += after * SECOND
    end(home)
    assert bool(over_calls(home)) is told


def test_an_acknowledgement_needs_no_call() -> None:
    home = reached()
    home.acknowledge()
    assert over_calls(home) == []


def test_a_false_alarm_after_an_acknowledgement_still_tells_those_reached() -> None:
    home = reached()
    home.acknowledge()
    home.now += MINUTE
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


@ENDS
def test_whoever_an_acknowledgement_cut_off_hears_of_the_end(end: End) -> None:
    home = calling()
    home.call(CallStatus.IN_PROGRESS)
    home.acknowledge()
    home.now += MINUTE
    end(home)
    assert over_calls(home) == [PHONE_1]


def test_an_incident_that_closes_by_itself_calls_nobody() -> None:
    home = reached()
    home.acknowledge()
    home.wait(HOUR)
    assert over_calls(home) == []


@pytest.mark.parametrize("status", [CallStatus.BUSY, CallStatus.NO_ANSWER])
def test_whoever_was_not_reached_is_not_called(status: CallStatus) -> None:
    home = calling()
    home.call(CallStatus.RINGING)
    home.call(status)
    home.disarm()
    assert over_calls(home) == []


def test_an_answering_machine_is_not_called() -> None:
    home = reached(AnsweredBy.MACHINE)
    home.disarm()
    assert over_calls(home) == []


def test_whoever_is_listening_right_now_is_hung_up_and_told_that_it_is_over() -> None:
    home = calling()
    home.call(CallStatus.IN_PROGRESS)
    decision = home.disarm()
    hang_up, over = (d for d in decision.effects if d.lane is Lane.PHONE)
    assert isinstance(hang_up.body, HangUpBody)
    assert over.body == OverCallBody(home.incident.id, "env1")
    assert over.next_try > hang_up.next_try


def test_a_phone_that_only_rings_is_hung_up_and_left_alone() -> None:
    home = calling()
    home.call(CallStatus.RINGING)
    home.disarm()
    assert over_calls(home) == []
    assert len(of_kind(home.effects, HangUpBody)) == 1


def test_everybody_reached_within_the_window_is_told() -> None:
    home = reached()
    home.wait(MINUTE)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.effects.clear()
    home.disarm()
    assert over_calls(home) == [PHONE_1, PHONE_2]


def test_a_drill_never_calls_that_it_is_over() -> None:
    home = Home()
    home.drill(with_calls=True)
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.disarm()
    assert over_calls(home) == []


def test_a_number_that_was_replaced_is_not_called() -> None:
    home = reached()
    home.do(NumbersConfigured((PHONE_2,)))
    home.disarm()
    assert over_calls(home) == []


def test_it_is_not_sent_when_the_next_alarm_is_on() -> None:
    home = reached()
    home.false_alarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.now += 2 * SECOND
    home.burglary()
    home.do(Claimed((over.id,)))
    assert over.id not in home.state.outbox


def test_a_failure_that_left_no_doubt_is_tried_again_for_two_minutes() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.fail(over)
    assert home.state.outbox[over.id].status is DeliveryStatus.PENDING
    home.wait(2 * MINUTE)
    assert over.id not in home.state.outbox


def test_a_call_that_may_have_been_placed_is_not_placed_again() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.fail(over, uncertain=True)
    assert over.id not in home.state.outbox


def test_a_crash_while_it_is_placed_does_not_place_it_again() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.claim(over)
    home.do(Started())
    assert over.id not in home.state.outbox


def test_it_is_over_when_it_is_delivered() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.claim(over)
    home.do(Delivered(over.id))
    assert of_kind(home.state.outbox.values(), OverCallBody) == []


def test_it_counts_for_the_day_and_yields_to_the_limit_of_the_day() -> None:
    home = reached()
    made = len(home.state.calls_at)
    home.disarm()
    assert len(home.state.calls_at) == made + 1
    home = reached()
    home.state = replace(home.state, calls_at=tuple([home.now] * 60))
    home.disarm()
    assert over_calls(home) == []


def test_the_short_call_is_known_and_not_taken_for_another() -> None:
    home = reached()
    (alarm_call,) = home.state.known_calls
    home.disarm()
    (call,) = of_kind(home.effects, OverCallBody)
    home.claim(call)
    home.do(Delivered(call.id, sid="CA-over"))
    assert home.state.known_calls == (alarm_call, "CA-over")
