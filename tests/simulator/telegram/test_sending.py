"""Messages, captions, buttons and replies, within Telegram's limits."""

from __future__ import annotations

from collections.abc import Awaitable

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ALARM_BUTTONS,
    ANN,
    JPEG,
    NOON,
    buttons,
    refusal,
)


async def test_a_message_comes_back_with_its_text_entities_and_reply(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    ann.write("/status")
    sent = await bot.send_message(
        ANN,
        " \n🚨 <b>ALARM</b> <a href='https://x.org/a?b&amp;c'>Garage</a> ",
        parse_mode="HTML",
        disable_notification=True,
        reply_to_message_id=2,
        reply_markup=ALARM_BUTTONS,
    )
    assert sent.text == "🚨 ALARM Garage"
    assert sent.parse_entities() == {sent.entities[0]: "ALARM", sent.entities[1]: "Garage"}
    assert [entity.offset for entity in sent.entities] == [3, 9]
    assert sent.entities[1].url == "https://x.org/a?b&c"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/status"
    assert sent.reply_markup == ALARM_BUTTONS
    assert sent.date == NOON
    seen = telegram.chat(ANN).last
    assert (seen.id, seen.silent, seen.reply_to, seen.at) == (3, True, 2, NOON)
    assert "<b>ALARM</b>" in seen.html
    assert seen.buttons == [
        [("Acknowledge", "ack:1"), ("False alarm", "false:1")],
        [("Disarm", "off:1")],
    ]


@pytest.mark.parametrize(("text", "mode"), [("", None), ("  \n ", None), ("<b> </b>", "HTML")])
async def test_an_empty_text_is_refused(bot: Bot, ann: Person, text: str, mode: str | None) -> None:
    answer = await refusal(lambda: bot.send_message(ANN, text, parse_mode=mode), BadRequest)
    assert answer in {"Message text is empty", "Text must be non-empty"}


async def test_a_text_of_4096_characters_after_parsing_is_the_longest(
    bot: Bot, ann: Person
) -> None:
    longest = "&lt;" * 4096
    sent = await bot.send_message(ANN, f"<b>{longest}</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096
    answer = await refusal(
        lambda: bot.send_message(ANN, longest + "x", parse_mode="HTML"), BadRequest
    )
    assert answer == "Message is too long"
    answer = await refusal(lambda: bot.edit_message_text("x" * 4097, ANN, sent.id), BadRequest)
    assert answer == "Message_too_long"


async def test_a_caption_of_1024_characters_is_the_longest(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(ANN, JPEG, caption="c" * 1024)
    assert sent.caption == "c" * 1024
    answer = await refusal(lambda: bot.send_photo(ANN, JPEG, caption="c" * 1025), BadRequest)
    assert answer == "Message caption is too long"


@pytest.mark.parametrize(
    ("data", "good"), [("x" * 64, True), ("é" * 32, True), ("x" * 65, False), ("é" * 33, False)]
)
async def test_callback_data_has_at_most_64_bytes(
    bot: Bot, ann: Person, data: str, good: bool
) -> None:
    def send() -> Awaitable[object]:
        return bot.send_message(ANN, "x", reply_markup=buttons([("B", data)]))

    if good:
        await send()
    else:
        assert await refusal(send, BadRequest) == "Button_data_invalid"


async def test_a_button_without_an_action_is_refused(bot: Bot, ann: Person) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("B")]])
    answer = await refusal(lambda: bot.send_message(ANN, "x", reply_markup=markup), BadRequest)
    assert "text buttons are unallowed" in answer


async def test_a_missing_message_is_replied_to_only_on_request(bot: Bot, ann: Person) -> None:
    answer = await refusal(lambda: bot.send_message(ANN, "x", reply_to_message_id=99), BadRequest)
    assert answer == "Message to be replied not found"
    sent = await bot.send_message(
        ANN, "x", reply_to_message_id=99, allow_sending_without_reply=True
    )
    assert sent.reply_to_message is None
