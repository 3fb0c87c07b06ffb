"""Edits and deletions."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta

from telegram import (
    Bot,
    ForceReply,
    Message,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ALARM_BUTTONS,
    ANN,
    NOON,
    PNG,
    Clock,
    refusal,
)


async def test_edits_are_kept_with_their_times(
    telegram: TelegramStandIn, bot: Bot, ann: Person, clock: Clock
) -> None:
    sent = await bot.send_message(ANN, "one", reply_markup=ALARM_BUTTONS)
    clock.seconds = 5
    edited = await bot.edit_message_text("two", ANN, sent.id, reply_markup=ALARM_BUTTONS)
    assert isinstance(edited, Message)
    assert edited.edit_date == NOON + timedelta(seconds=5)
    clock.seconds = 9
    await bot.edit_message_text("<b>three</b>", ANN, sent.id, parse_mode="HTML")
    seen = telegram.chat(ANN).last
    assert (seen.text, seen.html, seen.buttons) == ("three", "<b>three</b>", [])
    assert [(old.text, old.monotonic) for old in seen.edits] == [("one", 0), ("two", 5)]
    assert seen.edits[1].buttons[0][0] == ("Acknowledge", "ack:1")
    assert (seen.monotonic, seen.edited_monotonic) == (0, 9)


async def test_an_edit_needs_its_message_and_a_change(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    ann.write("mine")
    sent = await bot.send_message(ANN, "<b>x</b>", parse_mode="HTML", reply_markup=ALARM_BUTTONS)
    answer = await refusal(lambda: bot.edit_message_text("y", ANN, 99), BadRequest)
    assert answer == "Message to edit not found"
    answer = await refusal(lambda: bot.edit_message_text("y", ANN, 2), BadRequest)
    assert answer == "Message can't be edited"

    def same(text: str) -> Awaitable[object]:
        return bot.edit_message_text(
            text, ANN, sent.id, parse_mode="HTML", reply_markup=ALARM_BUTTONS
        )

    assert "exactly the same" in await refusal(lambda: same("<strong>x</strong>"), BadRequest)
    await same("x")
    answer = await refusal(lambda: bot.edit_message_caption(ANN, sent.id, caption="c"), BadRequest)
    assert answer == "There is no caption in the message to edit"
    answer = await refusal(
        lambda: bot.edit_message_text("y", ANN, sent.id, reply_markup=ForceReply()),  # type: ignore[arg-type]
        BadRequest,
    )
    assert answer == "Inline keyboard expected"
    await bot.delete_message(ANN, sent.id)
    assert telegram.chat(ANN).messages[0].deleted
    answer = await refusal(lambda: bot.edit_message_text("y", ANN, sent.id), BadRequest)
    assert answer == "Message to edit not found"
    answer = await refusal(lambda: bot.delete_message(ANN, sent.id), BadRequest)
    assert answer == "Message to delete not found"


async def test_buttons_and_captions_are_edited_alone(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    sent = await bot.send_photo(ANN, PNG, caption="before", reply_markup=ALARM_BUTTONS)
    answer = await refusal(lambda: bot.edit_message_text("y", ANN, sent.id), BadRequest)
    assert answer == "There is no text in the message to edit"
    await bot.edit_message_caption(ANN, sent.id, caption="after", reply_markup=ALARM_BUTTONS)
    await bot.edit_message_reply_markup(ANN, sent.id)
    seen = telegram.chat(ANN).last
    assert (seen.text, seen.buttons, len(seen.edits)) == ("after", [], 2)
