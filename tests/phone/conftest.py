from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from alarm.phone.client import Phone
from simulator.twilio import TwilioStandIn
from tests.phone.bench import SHORT, Clock, a_phone


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
async def phone(twilio: TwilioStandIn) -> AsyncIterator[Phone]:
    phone = a_phone(twilio)
    yield phone
    phone.close()


@pytest.fixture
async def hasty(twilio: TwilioStandIn) -> AsyncIterator[Phone]:
    """A phone that gives up on a silent server soon."""
    phone = a_phone(twilio, timeout=SHORT)
    yield phone
    phone.close()
