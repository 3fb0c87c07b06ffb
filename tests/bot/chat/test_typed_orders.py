"""What people mistype behind /arm and /disarm, and how they write it otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.test_scheduling import panel
from tests.bot.chat.written import Talk, talk


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann) as chat:
        yield chat


async def test_disarm_works_whatever_stands_behind_it_but_a_time(chat: Talk) -> None:
    for text in ("/disarm for ever", "/disarm please", "/disarm garage"):
        await chat.write("/arm")
        await chat.write(text)
        assert panel(chat) == "disarmed"
    await chat.read("“garage” was not understood: everything is disarmed, with no end.")


async def test_a_time_that_disarm_cannot_follow_changes_nothing_and_gives_a_button(
    chat: Talk,
) -> None:
    await chat.write("/arm")
    for text, answer in (
        ("/disarm in 10m", "acts at once"),
        ("/disarm 25:00", "no time of day"),
        ("/disarm until 25:00", "/disarm until 18:00"),
    ):
        await chat.write(text)
        await chat.read(answer)
        assert panel(chat) == "away"
        assert [b.text for row in chat.ann.chat.last.buttons for b in row] == ["Disarm"]


async def test_a_bad_time_arms_nothing(chat: Talk) -> None:
    for text, answer in (
        ("/arm until 25:00", "For example /arm until 7:00"),
        ("/arm 7:00", "From 7:00 or until 7:00? Write /arm at 7:00 or /arm until 7:00."),
        ("/arm 25:00", "25:00 is no time of day"),
    ):
        await chat.write(text)
        await chat.read(answer)
        assert panel(chat) == "disarmed"
