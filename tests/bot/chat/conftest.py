from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.requests import sending_bot, update_bot
from bot.chat.sender import Sender
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, configured
from tests.bot.chat.listener import Listener
from tests.bot.chat.live_bench import LiveBench


@pytest.fixture(autouse=True)
def time_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read waits as the library will give them one day; as numbers they are a warning each."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def ann(telegram: TelegramStandIn) -> Person:
    person = telegram.person(ANN, "Ann")
    person.write("hello")
    return person


@pytest.fixture
async def listener(telegram: TelegramStandIn, ann: Person) -> AsyncIterator[Listener]:
    telegram.pending_updates.clear()
    listener = Listener(lambda: update_bot(configured(telegram)))
    yield listener
    await listener.killed()


@pytest.fixture
async def sender(telegram: TelegramStandIn) -> AsyncIterator[Sender]:
    bot = sending_bot(configured(telegram), connections=2)
    yield Sender(bot)
    await bot.request.shutdown()


@pytest.fixture
async def bench(tmp_path: Path, telegram: TelegramStandIn, ann: Person) -> AsyncIterator[LiveBench]:
    bench = LiveBench(tmp_path, telegram, ann)
    yield bench
    await bench.bot.request.shutdown()
    bench.store.close()
