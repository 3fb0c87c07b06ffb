"""A call lives as its behaviour says, along a clock that only the test moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

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
from tests.simulator.twilio.bench import ANN, BOB, SENTENCE, Clock, Customer

# The stand-in's own pace: 0.2 s in the queue, 3 s of ringing, a pause of 1 s and 2 s of words.
RINGING, ANSWERED, TOLD = 0.2, 3.2, 6.2
TICK = 0.01

BUSY_LIFE = [(0, "queued"), (RINGING, "ringing"), (ANSWERED, "busy")]
LIVES: dict[str, tuple[Behaviour, dict[str, Any], list[tuple[float, str]]]] = {
    "a person who listens to the end": (
        human(),
        {},
        [(0, "queued"), (RINGING, "ringing"), (ANSWERED, "in-progress"), (TOLD, "completed")],
    ),
    "a person who hangs up after a second": (
        human(listens=1),
        {},
        [(RINGING, "ringing"), (ANSWERED, "in-progress"), (ANSWERED + 1, "completed")],
    ),
    "a person who answers late": (
        human(rings=20),
        {"timeout": 25},
        [(RINGING, "ringing"), (20.2, "in-progress"), (23.2, "completed")],
    ),
    "a person who comes when it stopped ringing": (
        human(rings=26),
        {"timeout": 25},
        [(RINGING, "ringing"), (25.2, "no-answer")],
    ),
    "a machine": (
        MACHINE,
        {},
        [(RINGING, "ringing"), (ANSWERED, "in-progress"), (TOLD, "completed")],
    ),
    "a machine that is told apart first": (
        MACHINE,
        {"machine_detection": "Enable"},
        # The words wait for the verdict.
        [(ANSWERED, "in-progress"), (TOLD + 2, "completed")],
    ),
    "a busy line": (BUSY, {}, BUSY_LIFE),
    "nobody at home": (NO_ANSWER, {"timeout": 25}, [(RINGING, "ringing"), (25.2, "no-answer")]),
    "nobody at home, without a ring time": (NO_ANSWER, {}, [(60.2, "no-answer")]),
    "a network that fails": (FAILED, {}, [(0, "queued"), (RINGING, "failed")]),
    "a person who is read nonsense": (
        human(),
        {"twiml": "<Response><Say>Motion"},
        [(RINGING, "ringing"), (ANSWERED, "failed")],
    ),
}


@pytest.mark.parametrize("name", LIVES)
async def test_each_state_begins_at_its_second_and_not_before(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, name: str
) -> None:
    behaviour, options, life = LIVES[name]
    twilio.number(ANN, behaviour)
    placed = await customer.call(**options)
    started = clock.seconds
    before = "queued"
    for at, status in life:
        if at:
            clock.seconds = started + at - TICK
            before = (await customer.look(placed.sid)).status
            assert before != status
            clock.seconds = started + at + TICK
        assert (await customer.look(placed.sid)).status == status
    clock.seconds = started + 86400
    assert (await customer.look(placed.sid)).status == life[-1][1]


async def test_an_endless_call_goes_on_until_it_is_hung_up(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await customer.call()
    clock.seconds += 86400
    assert (await customer.look(placed.sid)).status == "in-progress"
    ended = await customer.end(placed.sid)
    assert ended.status == "completed"
    # From the answer to the order to end it, started seconds included.
    assert ended.duration == str(86400 - 3)
    assert twilio.calls[0].hung_up_by_api


@pytest.mark.parametrize(
    ("behaviour", "verdict"), [(human(), "human"), (MACHINE, "machine_start"), (ENDLESS, "human")]
)
async def test_the_verdict_of_the_detection_comes_two_seconds_after_the_answer(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, behaviour: Behaviour, verdict: str
) -> None:
    twilio.number(ANN, behaviour)
    placed = await customer.call(machine_detection="Enable")
    clock.seconds += ANSWERED + 2 - TICK
    assert (await customer.look(placed.sid)).answered_by is None
    clock.seconds += 2 * TICK
    assert (await customer.look(placed.sid)).answered_by == verdict


async def test_asynchronous_detection_delays_no_words_and_tells_at_the_end(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, MACHINE)
    placed = await customer.call(machine_detection="Enable", async_amd="true")
    clock.seconds += TOLD - TICK
    talking = await customer.look(placed.sid)
    assert (talking.status, talking.answered_by) == ("in-progress", None)
    clock.seconds += 2 * TICK
    over = await customer.look(placed.sid)
    assert (over.status, over.answered_by) == ("completed", "machine_start")


@pytest.mark.parametrize("behaviour", [BUSY, NO_ANSWER, FAILED])
async def test_a_call_that_nobody_took_has_no_verdict_and_no_duration(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, behaviour: Behaviour
) -> None:
    twilio.number(ANN, behaviour)
    placed = await customer.call(machine_detection="Enable")
    clock.seconds += 120
    over = await customer.look(placed.sid)
    assert (over.answered_by, over.duration) == (None, None)


async def test_without_detection_nobody_says_who_answered(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, MACHINE)
    placed = await customer.call()
    clock.seconds += 120
    assert (await customer.look(placed.sid)).answered_by is None


async def test_the_phone_behaves_in_turn_and_the_last_way_goes_on(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, BUSY, NO_ANSWER)
    twilio.unknown_numbers = FAILED
    for to in (ANN, BOB, ANN, ANN):
        await customer.call(to, timeout=5)
    clock.seconds += 60
    assert [call.status for call in twilio.calls] == ["busy", "failed", "no-answer", "no-answer"]
    twilio.number(ANN, BUSY)
    await customer.call()
    clock.seconds += 60
    assert twilio.calls[-1].status == "busy"


@pytest.mark.parametrize(("after", "before"), [(0, "queued"), (1, "ringing")])
@pytest.mark.parametrize("order", ["completed", "canceled"])
async def test_a_call_that_nobody_took_yet_is_canceled(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, after: int, before: str, order: str
) -> None:
    twilio.number(ANN, human())
    placed = await customer.call()
    clock.seconds += after
    assert (await customer.look(placed.sid)).status == before
    assert (await customer.end(placed.sid, order)).status == "canceled"
    clock.seconds += 120
    over = await customer.look(placed.sid)
    assert (over.status, over.duration) == ("canceled", None)


async def test_canceling_does_not_touch_a_call_that_somebody_has_taken(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await customer.call()
    clock.seconds += 10
    assert (await customer.end(placed.sid, "canceled")).status == "in-progress"
    assert not twilio.calls[0].hung_up_by_api


async def test_the_order_is_answered_without_dates_and_later_looks_have_them(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, human(listens=2))
    placed = await customer.call()
    assert (placed.date_created, placed.start_time, placed.end_time) == (None, None, None)
    clock.seconds += 60
    over = await customer.look(placed.sid)
    assert over.end_time - over.start_time == timedelta(seconds=5)
    assert timedelta(0) <= over.start_time - over.date_created <= timedelta(seconds=1)
    assert over.duration == "2"


async def test_the_hook_hears_of_every_change_though_nobody_asks(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    heard: list[tuple[str, str]] = []

    def on_call(call: Call) -> None:
        heard.append((call.to, call.status))

    twilio.on_call = on_call
    twilio.number(ANN, human())
    await customer.call()
    clock.seconds += 60
    twilio.settle()
    assert heard == [(ANN, s) for s in ("queued", "ringing", "in-progress", "completed")]


async def test_the_times_of_every_stage_can_be_set(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.queue_seconds = 0
    twilio.answer_seconds = 0.5
    twilio.speech_seconds = 0.25
    twilio.number(ANN, human())
    await customer.call()
    clock.seconds += 1
    assert twilio.calls[0].times == {
        "queued": 1000.0,
        "ringing": 1000.0,
        "in-progress": 1000.5,
        "completed": 1000.75,
    }
    twilio.ring_seconds = 0.1
    await customer.call(timeout=25)
    clock.seconds += 1
    assert twilio.calls[1].status == "no-answer"


async def test_a_call_shows_what_it_was_told_to_say(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, human())
    await customer.call()
    assert (twilio.calls[0].lines, twilio.calls[0].spoken) == ((), "")
    clock.seconds += 60
    assert (twilio.calls[0].lines, twilio.calls[0].spoken) == ((SENTENCE,), SENTENCE)
