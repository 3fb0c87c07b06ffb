"""The queue of updates and what people's messages look like in it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    MessageOriginUser,
)
from telegram.error import (
    Conflict,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ANN,
    BOB,
    GROUP,
    NOON,
    a_bot,
)


async def test_an_update_is_repeated_until_a_higher_offset_confirms_it(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    telegram.pending_updates.clear()
    first = ann.write("/arm@home_alarm_bot now")
    second = ann.write("hello /disarm")
    assert second == first + 1
    for _ in range(2):
        updates = await bot.get_updates()
        assert [update.update_id for update in updates] == [first, second]
    assert updates[0].message is not None
    assert list(updates[0].message.parse_entities().values()) == ["/arm@home_alarm_bot"]
    assert updates[0].message.from_user is not None
    assert updates[0].message.from_user.full_name == "Ann Lee"
    assert await bot.get_updates(limit=1) == (updates[0],)
    assert await bot.get_updates(offset=second) == (updates[1],)
    assert telegram.confirmed_offset == second
    assert await bot.get_updates(offset=second + 1) == ()
    assert telegram.pending_updates == []
    assert await bot.get_updates(offset=10**9) == ()
    assert telegram.confirmed_offset == second + 1


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, ann: Person) -> None:
    ann.write("1")
    newest = ann.write("2")
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == [newest]
    assert [update.update_id for update in await bot.get_updates()] == [newest]


async def test_a_long_poll_wakes_at_once(telegram: TelegramStandIn, bot: Bot, ann: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await an_open_poll(telegram)
    assert not poll.done()
    ann.write("/arm")
    async with asyncio.timeout(1):
        (update,) = await poll
    assert update.message is not None
    assert update.message.text == "/arm"


async def an_open_poll(telegram: TelegramStandIn) -> None:
    """Turn the loop until a getUpdates waits at the stand-in."""
    for _ in range(100_000):
        if telegram.being_polled:
            return
        await asyncio.sleep(0)
    raise AssertionError("no poll arrived")


async def test_a_second_poller_ends_the_first_with_a_conflict(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await an_open_poll(telegram)
    async with a_bot(telegram.url, telegram.token) as other:
        second = asyncio.create_task(other.get_updates(timeout=50))
        async with asyncio.timeout(1):
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await first
        ann.write("/arm")
        async with asyncio.timeout(1):
            assert len(await second) == 1


async def test_only_the_kinds_that_were_asked_for_are_queued(bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    assert ann.write("unseen") == 0
    await bot.get_updates()
    assert ann.write("still unseen") == 0
    await bot.get_updates(allowed_updates=[])
    assert ann.write("seen") > 0


async def test_waiting_updates_can_be_dropped(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    ann.write("/disarm")
    await bot.delete_webhook()
    assert len(telegram.pending_updates) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert telegram.pending_updates == []


async def test_anything_can_be_put_into_the_queue(telegram: TelegramStandIn) -> None:
    assert telegram.raw_update({"message": {"nonsense": True}}) == 500
    assert telegram.raw_update({"update_id": 700, "new_kind": 1}) == 700
    assert telegram.raw_update({}) == 701


async def test_forwarded_edited_replied_and_old_messages_say_so(bot: Bot, ann: Person) -> None:
    alert = await bot.send_message(ANN, "alert")
    ann.write("/arm", forwarded=True, date=NOON - timedelta(hours=2))
    ann.write("/disarm", edited=True)
    ann.write("123456", reply_to=alert.id)
    forwarded, edited, replied = await bot.get_updates()
    assert forwarded.message is not None
    assert isinstance(forwarded.message.forward_origin, MessageOriginUser)
    assert forwarded.message.date == NOON - timedelta(hours=2)
    assert edited.edited_message is not None
    assert edited.edited_message.text == "/disarm"
    assert edited.edited_message.message_id == forwarded.message.message_id
    assert replied.message is not None
    assert replied.message.reply_to_message is not None
    assert replied.message.reply_to_message.text == "alert"


async def test_privacy_mode_keeps_the_talk_of_a_group_from_the_bot(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    group = telegram.group(GROUP, "Home", [ann])
    mine = await bot.send_message(GROUP, "alert")
    assert ann.write("dinner?", chat=group) == 0
    assert ann.write("/arm@other_bot", chat=GROUP) == 0
    assert ann.write("/arm", chat=GROUP) > 0
    assert ann.write("/arm@Home_Alarm_Bot", chat=GROUP) > 0
    assert ann.write("it was me", chat=GROUP, reply_to=mine.id) > 0
    assert ann.write("well, @home_alarm_bot", chat=GROUP) > 0
    with pytest.raises(AssertionError, match="Bob is no member of Home"):
        telegram.person(BOB, "Bob").write("/arm", chat=GROUP)
