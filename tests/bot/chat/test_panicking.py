"""Raising the alarm by hand takes two taps, the second within a minute."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.incident import IncidentKind
from alarm.core.notices import Notice
from bot.pages import Press
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.written import Talk, talk


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann) as chat:
        yield chat


def kinds(chat: Talk) -> list[IncidentKind]:
    return [incident.kind for incident in chat.state.incidents.values()]


async def test_the_first_tap_asks_and_raises_nothing(chat: Talk) -> None:
    await chat.write("/panic")
    await chat.read("Raise the alarm now?")
    assert kinds(chat) == []


async def test_the_second_tap_raises_the_alarm(chat: Talk) -> None:
    await chat.press(Press.PANIC, str(int(chat.now.timestamp())))
    assert kinds(chat) == [IncidentKind.PANIC]


async def test_a_tap_after_a_minute_is_asked_anew(chat: Talk) -> None:
    asked = chat.now - timedelta(seconds=62)
    await chat.press(Press.PANIC, str(int(asked.timestamp())))
    assert kinds(chat) == []
    assert chat.waiting(Notice.PANIC_ASK)


async def test_a_question_of_before_the_end_of_the_alarm_stays_and_is_asked_anew(
    chat: Talk,
) -> None:
    asked = str(int(chat.now.timestamp()))
    await chat.press(Press.PANIC, asked)
    await chat.rooms.replies.settle(1.0)
    await chat.write("/disarm")
    assert chat.telegram.count("editMessageText") == 1
    await chat.press(Press.PANIC, asked)
    assert kinds(chat) == [IncidentKind.PANIC]
    assert chat.waiting(Notice.PANIC_ASK)
    await chat.rooms.replies.settle(1.0)
    assert chat.telegram.count("editMessageText") == 1


@pytest.mark.parametrize("about", ["", "now", "9" * 30])
async def test_a_button_that_nobody_made_raises_nothing(chat: Talk, about: str) -> None:
    await chat.press(Press.PANIC, about)
    await chat.read("Send /panic again")
    assert kinds(chat) == []
