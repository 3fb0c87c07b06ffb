"""A lane with its controller and its clock, and another side that takes or refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from alarm.core.deliveries import Body, Delivery, Lane, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.controller import Controller
from bot.delivery.lanes import LaneWorker, always
from storage.store import StateStore
from tests.bot.running.bench import household, opened, until
from tests.bot.running.hand import Hand
from tests.storage.faults import Disk

ANN, BOB = "1001", "1002"
WORDS = WordsBody(say(Notice.NOTHING_TO_DO))


class Other:
    """The other side: `does` says what comes of a try, by default it arrives."""

    def __init__(self) -> None:
        self.tries: list[str] = []
        self.under_way: list[str] = []
        self.most_beside = 0
        self.does: Callable[[Delivery], Awaitable[Input]] = self.take
        self.gate = asyncio.Event()

    async def __call__(self, delivery: Delivery) -> Input:
        self.tries.append(delivery.id)
        self.under_way.append(delivery.target)
        self.most_beside = max(self.most_beside, self.under_way.count(delivery.target))
        try:
            return await self.does(delivery)
        finally:
            self.under_way.remove(delivery.target)

    async def take(self, delivery: Delivery) -> Input:
        await asyncio.sleep(0)
        return Delivered(delivery.id, 1)

    async def hold(self, delivery: Delivery) -> Input:
        await self.gate.wait()
        return Delivered(delivery.id, 1)

    async def refuse(self, delivery: Delivery) -> Input:
        return DeliveryFailed(delivery.id, "no")

    async def slow_down(self, delivery: Delivery) -> Input:
        return DeliveryFailed(delivery.id, "slow down", retry_after=100.0)


class Post:
    """A controller, its clock, and what was handed in."""

    def __init__(self, directory: Path) -> None:
        self.hand = Hand()
        self.disk = Disk()
        self.directory = directory
        self.store: StateStore[State] = opened(directory, self.disk.fs)
        self.controller = Controller(self.store, household(), self.hand.clock)
        self.other = Other()

    def hand_in(self, target: str, lane: Lane = Lane.ALARM, body: Body = WORDS) -> str:
        """Put a sentence into the outbox, as a decision does."""
        draft = Draft(self.controller.state, self.hand.now())
        delivery = draft.send(lane, target, body, expires=timedelta(days=1))
        self.controller.state = draft.state
        self.controller._write([])
        for watcher in self.controller._watchers:
            watcher()
        return delivery.id

    async def refused(self) -> str:
        """Let a sentence for Ann be refused once."""
        self.other.does = self.other.refuse
        id_ = self.hand_in(ANN)
        await until(lambda: self.outbox[id_].attempts == 1 and not self.other.under_way)
        await settled()
        return id_

    async def slowed_down(self, lane: Lane) -> str:
        """Let an order for Ann be answered with a wait; what comes then is taken."""
        self.other.does = self.other.slow_down
        id_ = self.hand_in(ANN, lane)
        await until(lambda: self.other.tries == [id_])
        await settled()
        self.other.does = self.other.take
        return id_

    @property
    def outbox(self) -> dict[str, Delivery]:
        return dict(self.controller.state.outbox)

    @asynccontextmanager
    async def open(
        self, lane: Lane = Lane.ALARM, ready: Callable[[Delivery], bool] = always
    ) -> AsyncIterator[asyncio.Task[None]]:
        worker = LaneWorker(lane, self.controller, self.other, ready)
        task = asyncio.create_task(worker.run())
        try:
            yield task
        finally:
            self.other.gate.set()
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


async def settled() -> None:
    """Let every task do what it can do without time."""
    for _ in range(20):
        await asyncio.sleep(0)
