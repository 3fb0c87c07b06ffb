from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN


@pytest.fixture(autouse=True)
def time_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read waits as the library will give them one day; as numbers they are a warning each."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    stand_in = TelegramStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def blink() -> AsyncIterator[BlinkStandIn]:
    stand_in = BlinkStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()
    assert stand_in.misdirected == []


@pytest.fixture
def ann(telegram: TelegramStandIn) -> Person:
    person = telegram.person(ANN, "Ann")
    person.write("hello")
    return person
