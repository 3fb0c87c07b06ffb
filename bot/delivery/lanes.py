"""The lanes: each carries its own deliveries out of the outbox, alarms beside chatter."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from functools import partial

from alarm.core.deliveries import AlertBody, Delivery, DeliveryStatus, Lane
from alarm.core.inputs import Claimed, DeliveryFailed, Input
from bot.controller import Controller

logger = logging.getLogger(__name__)

# Carries one delivery and says what came of it.
Carrier = Callable[[Delivery], Awaitable[Input]]

# Seconds. Longer than the carriers' own limits: only what hangs past them is cut here.
HANG_LIMIT = {
    Lane.ALARM: 40.0,
    # The wait for a turn within the budget included.
    Lane.CHAT: 90.0,
    Lane.MEDIA: 1800.0,
    Lane.PHONE: 60.0,
    Lane.BLINK: 60.0,
}
# To chats. A wait that Telegram asks for is meant for everything to the same chat; and what is
# dropped while it is on its way is called back, as far as it did not arrive.
CHATS = frozenset({Lane.ALARM, Lane.CHAT, Lane.MEDIA})
# Seconds. A wake-up that never came costs no more than this.
LONGEST_SLEEP = 60.0
# Seconds that a stopping program gives what is on its way.
SETTLE = 3.0


def always(_delivery: Delivery) -> bool:
    return True


def _way(delivery: Delivery) -> tuple[str, bool]:
    """Return what one delivery at a time goes along; alerts have a way of their own."""
    return delivery.target, isinstance(delivery.body, AlertBody)


class LaneWorker:
    """Carry the deliveries of one lane: for each target one at a time, the targets side by side.

    Of several that are due the oldest goes first; one that waits for its next try holds up none.
    Alerts go beside everything else to the same target.
    `ready` tells, without a cost, whether a try makes any sense now; it is asked again after each
    change of the state.
    """

    def __init__(
        self,
        lane: Lane,
        controller: Controller,
        carry: Carrier,
        ready: Callable[[Delivery], bool] = always,
    ) -> None:
        self._lane = lane
        self._controller = controller
        self._carry = carry
        self._ready = ready
        self._changed = asyncio.Event()
        # With the id of the delivery.
        self._under_way: dict[tuple[str, bool], tuple[str, asyncio.Task[None]]] = {}
        self._slowed_until: dict[str, float] = {}
        self._broken: Exception | None = None
        controller.watch(self._changed.set)

    @property
    def name(self) -> str:
        return self._lane.value

    async def run(self) -> None:
        """Go on until cancelled, then let what is on its way arrive within a few seconds.

        Raise where a failure could not be noted: only a new start tries that delivery again.
        """
        try:
            while True:
                self._changed.clear()
                if self._broken is not None:
                    raise self._broken
                self._call_back()
                self._start(self._due())
                await self._wait()
        finally:
            if self._under_way:
                tasks = [task for _, task in self._under_way.values()]
                await asyncio.wait(tasks, timeout=SETTLE)
                for task in tasks:
                    task.cancel()

    def _call_back(self) -> None:
        """Cut what was dropped on its way: whom it was meant for must not get it any more."""
        if self._lane not in CHATS:
            return
        for id_, task in self._under_way.values():
            if id_ not in self._controller.state.outbox:
                task.cancel()

    def _waiting(self) -> list[Delivery]:
        return [
            delivery
            for delivery in self._controller.state.outbox.values()
            if delivery.lane is self._lane
            and delivery.status is DeliveryStatus.PENDING
            and _way(delivery) not in self._under_way
            and self._ready(delivery)
        ]

    def _seconds_left(self, delivery: Delivery) -> float:
        """Return the seconds until the delivery may be tried."""
        slowed = self._slowed_until.get(delivery.target, -math.inf) - self._controller.monotonic()
        return max((delivery.next_try - self._controller.now()).total_seconds(), slowed)

    def _due(self) -> list[Delivery]:
        """Return the first due delivery of each target that is free."""
        first: dict[tuple[str, bool], Delivery] = {}
        for delivery in self._waiting():
            if self._seconds_left(delivery) <= 0:
                first.setdefault(_way(delivery), delivery)
        return list(first.values())

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
            task = asyncio.create_task(
                self._deliver(claimed), name=f"{self._lane.value} {delivery.id}"
            )
            self._under_way[_way(delivery)] = delivery.id, task
            # One that is cut before its first step comes to no end of its own.
            task.add_done_callback(partial(self._free, delivery))

    def _free(self, delivery: Delivery, task: asyncio.Task[None]) -> None:
        if self._under_way.get(_way(delivery)) == (delivery.id, task):
            del self._under_way[_way(delivery)]
        self._changed.set()

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
            self._under_way.pop(_way(delivery), None)
        self._note_wait(delivery, result)
        try:
            self._controller.apply(result)
        except Exception as error:
            logger.exception("What came of delivery %s cannot be noted.", delivery.id)
            if isinstance(result, DeliveryFailed):
                self._broken = error
        self._changed.set()

    def _note_wait(self, delivery: Delivery, result: Input) -> None:
        wait = result.retry_after if isinstance(result, DeliveryFailed) else None
        if wait and self._lane in CHATS:
            self._slowed_until[delivery.target] = self._controller.monotonic() + wait
        else:
            self._slowed_until.pop(delivery.target, None)

    async def _wait(self) -> None:
        nexts = [self._seconds_left(delivery) for delivery in self._waiting()]
        try:
            async with asyncio.timeout(max(min([*nexts, LONGEST_SLEEP]), 0.0)):
                await self._changed.wait()
        except TimeoutError:
            return
