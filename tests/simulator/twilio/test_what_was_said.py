"""What a phone heard: the sentences, how many times, and no more than there was time for."""

from __future__ import annotations

import pytest

from simulator.twilio import BUSY, ENDLESS, MACHINE, Behaviour, Said, TwilioStandIn, human
from tests.simulator.twilio.bench import ANN, SENTENCE, Clock, Customer

# One telling: a pause of a second, then 30 characters at 15 a second.
ONCE = f'<Pause length="1"/><Say voice="Polly.Joanna">{SENTENCE}</Say>'
THREE_TIMES = f"<Response>{ONCE * 3}</Response>"
ANSWERED, TELLING, TICK = 3.2, 3.0, 0.01


async def test_a_sentence_told_three_times_was_said_three_times(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, human())
    await customer.call(twiml=THREE_TIMES)
    clock.seconds += 60
    (call,) = twilio.calls
    assert call.said == (Said(SENTENCE, 3),)
    assert call.lines == (SENTENCE,) * 3


@pytest.mark.parametrize(
    ("listens", "times"),
    [
        (TELLING - TICK, 0),
        (TELLING, 1),
        (2 * TELLING - TICK, 1),
        (2 * TELLING + TICK, 2),
        (3 * TELLING - TICK, 2),
        (3 * TELLING, 3),
        (100.0, 3),
    ],
)
async def test_who_hangs_up_has_heard_only_what_was_told_to_its_end(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, listens: float, times: int
) -> None:
    twilio.number(ANN, human(listens=listens))
    await customer.call(twiml=THREE_TIMES)
    clock.seconds += 60
    assert sum(said.times for said in twilio.calls[0].said) == times


async def test_what_was_said_grows_while_the_call_goes_on(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    await customer.call(twiml=THREE_TIMES)
    started = clock.seconds
    for after, said in [
        (1.0, ()),
        (ANSWERED + TELLING - TICK, ()),
        (ANSWERED + TELLING + TICK, (Said(SENTENCE, 1),)),
        (ANSWERED + 2 * TELLING + TICK, (Said(SENTENCE, 2),)),
        (86400.0, (Said(SENTENCE, 3),)),
    ]:
        clock.seconds = started + after
        assert twilio.calls[0].said == said


async def test_an_order_to_end_the_call_cuts_the_words_off(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, ENDLESS)
    placed = await customer.call(twiml=THREE_TIMES)
    clock.seconds += ANSWERED + TELLING + TICK
    await customer.end(placed.sid)
    clock.seconds += 60
    assert twilio.calls[0].said == (Said(SENTENCE, 1),)


async def test_the_words_wait_for_a_detection_that_is_not_asynchronous(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, MACHINE)
    await customer.call(twiml=THREE_TIMES, machine_detection="Enable")
    told = clock.seconds + ANSWERED + twilio.detect_seconds + TELLING
    for at, said in [(told - TICK, ()), (told + TICK, (Said(SENTENCE, 1),))]:
        clock.seconds = at
        assert twilio.calls[0].said == said


@pytest.mark.parametrize("behaviour", [BUSY, human(rings=100)])
async def test_a_phone_that_nobody_took_heard_nothing(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, behaviour: Behaviour
) -> None:
    twilio.number(ANN, behaviour)
    await customer.call(twiml=THREE_TIMES)
    clock.seconds += 600
    assert twilio.calls[0].said == ()


async def test_different_sentences_and_loops_are_told_apart(
    twilio: TwilioStandIn, customer: Customer, clock: Clock
) -> None:
    twilio.number(ANN, human())
    words = (
        '<Say loop="2">Tom &amp; Jerry\n came.</Say><Say>Bye.</Say><Say>Tom &amp; Jerry came.</Say>'
    )
    await customer.call(twiml=f"<Response>{words}</Response>")
    clock.seconds += 60
    assert twilio.calls[0].said == (
        Said("Tom & Jerry came.", 2),
        Said("Bye.", 1),
        Said("Tom & Jerry came.", 1),
    )


@pytest.mark.parametrize("seconds", [0.0, 0.5, 90.0])
async def test_the_words_fill_the_time_that_the_stand_in_is_told_they_take(
    twilio: TwilioStandIn, customer: Customer, clock: Clock, seconds: float
) -> None:
    twilio.number(ANN, human())
    twilio.speech_seconds = seconds
    await customer.call(twiml=THREE_TIMES)
    clock.seconds += ANSWERED + seconds / 2 - TICK
    heard = sum(said.times for said in twilio.calls[0].said)
    assert heard == (1 if seconds else 0)
    clock.seconds += seconds / 2 + 2 * TICK
    assert twilio.calls[0].said == (Said(SENTENCE, 3),)
    assert twilio.calls[0].status == "completed"
