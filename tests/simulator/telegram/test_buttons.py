"""Pressed buttons and their answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    Bot,
    Message,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ALARM_BUTTONS,
    ANN,
    Clock,
    refusal,
)


async def test_a_press_brings_the_button_and_its_message(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    await bot.send_message(ANN, "first", reply_markup=ALARM_BUTTONS)
    second = await bot.send_message(ANN, "second", reply_markup=ALARM_BUTTONS)
    ann.press("acknow")
    ann.press("DISARM", message=second.id - 1)
    newest, older = [update.callback_query for update in await bot.get_updates()]
    assert newest is not None
    assert older is not None
    assert (newest.data, older.data) == ("ack:1", "off:1")
    assert isinstance(newest.message, Message)
    assert isinstance(older.message, Message)
    assert (newest.message.text, older.message.text) == ("second", "first")
    assert newest.from_user.id == ANN
    assert newest.message.from_user is not None
    assert newest.message.from_user.id == bot.id
    await newest.answer("Acknowledged", show_alert=True)
    (answer,) = telegram.callback_answers
    assert (answer.text, answer.alert, answer.person) == ("Acknowledged", True, "Ann")


async def test_a_missing_button_lists_those_that_are_there(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    sent = await bot.send_message(ANN, "x", reply_markup=ALARM_BUTTONS)
    with pytest.raises(AssertionError, match="'Acknowledge', 'False alarm', 'Disarm'"):
        ann.press("Cancel")
    await bot.edit_message_text("over", ANN, sent.id)
    with pytest.raises(AssertionError, match="no button 'Acknowledge'"):
        ann.press("Acknowledge")
    assert ann.press("Acknowledge", stale=True) > 0


async def test_a_press_is_answered_once_in_time_and_briefly(
    telegram: TelegramStandIn, bot: Bot, ann: Person, clock: Clock
) -> None:
    await bot.send_message(ANN, "x", reply_markup=ALARM_BUTTONS)
    for _ in range(3):
        ann.press("Acknowledge")
    ids = [update.callback_query.id for update in await bot.get_updates() if update.callback_query]

    def answer(query_id: str, text: str = "") -> Callable[[], Awaitable[object]]:
        return lambda: bot.answer_callback_query(query_id, text)

    assert await refusal(answer(ids[0], "x" * 201), BadRequest) == "Message_too_long"
    await bot.answer_callback_query(ids[0], "x" * 200)
    assert "Query is too old" in await refusal(answer(ids[0]), BadRequest)
    assert "Query is too old" in await refusal(answer("1"), BadRequest)
    clock.seconds = telegram.world.callback_seconds
    await bot.answer_callback_query(ids[1])
    clock.seconds += 0.1
    assert "Query is too old" in await refusal(answer(ids[2]), BadRequest)
