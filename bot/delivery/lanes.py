"""The lanes: each carries its own deliveries out of the outbox, alarms beside chatter."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from alarm.core.deliveries import AlertBody, Delivery, DeliveryStatus, Lane
from alarm.core.inputs import Claimed, DeliveryFailed, Input
from bot.controller import Controller

logger = logging.getLogger(__name__)

# Carries one delivery and says what came of it.
Carrier = Callable[[Delivery], Awaitable[Input]]

# Seconds. Longer than the carriers' own limits: only what hangs past them is cut here.
HANG_LIMIT = {
    Lane.ALARM: 40.0,
    Lane.CHAT: 40.0,
    Lane.MEDIA: 1800.0,
    Lane.PHONE: 60.0,
    Lane.BLINK: 60.0,
}
_IN_ORDER = (Lane.ALARM, Lane.CHAT)
# Seconds that a stopping program gives what is on its way.
SETTLE = 3.0


class LaneWorker:
    """Carry the deliveries of one lane: in order for each target, the targets side by side."""

    def __init__(self, lane: Lane, controller: Controller, carry: Carrier) -> None:
        self._lane = lane
        self._controller = controller
        self._carry = carry
        self._changed = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        controller.watch(self._changed.set)

    async def run(self) -> None:
        """Go on until cancelled, then let what is on its way arrive within a few seconds."""
        try:
            while True:
                self._changed.clear()
                self._start(self._due())
                await self._wait()
        finally:
            if self._under_way:
                tasks = list(self._under_way.values())
                await asyncio.wait(tasks, timeout=SETTLE)
                for task in tasks:
                    task.cancel()

    def _waiting(self) -> list[Delivery]:
        return [
            delivery
            for delivery in self._controller.state.outbox.values()
            if delivery.lane is self._lane
            and delivery.status is DeliveryStatus.PENDING
            and delivery.target not in self._under_way
        ]

    def _heads(self) -> list[Delivery]:
        """Return what is next for each target that is free.

        Words keep their order, alerts first: what waits for another try holds up what came after
        it, since "not watching" after "watching again" would be false. Elsewhere the first that
        may be tried goes, so that no call waits for a clip or a hang-up that fails.
        """
        in_order = self._lane in _IN_ORDER
        heads: dict[str, Delivery] = {}
        for delivery in self._waiting():
            head = heads.setdefault(delivery.target, delivery)
            if in_order:
                overtakes = isinstance(delivery.body, AlertBody) > isinstance(head.body, AlertBody)
            else:
                overtakes = delivery.next_try < head.next_try
            if overtakes:
                heads[delivery.target] = delivery
        return list(heads.values())

    def _due(self) -> list[Delivery]:
        now = self._controller.now()
        return [delivery for delivery in self._heads() if delivery.next_try <= now]

    def _start(self, due: list[Delivery]) -> None:
        if not due:
            return
        self._controller.apply(Claimed(tuple(delivery.id for delivery in due)))
        for delivery in due:
            claimed = self._controller.state.outbox.get(delivery.id)
            if claimed is None or claimed.status is not DeliveryStatus.SENDING:
                # Not wanted any more; what waits behind it may go.
                self._changed.set()
                continue
            self._under_way[delivery.target] = asyncio.create_task(
                self._deliver(claimed), name=f"{self._lane.value} {delivery.id}"
            )

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            async with asyncio.timeout(HANG_LIMIT[self._lane]):
                result = await self._carry(delivery)
        except TimeoutError:
            result = DeliveryFailed(delivery.id, "it took too long", uncertain=True)
        except Exception:
            logger.exception("Delivery %s failed in the program itself.", delivery.id)
            result = DeliveryFailed(delivery.id, "an error in the program", uncertain=True)
        finally:
            self._under_way.pop(delivery.target, None)
        self._controller.apply(result)
        self._changed.set()

    async def _wait(self) -> None:
        now = self._controller.now()
        nexts = [delivery.next_try - now for delivery in self._heads()]
        soonest = max(min(nexts), timedelta(0)).total_seconds() if nexts else None
        try:
            async with asyncio.timeout(soonest):
                await self._changed.wait()
        except TimeoutError:
            return
