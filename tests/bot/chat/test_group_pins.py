"""A PIN that is written in the home's group does not stay there, however it is written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from alarm.core import pins
from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.deliveries import DeleteBody
from alarm.core.household import HomeGroup
from alarm.core.pins import Pins
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, GROUP, household
from tests.bot.chat.house import House
from tests.bot.chat.postman import Postman
from tests.bot.chat.rooms import rooms
from tests.bot.chat.test_connection import connected

SALT = "00112233445566778899aabbccddeeff"


@pytest.mark.parametrize(
    ("first", "pin", "answer", "armed"),
    [("", "/disarm1234", "put a space", True), ("/disarm", "1234", "now disarmed", False)],
)
async def test_a_pin_in_the_group_is_answered_and_deleted(
    tmp_path: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    first: str,
    pin: str,
    answer: str,
    armed: bool,
) -> None:
    telegram.pending_updates.clear()
    group = telegram.group(GROUP, "Family", [ann])
    known = Pins(SALT, pins.hashed("1234", SALT))
    state = household(pins=known, group=HomeGroup(GROUP, "Family"))
    async with rooms(tmp_path, telegram, blink, state=state) as parts:
        house, postman = House(parts, telegram), Postman(parts)

        async def said(words: str) -> None:
            async with asyncio.timeout(5.0):
                while not any(words in message.text.lower() for message in group.messages):
                    await postman.carry()
                    await asyncio.sleep(0.005)

        parts.controller.apply(Arm(Actor(ANN, "Ann", ANN, 1)))
        async with connected(house):
            if first:
                ann.write(first, chat=group)
                await said("pin")
            # Of what is no command Telegram shows a bot in a group only the replies to it.
            ann.write(pin, chat=group, reply_to=group.last.id if first else None)
            await said(answer)
            await postman.carry()
            assert parts.controller.state.armed is armed
            written = next(m.id for m in group.everything if m.text == pin)
            bodies = [d.body for d in postman.carried if d.target == str(GROUP)]
            assert written in [b.message_id for b in bodies if isinstance(b, DeleteBody)]
        await house.bot.request.shutdown()
