"""A bot that is deaf for a while is told, and a rival with the same token for what it is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from alarm.core.notices import Notice
from bot.chat.hearing import Hearing
from bot.chat.requests import update_bot
from bot.chat.updates import UpdateLoop
from bot.controller import Controller
from bot.vitals import RIVAL_GONE, Vitals
from bot.words.hearing import ANOTHER_PROGRAM, TOKEN_REFUSED
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import configured
from tests.bot.running.bench import household, opened, told
from tests.bot.running.hand import Hand

GET_UPDATES = "getUpdates"


def refused(status: int) -> Fault:
    body = {"ok": False, "error_code": status, "description": "no"}
    return Fault(FaultKind.STATUS, status, json.dumps(body))


class Listening:
    """The update loop and what watches it; each wait of the loop lasts until `tries`."""

    def __init__(self, telegram: TelegramStandIn, directory: Path) -> None:
        self.hand = Hand()
        self.store = opened(directory)
        self.controller = Controller(self.store, household(), self.hand.clock)
        self.vitals = Vitals(self.hand.monotonic)
        self.hearing = Hearing(self.controller, self.vitals)
        self._bot = update_bot(configured(telegram))
        self._telegram = telegram
        self._go = asyncio.Semaphore(0)
        self._waiting = asyncio.Event()
        loop = UpdateLoop(
            self._bot,
            self._handle,
            lambda: True,
            self.vitals,
            lambda _: None,
            sleep=self._sleep,
            long_poll=0,
        )
        self._task = asyncio.create_task(loop.run())

    async def _handle(self, _: object) -> None:
        """Nothing is asked of commands here."""

    async def _sleep(self, _: float) -> None:
        self._waiting.set()
        await self._go.acquire()

    async def tries(self, after: float = 0.0) -> None:
        """Let time go by, then the loop try once more, then look."""
        self.hand.forward(after)
        self._waiting.clear()
        self._go.release()
        async with asyncio.timeout(5.0):
            await self._waiting.wait()
        self.hearing.look()

    def told(self) -> list[Notice]:
        words = (Notice.DEAF, Notice.HEARD)
        return [notice for notice in told(self.controller.state) if notice in words]

    @property
    def reason(self) -> str:
        return self.controller.state.health.deaf_reason

    async def end(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._bot.request.shutdown()
        self.store.close()


@pytest.fixture
async def listening(
    telegram: TelegramStandIn, ann: Person, tmp_path: Path
) -> AsyncIterator[Listening]:
    telegram.pending_updates.clear()
    parts = Listening(telegram, tmp_path / "state")
    yield parts
    await parts.end()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (refused(401), TOKEN_REFUSED),
        (refused(502), "Telegram cannot be reached"),
        (Fault(FaultKind.GARBAGE), "Telegram cannot be reached"),
    ],
    ids=["401", "502", "garbage"],
)
async def test_ninety_seconds_without_an_answer_are_told_and_their_end_is_known(
    telegram: TelegramStandIn, listening: Listening, fault: Fault, reason: str
) -> None:
    await listening.tries()
    since = listening.hand.now()
    telegram.faults.add(GET_UPDATES, fault)
    written = listening.store.bytes_written
    await listening.tries()
    await listening.tries(after=59.9)
    assert listening.store.bytes_written == written
    await listening.tries(after=0.1)
    assert listening.reason == reason
    assert listening.controller.state.health.deaf_since == since
    written = listening.store.bytes_written
    await listening.tries(after=29.9)
    assert listening.store.bytes_written == written
    assert listening.told() == []
    await listening.tries(after=0.1)
    assert listening.told() == [Notice.DEAF]
    telegram.faults.clear()
    await listening.tries(after=1.0)
    assert listening.controller.state.health.deaf_since is None


async def test_a_trouble_shorter_than_a_minute_is_worth_no_write(
    telegram: TelegramStandIn, listening: Listening
) -> None:
    await listening.tries()
    written = listening.store.bytes_written
    telegram.faults.add(GET_UPDATES, refused(500))
    await listening.tries()
    await listening.tries(after=59.0)
    telegram.faults.clear()
    await listening.tries(after=5.0)
    await listening.tries(after=60.0)
    assert listening.store.bytes_written == written


async def test_a_rival_that_lets_us_hear_now_and_then_is_told_all_the_same(
    telegram: TelegramStandIn, listening: Listening
) -> None:
    for _ in range(4):
        telegram.faults.add(GET_UPDATES, Fault(**(vars(refused(409)) | {"times": 1})))
        await listening.tries(after=15.0)
        await listening.tries(after=15.0)
    assert listening.reason == ANOTHER_PROGRAM
    assert listening.told() == [Notice.DEAF]
    await listening.tries(after=RIVAL_GONE - 15.0)
    assert listening.reason == ANOTHER_PROGRAM
    await listening.tries(after=0.1)
    assert listening.controller.state.health.deaf_since is None


async def test_an_older_run_that_is_still_connected_for_a_moment_is_no_rival(
    telegram: TelegramStandIn, listening: Listening
) -> None:
    telegram.faults.add(GET_UPDATES, Fault(**(vars(refused(409)) | {"times": 1})))
    for _ in range(10):
        await listening.tries(after=20.0)
    assert listening.controller.state.health.deaf_since is None
    assert listening.told() == []


async def test_a_login_at_telegram_alone_is_no_hearing(
    telegram: TelegramStandIn, listening: Listening
) -> None:
    telegram.faults.add(GET_UPDATES, refused(401))
    await listening.tries()
    await listening.tries(after=60.0)
    listening.vitals.reached_telegram()
    listening.hearing.look()
    assert listening.reason == TOKEN_REFUSED
