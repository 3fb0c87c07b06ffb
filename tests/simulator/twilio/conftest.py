from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simulator.twilio import TwilioStandIn
from tests.simulator.twilio.bench import Clock, Customer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def twilio(clock: Clock) -> AsyncIterator[TwilioStandIn]:
    stand_in = TwilioStandIn(clock=clock)
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def customer(twilio: TwilioStandIn) -> AsyncIterator[Customer]:
    customer = Customer.of(twilio)
    yield customer
    customer.close()
