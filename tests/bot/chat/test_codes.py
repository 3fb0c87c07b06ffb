"""The code that Blink sends: tried where one is wanted, asked for anew where that helps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.errors import BadInput
from alarm.core.state import Login, LoginStatus
from bot.chat.codes import RESEND_AFTER
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.rooms import Rooms, rooms


@pytest.fixture
async def house(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Rooms]:
    blink.two_factor = "202"
    async with rooms(tmp_path, telegram, blink) as house:
        yield house


async def status(house: Rooms, wanted: LoginStatus) -> None:
    for _ in range(500):
        if house.controller.state.login.status is wanted:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"the login is {house.controller.state.login}")


def be(house: Rooms, login: LoginStatus) -> None:
    house.controller.state = replace(house.controller.state, login=Login(login))


async def asked_for_code(house: Rooms) -> None:
    house.codes.send_new(1001)
    await status(house, LoginStatus.CODE_PENDING)


@pytest.mark.parametrize("text", ["123456", " 123 456 ", "123-456"])
async def test_a_code_is_taken_however_it_is_written(
    house: Rooms, blink: BlinkStandIn, text: str
) -> None:
    await asked_for_code(house)
    house.codes.enter(1001, text)
    await status(house, LoginStatus.DONE)
    assert blink.codes_sent == 1


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a456", "١٢٣٤٥٦", "1.5e3", "²²²²"])
async def test_what_cannot_be_a_code_is_not_sent(
    house: Rooms, blink: BlinkStandIn, text: str
) -> None:
    await asked_for_code(house)
    with pytest.raises(BadInput, match="/code 123456"):
        house.codes.enter(1001, text)
    assert blink.count("2fa") == 0


async def test_a_wrong_code_may_be_followed_by_the_right_one(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    await asked_for_code(house)
    house.codes.enter(ann.id, "654321")
    await telegram.wait_for(lambda message: bool(message.buttons), chat=ann.chat)
    house.codes.enter(ann.id, "123456")
    await status(house, LoginStatus.DONE)
    assert blink.signins == 1


async def test_no_code_is_taken_once_blink_is_logged_in(house: Rooms, blink: BlinkStandIn) -> None:
    be(house, LoginStatus.DONE)
    with pytest.raises(BadInput, match="logged in"):
        house.codes.enter(1001, "123456")
    assert blink.count() == 0


async def test_a_code_without_a_login_that_waits_for_it_offers_a_new_one(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    be(house, LoginStatus.CODE_LOST)
    house.codes.enter(ann.id, "123456")
    message = await telegram.wait_for(lambda message: bool(message.buttons), chat=ann.chat)
    assert message.buttons[0][0].text == "Send a new code"
    assert blink.count() == 0


async def test_a_button_pressed_twice_sends_one_code(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    await asked_for_code(house)
    house.codes.send_new(ann.id)
    await telegram.wait_for("code", chat=ann.chat)
    assert blink.codes_sent == 1


@pytest.mark.parametrize(
    ("waited", "codes"),
    [
        (RESEND_AFTER - timedelta(seconds=10), 1),
        (RESEND_AFTER, 2),
        (RESEND_AFTER + timedelta(seconds=1), 2),
    ],
)
async def test_after_a_minute_a_person_gets_another_code(
    house: Rooms,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    waited: timedelta,
    codes: int,
) -> None:
    await asked_for_code(house)
    house.clock.passed = waited
    house.codes.send_new(ann.id)
    if codes == 1:
        await telegram.wait_for("code", chat=ann.chat)
    for _ in range(1000):
        if blink.codes_sent == codes:
            break
        await asyncio.sleep(0.005)
    await status(house, LoginStatus.CODE_PENDING)
    assert blink.codes_sent == codes


async def test_a_person_may_try_again_after_blink_refused_the_password(
    house: Rooms, blink: BlinkStandIn, ann: Person
) -> None:
    be(house, LoginStatus.REFUSED)
    house.codes.send_new(ann.id)
    await status(house, LoginStatus.CODE_PENDING)
    house.codes.enter(ann.id, "123456")
    await status(house, LoginStatus.DONE)
    assert blink.signins == 1


async def test_a_button_of_yesterday_begins_no_login_that_is_no_use(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    be(house, LoginStatus.DONE)
    house.codes.send_new(ann.id)
    await telegram.wait_for("Blink", chat=ann.chat)
    assert blink.count() == 0
