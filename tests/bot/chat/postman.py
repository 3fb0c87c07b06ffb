"""Carries what waits in the outbox by hand, so that a test knows when everything was said."""

from __future__ import annotations

import asyncio

from alarm.core.deliveries import Delivery, DeliveryStatus, Lane
from alarm.core.inputs import Claimed, Delivered, DeliveryFailed, Input
from bot.chat.budget import Budget
from bot.delivery.chat import ChatCarrier
from tests.bot.chat.rooms import Rooms

# An answer that makes another one due is no reason to go on without end.
ROUNDS = 8


class Postman:
    """Deliver words through the real carrier; files and orders to Blink arrive, calls fail."""

    def __init__(self, rooms: Rooms) -> None:
        self._controller = rooms.controller
        budget = Budget(sleep=lambda _: asyncio.sleep(0))
        self._chats = ChatCarrier(rooms.sender, rooms.controller, rooms.view, budget)
        self.carried: list[Delivery] = []

    async def carry(self) -> None:
        for _ in range(ROUNDS):
            due = self._due()
            if not due:
                return
            self._controller.apply(Claimed(tuple(delivery.id for delivery in due)))
            for delivery in due:
                claimed = self._controller.state.outbox.get(delivery.id)
                if claimed is not None and claimed.status is DeliveryStatus.SENDING:
                    self._controller.apply(await self._result(claimed))
                    self.carried.append(claimed)

    def _due(self) -> list[Delivery]:
        now = self._controller.now()
        waiting = self._controller.state.outbox.values()
        return [d for d in waiting if d.status is DeliveryStatus.PENDING and d.next_try <= now]

    async def _result(self, delivery: Delivery) -> Input:
        match delivery.lane:
            case Lane.ALARM | Lane.CHAT:
                return await self._chats.carry(delivery)
            case Lane.PHONE:
                return DeliveryFailed(delivery.id, "no balance", permanent=True)
            case _:
                return Delivered(delivery.id)
