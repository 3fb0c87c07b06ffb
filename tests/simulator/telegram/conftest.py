from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ANN,
    Clock,
    a_bot,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramStandIn]:
    stand_in = TelegramStandIn(first_update_id=500, now=clock.now, monotonic=clock.monotonic)
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    async with a_bot(telegram.url, telegram.token) as bot:
        yield bot


@pytest.fixture
def ann(telegram: TelegramStandIn) -> Person:
    person = telegram.person(ANN, "Ann", last_name="Lee", username="ann")
    person.start()
    telegram.pending_updates.clear()
    return person
