"""Messages and files on their way to Telegram, against its stand-in."""

from __future__ import annotations

import json
import traceback

import pytest

from bot.chat.errors import TOKEN_RETRY, ChatError
from bot.chat.fitting import MOST_TEXT
from bot.chat.sender import SURELY_SHORT, Sender
from bot.pages import Button, Page, Press
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from simulator.telegram.html import units
from tests.bot.chat.bench import MALLORY

ALERT = Page(
    "<b>ALARM</b>: Hall &amp; Garden",
    ((Button("Acknowledge", Press.ACKNOWLEDGE, "i1"), Button("Disarm", Press.DISARM, "i1")),),
)


async def failure(sender: Sender, chat: int, page: Page = ALERT) -> ChatError:
    with pytest.raises(ChatError) as caught:
        await sender.send(chat, page)
    return caught.value


async def test_a_page_arrives_with_its_format_and_its_buttons(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    arrived = ann.chat.last
    assert arrived.id == number
    assert arrived.text == "ALARM: Hall & Garden"
    assert arrived.content.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert [[button.text for button in row] for row in arrived.buttons] == [
        ["Acknowledge", "Disarm"]
    ]
    assert not arrived.silent


async def test_a_silent_page_makes_no_sound(sender: Sender, ann: Person) -> None:
    await sender.send(ann.id, ALERT, silent=True)
    assert ann.chat.last.silent


async def test_bad_html_falls_back_to_plain_text(sender: Sender, ann: Person) -> None:
    await sender.send(ann.id, Page("<b>ALARM: A &lt; B <br>", ALERT.buttons))
    assert [message.text for message in ann.chat.messages] == ["ALARM: A < B"]
    assert ann.chat.last.buttons


async def test_buttons_that_telegram_refuses_do_not_stop_the_words(
    sender: Sender, ann: Person
) -> None:
    await sender.send(ann.id, Page("<b>ALARM</b>", ((Button("X", Press.MORE, "i" * 65),),)))
    assert [message.text for message in ann.chat.messages] == ["ALARM"]
    assert ann.chat.last.buttons == []


async def test_a_text_that_is_too_long_arrives_in_part(sender: Sender, ann: Person) -> None:
    await sender.send(ann.id, Page("ALARM " + "🚨" * 5000, ALERT.buttons))
    assert ann.chat.last.text.startswith("ALARM 🚨")
    assert MOST_TEXT - 2 <= units(ann.chat.last.text) <= MOST_TEXT
    assert ann.chat.last.buttons


async def test_a_long_text_whose_form_is_refused_arrives_in_part_too(
    sender: Sender, ann: Person
) -> None:
    await sender.send(ann.id, Page("<br>ALARM " + "🚨" * 5000, ALERT.buttons))
    assert ann.chat.last.text.startswith("ALARM 🚨")
    assert len(ann.chat.last.text) == SURELY_SHORT
    assert ann.chat.last.buttons


async def test_what_is_refused_in_every_form_is_an_error(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    body = json.dumps({"ok": False, "error_code": 400, "description": "Bad Request: no"})
    telegram.faults.add("sendMessage", Fault(FaultKind.STATUS, 400, body))
    error = await failure(sender, ann.id)
    assert error.permanent
    assert telegram.count("sendMessage") == 3


async def test_an_edit_changes_words_and_buttons(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    await sender.edit(ann.id, number, Page("<b>ALARM over</b>"))
    assert ann.chat.last.text == "ALARM over"
    assert ann.chat.last.buttons == []


async def test_an_edit_that_changes_nothing_is_no_error(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    await sender.edit(ann.id, number, ALERT)
    assert ann.chat.last.edits == []


async def test_an_edit_of_what_was_deleted_is_no_error(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    ann.chat.last.deleted = True
    await sender.edit(ann.id, number, Page("ALARM over"))


async def test_a_bad_edit_falls_back_to_plain_text(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    await sender.edit(ann.id, number, Page("<i>ALARM over", ALERT.buttons))
    assert ann.chat.last.text == "ALARM over"


async def test_an_edit_in_a_blocked_chat_is_an_error(sender: Sender, ann: Person) -> None:
    number = await sender.send(ann.id, ALERT)
    ann.block()
    with pytest.raises(ChatError, match="blocked"):
        await sender.edit(ann.id, number, Page("ALARM over"))


async def test_who_never_pressed_start_cannot_be_written_to(
    telegram: TelegramStandIn, sender: Sender
) -> None:
    telegram.person(MALLORY, "Mallory")
    assert (await failure(sender, MALLORY)).permanent


async def test_who_does_not_exist_cannot_be_written_to(sender: Sender) -> None:
    error = await failure(sender, 999)
    assert error.permanent
    assert not error.bad_message


async def test_a_wait_that_telegram_asks_for_is_passed_on(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    telegram.limit_rate(ann.chat, 1, 60.0)
    await sender.send(ann.id, ALERT)
    assert (await failure(sender, ann.id)).retry_after == 60.0


async def test_a_refused_token_is_told_without_the_token(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    secret, telegram.token = telegram.token, "110201543:AAH" + "x" * 32
    error = await failure(sender, ann.id)
    assert error.retry_after == TOKEN_RETRY
    assert secret not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.GARBAGE),
        Fault(FaultKind.CUT),
        Fault(FaultKind.DROP),
        Fault(FaultKind.LATE),
        Fault(FaultKind.STATUS, 502, "<html>Bad Gateway</html>"),
        Fault(FaultKind.STATUS, 200, '{"ok":false}'),
        Fault(FaultKind.STATUS, 200, '{"ok":true,"result":{}}'),
        Fault(FaultKind.STATUS, 200, '{"ok":true,"result":true}'),
        Fault(FaultKind.STATUS, 200, "[]"),
    ],
    ids=[
        "garbage",
        "cut",
        "drop",
        "late",
        "bad-gateway",
        "ok-false",
        "no-message",
        "true",
        "a-list",
    ],
)
async def test_an_odd_answer_leaves_open_whether_it_arrived(
    telegram: TelegramStandIn, sender: Sender, ann: Person, fault: Fault
) -> None:
    telegram.faults.add("sendMessage", fault)
    error = await failure(sender, ann.id)
    assert error.uncertain
    assert not error.permanent
    telegram.faults.clear()
    await sender.send(ann.id, ALERT)


async def test_a_server_that_is_gone_never_got_it(
    telegram: TelegramStandIn, sender: Sender, ann: Person
) -> None:
    await telegram.stop()
    error = await failure(sender, ann.id)
    assert not error.uncertain
    assert not error.permanent


async def test_a_press_is_answered(telegram: TelegramStandIn, sender: Sender, ann: Person) -> None:
    await sender.send(ann.id, ALERT)
    ann.press("Acknowledge")
    query = telegram.pending_updates[-1]["callback_query"]["id"]
    assert await sender.answer_press(query)
    assert [answer.query_id for answer in telegram.callback_answers] == [query]


async def test_of_a_press_too_old_to_be_answered_the_asker_knows(
    telegram: TelegramStandIn, sender: Sender
) -> None:
    assert not await sender.answer_press("no such query")
    assert telegram.callback_answers == []
