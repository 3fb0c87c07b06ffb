"""What the stand-ins let go of, so that a simulated year fits into memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import BadRequest

from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.telegram.files import FILES_KEPT
from simulator.telegram.world import MESSAGES_KEPT
from simulator.twilio import TwilioStandIn, human
from tests.simulator.telegram.bench import ALARM_BUTTONS, MP4, a_bot
from tests.simulator.telegram.bench import Clock as TelegramClock
from tests.simulator.twilio.bench import ANN, BOB, Clock, Customer


async def test_old_messages_go_and_new_ones_keep_their_numbers() -> None:
    telegram = TelegramStandIn()
    await telegram.start()
    ann = telegram.person(1, "Ann")
    ann.start()
    async with a_bot(telegram.url, telegram.token) as bot:
        for number in range(MESSAGES_KEPT + 1):
            newest = await bot.send_message(1, f"message {number}")
        telegram.forget()
        assert len(ann.chat.everything) == MESSAGES_KEPT
        assert telegram.seen == []
        with pytest.raises(BadRequest):
            await bot.edit_message_text("changed", 1, newest.message_id - MESSAGES_KEPT)
        await bot.edit_message_text("changed", 1, newest.message_id - MESSAGES_KEPT + 1)
        assert (await bot.send_message(1, "next")).message_id == newest.message_id + 1
    await telegram.stop()


async def test_old_files_go_and_no_id_is_given_out_twice() -> None:
    telegram = TelegramStandIn()
    await telegram.start()
    telegram.person(1, "Ann").start()
    async with a_bot(telegram.url, telegram.token) as bot:
        ids = []
        for _ in range(FILES_KEPT + 1):
            message = await bot.send_video(1, MP4)
            assert message.video is not None
            ids.append(message.video.file_id)
        telegram.forget()
        with pytest.raises(BadRequest):
            await bot.send_video(1, ids[0])
        await bot.send_video(1, ids[1])
        message = await bot.send_video(1, MP4)
        assert message.video is not None
        assert message.video.file_id not in ids
    await telegram.stop()


async def test_a_press_goes_once_it_cannot_be_answered_any_more() -> None:
    clock = TelegramClock()
    telegram = TelegramStandIn(now=clock.now, monotonic=clock.monotonic)
    await telegram.start()
    ann = telegram.person(1, "Ann")
    ann.start()
    async with a_bot(telegram.url, telegram.token) as bot:
        await bot.send_message(1, "ALARM", reply_markup=ALARM_BUTTONS)
        ann.press("Disarm")
        clock.seconds += 14.0
        telegram.forget()
        assert len(telegram.world.queries) == 1
        clock.seconds += 1.0
        telegram.forget()
        assert telegram.world.queries == {}
    await telegram.stop()


def test_clips_go_ten_days_after_their_last_change() -> None:
    blink = BlinkStandIn()
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    blink.clock = lambda: noon
    clip = blink.motion("Hall")
    blink.clock = lambda: noon + timedelta(days=10, seconds=-1)
    blink.forget()
    assert clip in blink.clips
    blink.clock = lambda: noon + timedelta(days=10)
    blink.forget()
    assert blink.clips == {}


def test_only_commands_that_ended_go() -> None:
    blink = BlinkStandIn()
    ended = blink.commands.give("arm", blink.networks[0])
    assert ended is not None
    for _ in range(blink.commands.polls):
        blink.commands.poll(blink.networks[0], ended.id)
    running = blink.commands.give("disarm", blink.networks[0])
    blink.forget()
    assert blink.commands.given == [running]


def test_only_dead_tokens_go() -> None:
    blink = BlinkStandIn()
    good = str(blink.tokens.issue()["access_token"])
    blink.expires_in = 0.0
    blink.tokens.issue()
    blink.forget()
    assert list(blink.tokens._access) == [good]


async def test_only_calls_that_are_over_go() -> None:
    clock = Clock()
    twilio = TwilioStandIn(clock=clock)
    twilio.number(ANN, human())
    await twilio.start()
    customer = Customer.of(twilio)
    await customer.call(ANN)
    clock.seconds += 60.0
    await customer.call(BOB)
    twilio.forget()
    assert [call.to for call in twilio.calls] == [BOB]
    customer.close()
    await twilio.stop()
