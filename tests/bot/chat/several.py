"""Several people in one home, who write and press as they like; nothing is carried by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alarm.core.state import State
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, SentMessage, TelegramStandIn
from tests.bot.chat.bench import ANN, BEN
from tests.bot.chat.house import House
from tests.bot.chat.postman import Postman
from tests.bot.chat.rooms import Rooms, rooms
from tests.bot.chat.test_connection import connected

LONG_ENOUGH = 400


class Several:
    """`ann` owns, `ben` is a member; the program listens to both."""

    def __init__(self, parts: Rooms, house: House, ann: Person, ben: Person) -> None:
        self.rooms = parts
        self.house = house
        self.ann = ann
        self.ben = ben
        self.postman = Postman(parts)

    @property
    def state(self) -> State:
        return self.rooms.controller.state

    async def said(self, person: Person, wanted: str, *, after: int = 0) -> SentMessage:
        """Carry what waits until somebody reads this, and return the message."""
        for _ in range(LONG_ENOUGH):
            await self.postman.carry()
            for message in person.chat.messages:
                if wanted in message.text and message.id > after:
                    return message
            await self.house.sleep(0)
            await asyncio.sleep(0.005)
        raise AssertionError(person.chat.transcript())

    async def turned(self, message: SentMessage, button: str) -> None:
        """Return when a message has become a page with such a button, or without any for ""."""
        for _ in range(LONG_ENOUGH):
            labels = [b.text for row in message.buttons for b in row]
            if any(button in label for label in labels) if button else not labels:
                return
            await self.postman.carry()
            await asyncio.sleep(0.005)
        raise AssertionError(f"{button}\n{message.text}\n{message.buttons}")

    async def all_handled(self) -> None:
        """Return when everything that was written or pressed so far is done, and its answers."""
        telegram = self.ann.chat
        after = telegram.everything[-1].id if telegram.everything else 0
        self.ann.write("/help", date=self.rooms.clock.wall())
        await self.said(self.ann, "Your cameras watch", after=after)
        await self.postman.carry()


@asynccontextmanager
async def several(
    directory: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> AsyncIterator[Several]:
    ann, ben = telegram.person(ANN, "Ann"), telegram.person(BEN, "Ben")
    for person in (ann, ben):
        person.write("hello")
    telegram.pending_updates.clear()
    async with rooms(directory, telegram, blink) as parts:
        await parts.log_in()
        house = House(parts, telegram)
        async with connected(house):
            yield Several(parts, house, ann, ben)
        await house.bot.request.shutdown()
