"""A guest's whole stay: invited, in, armed, and out at the end by the clock alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.inputs import Tick
from alarm.core.state import Person as Guest
from alarm.core.state import Role
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, BEN
from tests.bot.chat.house import House
from tests.bot.chat.postman import Postman
from tests.bot.chat.rooms import rooms
from tests.bot.chat.test_connection import connected

CLEO = 1044


async def test_a_guest_comes_arms_and_leaves_by_the_clock(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    telegram.pending_updates.clear()
    cleo = telegram.person(CLEO, "Cleo")
    telegram.person(BEN, "Ben").write("hello")
    async with rooms(tmp_path, telegram, blink) as parts:
        await parts.log_in()
        house, postman, controller = House(parts, telegram), Postman(parts), parts.controller

        async def said(person: Person, wanted: str) -> str:
            for _ in range(400):
                await postman.carry()
                for message in person.chat.messages:
                    if wanted in message.text:
                        return message.text
                await house.sleep(0)
            raise AssertionError(person.chat.transcript())

        async with connected(house):
            ann.write("/invite member for 2h")
            link = await said(ann, "Pass this on")
            cleo.start(link.partition("/start ")[2].split()[0])
            assert "a guest until" in await said(cleo, "Hello Cleo")
            cleo.write("/arm")
            await said(cleo, "arming")
            assert controller.state.armed
            parts.clock.passed += timedelta(hours=2)
            controller.apply(Tick())
            assert str(CLEO) not in controller.state.people
            await said(cleo, "Your time as a guest here is over")
            await said(ann, "Cleo is no guest any more")
            last = cleo.chat.everything[-1].id
            cleo.write("/disarm", date=parts.clock.wall())
            ann.write("/users", date=parts.clock.wall())
            await said(ann, "Ann: owner")
            await postman.carry()
            assert controller.state.armed
            assert not [m for m in cleo.chat.messages if m.id > last]
        await house.bot.request.shutdown()


async def test_a_guest_whose_stay_is_over_commands_nothing_before_any_clock_was_confirmed(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    telegram.pending_updates.clear()
    cleo = telegram.person(CLEO, "Cleo")
    cleo.write("hello")
    telegram.pending_updates.clear()
    async with rooms(tmp_path, telegram, blink) as parts:
        house, postman, controller = House(parts, telegram), Postman(parts), parts.controller
        controller.apply(Arm(Actor(ANN, "Ann", ANN, 1)))
        end = parts.clock.wall() - timedelta(seconds=1)
        guest = Guest(CLEO, "Cleo", Role.MEMBER, until=end)
        people = {**controller.state.people, str(CLEO): guest}
        controller.state = replace(controller.state, people=people)
        async with connected(house):
            cleo.write("/disarm")
            ann.write("/users")
            await telegram.wait_for("Ann: owner", chat=ann.chat)
            await postman.carry()
            assert str(CLEO) in controller.state.people
            assert controller.state.armed
            assert not cleo.chat.messages or "hello" in cleo.chat.last.text
        await house.bot.request.shutdown()
