"""`/clip`: the newest clip of a camera, or of any."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alarm.core.errors import BadInput
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, SentMessage, TelegramStandIn
from tests.bot.chat.rooms import Rooms, rooms

DAY = timedelta(days=1)


@pytest.fixture
async def house(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Rooms]:
    async with rooms(tmp_path, telegram, blink) as house:
        await house.log_in()
        yield house


def filmed(blink: BlinkStandIn, camera: str, ago: timedelta) -> int:
    """Record a clip that was made and listed some time ago."""
    number = blink.motion(camera, at=datetime.now(UTC) - ago)
    blink.clips[number].updated_at = blink.clips[number].created_at
    return number


async def shown(house: Rooms, telegram: TelegramStandIn, ann: Person, argument: str) -> SentMessage:
    asked = ann.chat.everything[-1].id
    house.last_clip().show(ann.id, argument, reply_to=asked)
    return await telegram.wait_for(lambda message: True, chat=ann.chat, after=asked)


async def test_the_newest_clip_of_any_camera_comes_as_a_reply(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Garage", timedelta(hours=2))
    filmed(blink, "Hall", timedelta(hours=1))
    message = await shown(house, telegram, ann, "")
    assert message.video is not None
    assert message.video.content == blink.clip_bytes
    assert "Hall" in message.text
    assert not message.silent
    assert message.reply_to == 1


async def test_the_newest_clip_of_one_camera_is_found_behind_others(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    blink.limit = 5
    filmed(blink, "Garage", timedelta(hours=5))
    for hour in range(4):
        for minute in range(6):
            filmed(blink, "Hall", timedelta(hours=hour, minutes=minute))
    message = await shown(house, telegram, ann, "garag")
    assert "Garage" in message.text


@pytest.mark.parametrize("days", [0.9, 1.1, 6.9, 7.1, 59.0])
async def test_a_clip_is_found_however_old_it_is(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person, days: float
) -> None:
    filmed(blink, "Garage", days * DAY)
    message = await shown(house, telegram, ann, "")
    assert message.video is not None


async def test_an_old_clip_that_was_watched_today_is_not_the_newest(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Garage", 3 * DAY)
    blink.relist(filmed(blink, "Hall", 5 * DAY))
    message = await shown(house, telegram, ann, "")
    assert "Garage" in message.text


async def test_a_clip_that_was_deleted_in_the_app_is_not_the_newest(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Garage", timedelta(hours=2))
    blink.delete_clip(filmed(blink, "Hall", timedelta(hours=1)))
    message = await shown(house, telegram, ann, "")
    assert "Garage" in message.text


async def test_a_wrong_clock_of_this_computer_hides_no_clip(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    blink.skew = -400 * DAY
    blink.motion("Hall")
    await house.log_in()
    message = await shown(house, telegram, ann, "")
    assert message.video is not None


async def test_no_clip_at_all_is_said(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    assert "No clip" in (await shown(house, telegram, ann, "")).text
    filmed(blink, "Hall", timedelta(hours=1))
    message = await shown(house, telegram, ann, "Garage")
    assert "No clip of Garage" in message.text


@pytest.mark.parametrize("argument", ["Attic", "a"])
async def test_a_camera_that_is_not_known_is_an_error(house: Rooms, argument: str) -> None:
    with pytest.raises(BadInput, match="Garage"):
        house.last_clip().show(1001, argument, reply_to=1)


async def test_a_camera_is_not_known_before_any_is(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> None:
    async with rooms(tmp_path, telegram, blink) as house:
        with pytest.raises(BadInput):
            house.last_clip().show(1001, "Garage", reply_to=1)


async def test_a_clip_that_goes_while_it_is_fetched_is_said_to_be_gone(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Hall", timedelta(hours=1))
    blink.faults.add(r"\.mp4", Fault(FaultKind.STATUS, 404, "{}"))
    message = await shown(house, telegram, ann, "")
    assert "gone" in message.text
    assert message.video is None


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.STATUS, 503, "{}"),
        Fault(FaultKind.GARBAGE),
        Fault(FaultKind.DROP),
        Fault(FaultKind.HANG, seconds=30.0),
    ],
    ids=lambda fault: str(fault.kind),
)
@pytest.mark.parametrize("path", ["media/changed", r"\.mp4"], ids=["list", "file"])
async def test_a_blink_that_does_not_answer_is_said(
    house: Rooms,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    path: str,
    fault: Fault,
) -> None:
    filmed(blink, "Hall", timedelta(hours=1))
    blink.faults.add(path, fault)
    message = await shown(house, telegram, ann, "")
    assert "No clip now" in message.text


async def test_nobody_waits_longer_than_the_limit_for_the_list(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    blink.faults.add("media/changed", Fault(FaultKind.SLOW, seconds=0.15))
    house.last_clip(list_limit=0.1).show(ann.id, "", reply_to=1)
    message = await telegram.wait_for("No clip now", chat=ann.chat)
    assert "in time" in message.text


async def test_what_was_read_when_time_ran_out_is_shown(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    blink.limit = 2
    for hour in range(4):
        filmed(blink, "Hall", timedelta(hours=hour))
    blink.faults.add("page=2", Fault(FaultKind.HANG, seconds=30.0))
    house.last_clip(list_limit=0.2).show(ann.id, "", reply_to=1)
    message = await telegram.wait_for(lambda sent: sent.video is not None, chat=ann.chat)
    assert "Hall" in message.text


async def test_a_clip_that_takes_a_while_is_announced(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Hall", timedelta(hours=1))
    telegram.faults.add("sendVideo", Fault(FaultKind.SLOW, seconds=0.4))
    house.last_clip(patience=0.05).show(ann.id, "", reply_to=1)
    announced = await telegram.wait_for("on its way", chat=ann.chat)
    assert "Hall" in announced.text
    await telegram.wait_for(lambda sent: sent.video is not None, chat=ann.chat)


async def test_a_clip_that_telegram_does_not_take_is_said(
    house: Rooms, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    filmed(blink, "Hall", timedelta(hours=1))
    telegram.faults.add("sendVideo", Fault(FaultKind.STATUS, 502, "Bad Gateway"))
    message = await shown(house, telegram, ann, "")
    assert "Telegram" in message.text
    assert message.video is None


async def test_without_a_login_nothing_is_asked(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> None:
    async with rooms(tmp_path, telegram, blink) as house:
        message = await shown(house, telegram, ann, "")
    assert "No clip now" in message.text
    assert blink.count() == 0
