"""The chat side as a whole: it connects through every trouble, and owns up to its mistakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.connection import LONGEST_PAUSE
from bot.chat.menus import Menus
from bot.words.help import COMMANDS, IN_MENU
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import MALLORY
from tests.bot.chat.house import House
from tests.bot.chat.rooms import rooms


@pytest.fixture
async def house(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[House]:
    telegram.pending_updates.clear()
    async with rooms(tmp_path, telegram, blink) as parts:
        house = House(parts, telegram)
        yield house
        await parts.replies.settle(1.0)
        await house.bot.request.shutdown()


@asynccontextmanager
async def connected(house: House) -> AsyncIterator[None]:
    task = asyncio.create_task(house.connection.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await house.application.shutdown()
    assert task.cancelled()


TROUBLES = {
    "401": Fault(FaultKind.STATUS, 401, '{"ok":false,"description":"Unauthorized"}'),
    "404": Fault(FaultKind.STATUS, 404, '{"ok":false,"description":"Not Found"}'),
    "429": Fault(
        FaultKind.STATUS, 429, '{"ok":false,"description":"","parameters":{"retry_after":1}}'
    ),
    "500": Fault(FaultKind.STATUS, 500),
    "garbage": Fault(FaultKind.GARBAGE),
    "cut": Fault(FaultKind.CUT),
    "drop": Fault(FaultKind.DROP),
    "ok-false": Fault(FaultKind.STATUS, 200, '{"ok":false}'),
    "no-bot": Fault(FaultKind.STATUS, 200, '{"ok":true,"result":{}}'),
    "not-a-bot": Fault(FaultKind.STATUS, 200, '{"ok":true,"result":7}'),
}


@pytest.mark.parametrize("fault", TROUBLES.values(), ids=TROUBLES.keys())
async def test_it_connects_after_every_trouble(
    house: House, telegram: TelegramStandIn, ann: Person, fault: Fault
) -> None:
    telegram.faults.add("getMe", Fault(**(vars(fault) | {"times": 6})))
    async with connected(house):
        ann.write("/help")
        await telegram.wait_for("/disarm", chat=ann.chat)
    assert house.waits[:6] == [1.0, 2.0, 4.0, 8.0, LONGEST_PAUSE, LONGEST_PAUSE]
    assert house.vitals.telegram_trouble == ""
    assert house.vitals.bot_username == "home_alarm_bot"
    assert house.announced == 1


async def test_an_error_in_a_handler_is_owned_up_to_and_the_next_command_runs(
    house: House, telegram: TelegramStandIn, ann: Person
) -> None:
    house.broken = True
    async with connected(house):
        ann.write("/status")
        await telegram.wait_for("not done", chat=ann.chat)
        ann.write("/help")
        await telegram.wait_for("/disarm", chat=ann.chat)
    assert len(ann.chat.messages) == 2


@pytest.mark.parametrize("wrong", [timedelta(minutes=-10), timedelta(minutes=10)])
async def test_a_wrong_clock_of_this_computer_makes_no_command_old(
    tmp_path: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    wrong: timedelta,
) -> None:
    telegram.pending_updates.clear()
    async with rooms(tmp_path, telegram, blink, wrong=wrong) as parts:
        house = House(parts, telegram)
        async with connected(house):
            ann.write("/code 12")
            await telegram.wait_for("/code 123456", chat=ann.chat)
            ann.write("/help", date=datetime.now(UTC) - timedelta(minutes=5))
            await telegram.wait_for("Send it again", chat=ann.chat)
        await parts.replies.settle(1.0)
        await house.bot.request.shutdown()


async def test_menus_are_shown_to_people_we_know_and_to_nobody_else(
    house: House, telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.person(MALLORY, "Mallory").write("/help")
    async with connected(house):
        ann.write("/help")
        await telegram.wait_for("/disarm", chat=ann.chat)
    await house.rooms.replies.settle(1.0)
    menu = telegram.menu(f"chat:{ann.id}")
    assert [entry["command"] for entry in menu] == [c for c in COMMANDS if c in IN_MENU]
    assert telegram.menu() == telegram.menu(f"chat:{MALLORY}") == []


async def test_a_menu_that_failed_is_set_the_next_time(
    house: House, telegram: TelegramStandIn, ann: Person
) -> None:
    menus, state = Menus(house.bot), house.rooms.controller.state
    telegram.faults.add("setMyCommands", Fault(FaultKind.DROP, times=1))
    await menus.bring_up_to_date(state)
    assert telegram.menu(f"chat:{ann.id}") == []
    await menus.bring_up_to_date(state)
    assert telegram.menu(f"chat:{ann.id}") != []
    asked = telegram.count("setMyCommands")
    await menus.bring_up_to_date(state)
    # Ben and Vic never wrote to the bot, so their chats cannot be found yet.
    assert telegram.count("setMyCommands") == asked + 2
