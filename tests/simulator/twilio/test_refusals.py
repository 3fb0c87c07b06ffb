"""The stand-in refuses what the real Twilio refuses, with Twilio's own numbers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from simulator.twilio import BUSY, TwilioStandIn
from tests.simulator.twilio.bench import ANN, Clock, Customer, refusal

UNKNOWN_SID = "CA" + "9" * 32


@pytest.mark.parametrize(
    "wrong",
    [{"token": "wrong"}, {"token": " "}, {"token": "stand-in-toke"}, {"sid": "AC" + "1" * 32}],
)
async def test_wrong_credentials_are_refused(twilio: TwilioStandIn, wrong: dict[str, str]) -> None:
    stranger = Customer.of(twilio, **wrong)
    assert await refusal(stranger.call()) == (401, 20003)
    assert await refusal(stranger.look(UNKNOWN_SID)) == (401, 20003)
    assert twilio.calls == []
    stranger.close()


async def test_the_account_of_somebody_else_is_not_found(twilio: TwilioStandIn) -> None:
    guest = Customer.of(twilio, account="AC" + "1" * 32)
    assert await refusal(guest.call()) == (404, 20404)
    assert twilio.calls == []
    guest.close()


@pytest.mark.parametrize(
    "to",
    [
        *("", "911", "+911", "02079460123", "+0123456789", "+123456", "+1234567890123456"),
        *("Bob", "+1 202 555 0123", "+1202555012a", "+٤٤٢٠٧٩٤٦٠١٢٣"),
    ],
)
async def test_a_destination_that_is_not_e164_is_refused(
    twilio: TwilioStandIn, customer: Customer, to: str
) -> None:
    assert await refusal(customer.call(to)) == (400, 21211)
    assert twilio.calls == []


@pytest.mark.parametrize("to", ["+1234567", "+123456789012345"])
async def test_the_shortest_and_the_longest_number_are_called(
    twilio: TwilioStandIn, customer: Customer, to: str
) -> None:
    assert (await customer.call(to)).status == "queued"
    assert [call.to for call in twilio.calls] == [to]


@pytest.mark.parametrize(("from_", "code"), [("", 21213), ("nonsense", 21212), (ANN, 21210)])
async def test_a_caller_id_that_the_account_does_not_own_is_refused(
    twilio: TwilioStandIn, customer: Customer, from_: str, code: int
) -> None:
    assert await refusal(customer.call(from_=from_)) == (400, code)
    assert twilio.calls == []


async def test_twiml_of_4000_characters_is_taken_and_of_4001_refused(
    twilio: TwilioStandIn, customer: Customer
) -> None:
    def twiml(length: int) -> str:
        frame = "<Response><Say></Say></Response>"
        return frame.replace("><Say>", "><Say>" + "é" * (length - len(frame)))

    assert len(twiml(4000)) == 4000
    assert (await customer.call(twiml=twiml(4000))).status == "queued"
    assert await refusal(customer.call(twiml=twiml(4001))) == (400, 32018)
    assert len(twilio.calls) == 1


@pytest.mark.parametrize("without", [{"twiml": ""}, {"twiml": None}])
async def test_an_order_without_words_is_refused(
    twilio: TwilioStandIn, customer: Customer, without: dict[str, Any]
) -> None:
    assert await refusal(customer.call(**without)) == (400, 21205)
    assert twilio.calls == []


async def test_an_order_with_a_ring_time_that_is_no_number_is_refused(
    customer: Customer,
) -> None:
    assert await refusal(customer.call(timeout="long")) == (400, 20001)


@pytest.mark.parametrize("status", ["suspended", "closed"])
async def test_an_account_that_is_not_active_calls_nobody(
    twilio: TwilioStandIn, customer: Customer, status: str
) -> None:
    twilio.account_status = status
    assert await refusal(customer.call()) == (403, 20005)
    assert twilio.calls == []


@pytest.mark.parametrize("order", ["completed", "canceled"])
async def test_a_call_that_is_over_cannot_be_ended_again(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, order: str
) -> None:
    twilio.number(ANN, BUSY)
    call = await customer.call()
    clock.seconds += 60
    assert await refusal(customer.end(call.sid, order)) == (400, 21220)
    assert twilio.calls[0].status == "busy"


async def test_a_call_knows_no_other_orders_than_to_end(customer: Customer) -> None:
    call = await customer.call()
    assert await refusal(customer.end(call.sid, "ringing")) == (400, 20001)


async def test_an_unknown_call_is_not_found(customer: Customer) -> None:
    assert await refusal(customer.look(UNKNOWN_SID)) == (404, 20404)
    assert await refusal(customer.end(UNKNOWN_SID)) == (404, 20404)


async def test_what_is_no_part_of_the_voice_api_is_not_found(customer: Customer) -> None:
    sms = asyncio.to_thread(
        customer.client.messages.create, to=ANN, from_="+15005550006", body="Hello"
    )
    assert await refusal(sms) == (404, 20404)


async def test_the_stand_in_refuses_with_any_error_it_is_told_to(
    twilio: TwilioStandIn, customer: Customer
) -> None:
    twilio.refuse(21215, times=2)
    twilio.refuse(20429, 429)
    assert await refusal(customer.call()) == (400, 21215)
    assert await refusal(customer.call()) == (400, 21215)
    assert await refusal(customer.call()) == (429, 20429)
    twilio.faults.clear()
    assert (await customer.call()).status == "queued"
    assert len(twilio.calls) == 1
