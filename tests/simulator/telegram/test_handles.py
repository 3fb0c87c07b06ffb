"""What the stand-in offers to tests and to the demo."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    Update,
)
from telegram.error import (
    TelegramError,
)

from simulator.faults import Fault, FaultKind
from simulator.telegram import Deed, Happening, Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ALARM_BUTTONS,
    ANN,
)


async def test_waiting_sees_new_messages_and_edits(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    wait = asyncio.create_task(telegram.wait_for("ALARM", chat=ANN))
    sent = await bot.send_message(ANN, "quiet")
    assert not wait.done()
    await bot.edit_message_text("ALARM in the garage", ANN, sent.id)
    assert (await wait).id == sent.id
    found = await telegram.wait_for(lambda message: bool(message.edits))
    assert found.text == "ALARM in the garage"
    with pytest.raises(AssertionError, match=r"did not say 'ALARM' within 0 s\n(?s:.*)was: quiet"):
        await telegram.wait_for("ALARM", chat=ANN, timeout=0, after=sent.id)


async def test_every_happening_is_told(telegram: TelegramStandIn, bot: Bot, ann: Person) -> None:
    seen: list[Happening] = []
    telegram.on_message = seen.append
    ann.write("/arm")
    sent = await bot.send_message(ANN, "arming", reply_markup=ALARM_BUTTONS)
    ann.press("Disarm")
    await bot.answer_callback_query(next(iter(telegram.world.queries)), "ok")
    await bot.edit_message_text("disarmed", ANN, sent.id)
    await bot.delete_message(ANN, sent.id)
    assert [(happening.deed, happening.who, happening.text) for happening in seen] == [
        (Deed.WROTE, "Ann", "/arm"),
        (Deed.SENT, "Home alarm", "arming"),
        (Deed.PRESSED, "Ann", "Disarm"),
        (Deed.ANSWERED, "Home alarm", "ok"),
        (Deed.EDITED, "Home alarm", "disarmed"),
        (Deed.DELETED, "Home alarm", "disarmed"),
    ]
    assert "was: arming" in telegram.transcript(ANN)


async def test_an_answer_lost_on_the_way_leaves_the_message_in_the_chat(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    telegram.faults.add("sendMessage", Fault(FaultKind.LATE, times=1))
    with pytest.raises(TelegramError):
        await bot.send_message(ANN, "ALARM")
    assert telegram.chat(ANN).last.text == "ALARM"


async def test_it_comes_back_on_its_port_with_its_memory(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    port = telegram.port
    await telegram.stop()
    ann.write("/disarm")
    await telegram.start(port)
    (update,) = await bot.get_updates()
    assert isinstance(update, Update)
    assert update.message is not None
    assert update.message.text == "/disarm"
