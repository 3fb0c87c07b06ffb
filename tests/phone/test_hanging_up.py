"""Ending a call in whatever state it is, and leaving alone what is over."""

from __future__ import annotations

import pytest

from alarm.core.calls import CallStatus
from alarm.phone.client import HANG_UP_TRIES, Phone
from simulator.faults import Fault, FaultKind
from simulator.twilio import (
    BUSY,
    ENDLESS,
    FAILED,
    MACHINE,
    NO_ANSWER,
    Behaviour,
    Call,
    TwilioStandIn,
    human,
)
from tests.phone.bench import ANN, WORDS, Clock, failure, status

ONE_CALL = r"/Calls/"


def orders(twilio: TwilioStandIn) -> int:
    return sum(seen.method == "POST" and "/Calls/" in seen.path for seen in twilio.seen)


@pytest.mark.parametrize(
    ("after", "before", "ends"),
    [(0, "queued", "canceled"), (1, "ringing", "canceled"), (5, "in-progress", "completed")],
)
@pytest.mark.parametrize("behaviour", [human(), MACHINE, ENDLESS])
async def test_a_call_is_ended_whether_it_waits_rings_or_talks(
    twilio: TwilioStandIn,
    phone: Phone,
    clock: Clock,
    after: int,
    before: str,
    ends: str,
    behaviour: Behaviour,
) -> None:
    twilio.number(ANN, behaviour)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += after
    assert twilio.calls[0].status == before
    await phone.hang_up(placed.sid)
    clock.seconds += 600
    assert (twilio.calls[0].status, twilio.calls[0].hung_up_by_api) == (ends, True)


@pytest.mark.parametrize("behaviour", [human(), MACHINE, BUSY, NO_ANSWER, FAILED])
async def test_a_call_that_is_over_is_left_alone(
    twilio: TwilioStandIn, phone: Phone, clock: Clock, behaviour: Behaviour
) -> None:
    twilio.number(ANN, behaviour)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 600
    before = twilio.calls[0].status
    await phone.hang_up(placed.sid)
    assert twilio.calls[0].status == before
    assert orders(twilio) == 0


async def test_hanging_up_twice_is_no_error(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    placed = await phone.place(ANN, WORDS)
    await phone.hang_up(placed.sid)
    await phone.hang_up(placed.sid)
    assert orders(twilio) == 1


async def test_a_call_that_is_answered_between_look_and_order_is_ended_all_the_same(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 1
    # Canceling does not touch a call that somebody has taken.
    let_orders_come_late(twilio, clock)
    await phone.hang_up(placed.sid)
    assert twilio.calls[0].status == "completed"
    assert twilio.calls[0].hung_up_by_api


async def test_a_call_that_ends_between_look_and_order_is_over_without_an_error(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, BUSY)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 1
    let_orders_come_late(twilio, clock)
    await phone.hang_up(placed.sid)
    assert (twilio.calls[0].status, twilio.calls[0].hung_up_by_api) == ("busy", False)
    assert orders(twilio) == 1


def let_orders_come_late(twilio: TwilioStandIn, clock: Clock) -> None:
    """Let ten seconds pass between a look at the call and the order that follows it."""
    take = twilio.faults.take

    def passing(method: str, path: str) -> Fault | None:
        if method == "POST":
            clock.seconds += 10
        return take(method, path)

    twilio.faults.take = passing  # type: ignore[method-assign]


async def test_a_call_that_twilio_refuses_to_end_is_tried_a_few_times_and_told(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 10
    refused = '{"code": 21220, "message": "Call is not in-progress. Cannot redirect."}'
    twilio.faults.add(ONE_CALL, status(400, refused), method="POST")
    error = await failure(phone.hang_up(placed.sid))
    assert "does not end the call" in str(error)
    assert not error.permanent
    assert orders(twilio) == HANG_UP_TRIES


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("GET", status(503)),
        ("POST", status(503)),
        ("GET", Fault(FaultKind.DROP)),
        ("POST", Fault(FaultKind.DROP)),
        ("POST", status(429, '{"code": 20429}', headers={"Retry-After": "7"})),
    ],
    ids=["look 503", "order 503", "look dropped", "order dropped", "order 429"],
)
async def test_a_passing_failure_is_told_for_another_try(
    twilio: TwilioStandIn, phone: Phone, clock: Clock, method: str, fault: Fault
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 10
    twilio.faults.add(ONE_CALL, fault, method=method)
    assert not (await failure(phone.hang_up(placed.sid))).permanent
    twilio.faults.clear()
    await phone.hang_up(placed.sid)
    assert twilio.calls[0].status == "completed"


async def test_an_order_to_hang_up_whose_answer_is_lost_has_worked(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await phone.place(ANN, WORDS)
    clock.seconds += 10
    twilio.faults.add(ONE_CALL, Fault(FaultKind.LATE), method="POST")
    assert not (await failure(phone.hang_up(placed.sid))).permanent
    await phone.hang_up(placed.sid)
    assert twilio.calls[0].hung_up_by_api


async def test_a_call_that_twilio_does_not_know_cannot_be_ended(phone: Phone) -> None:
    error = await failure(phone.hang_up("CA" + "a" * 32))
    assert (error.code, error.permanent) == (20404, True)


async def test_other_calls_go_on(twilio: TwilioStandIn, phone: Phone, clock: Clock) -> None:
    heard: list[Call] = []
    twilio.on_call = heard.append
    first = await phone.place(ANN, WORDS)
    second = await phone.place(ANN, WORDS)
    await phone.hang_up(first.sid)
    assert [call.status for call in twilio.calls] == ["canceled", "queued"]
    assert (await phone.report(second.sid)).status is CallStatus.QUEUED
