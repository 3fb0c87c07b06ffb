"""Whom the bot can write to, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    Chat,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ANN,
    BOB,
    GROUP,
    Clock,
    refusal,
)


async def test_who_cannot_be_written_to_is_told_apart(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    bob = telegram.person(BOB, "Bob")
    assert await refusal(lambda: bot.send_message(77, "x"), BadRequest) == "Chat not found"
    assert await refusal(lambda: bot.send_message("@nobody", "x"), BadRequest) == "Chat not found"
    answer = await refusal(lambda: bot.send_message(BOB, "x"), Forbidden)
    assert answer == "Forbidden: bot can't initiate conversation with a user"
    bob.start()
    await bot.send_message(BOB, "welcome")
    bob.block()
    answer = await refusal(lambda: bot.send_message(BOB, "x"), Forbidden)
    assert answer == "Forbidden: bot was blocked by the user"
    bob.unblock()
    await bot.send_message(BOB, "welcome back")
    assert [message.text for message in telegram.chat(BOB).messages] == ["welcome", "welcome back"]


async def test_another_bot_cannot_be_written_to(telegram: TelegramStandIn, bot: Bot) -> None:
    telegram.person(5, "Robot", is_bot=True).start()
    answer = await refusal(lambda: bot.send_message(5, "x"), Forbidden)
    assert answer == "Forbidden: bot can't send messages to bots"


async def test_a_block_and_its_end_are_told(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    ann.block()
    with pytest.raises(AssertionError, match="blocked the bot"):
        ann.write("hello?")
    ann.start()
    updates = await bot.get_updates()
    states = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert states == ["kicked", "member"]
    assert updates[-1].effective_message is not None
    assert updates[-1].effective_message.text == "/start"


async def test_a_migrated_group_names_its_new_id(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    old = telegram.group(GROUP, "Home", [ann])
    await bot.send_message(GROUP, "before")
    new = telegram.migrate_group(old)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(GROUP, "after")
    assert caught.value.new_chat_id == new.id
    sent = await bot.send_message(new.id, "after")
    assert sent.chat.type == Chat.SUPERGROUP
    told, arrived = [update.message for update in await bot.get_updates()]
    assert told is not None
    assert arrived is not None
    assert (told.migrate_to_chat_id, arrived.migrate_from_chat_id) == (new.id, GROUP)


async def test_a_chat_over_its_rate_waits_and_others_do_not(
    telegram: TelegramStandIn,
    bot: Bot,
    ann: Person,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram.person(BOB, "Bob").start()
    telegram.limit_rate(ANN, 2, 30)
    sent = await bot.send_message(ANN, "1")
    clock.seconds = 10
    await bot.edit_message_text("2", ANN, sent.id)
    clock.seconds = 29.5
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ANN, "3")
    assert caught.value.retry_after == timedelta(seconds=1)
    await bot.send_message(BOB, "3")
    clock.seconds = 30
    await bot.send_message(ANN, "3")
