"""Settings by buttons that change their page in place, and each by command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from alarm.core.option_list import BY_KEY
from alarm.core.settings import Mode
from bot.chat.commands import Commands
from bot.chat.presses import Presses
from bot.pages import Page
from bot.vitals import Vitals
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import message, press, update
from tests.bot.chat.rooms import Rooms, rooms

CONTEXT: Any = None
NUMBERS = count(500)


class Chat:
    """What Ann writes and presses, without a program around it."""

    def __init__(self, parts: Rooms) -> None:
        self.parts = parts
        topics = parts.topics(Vitals())
        self.commands = Commands(topics, parts.controller, parts.replies)
        self.presses = Presses(topics, parts.replies, Vitals())

    async def write(self, text: str) -> None:
        fresh = {"date": int(self.parts.clock.wall().timestamp())}
        written = message(text) | fresh
        await self.commands.written(update(message=written, update_id=next(NUMBERS)), CONTEXT)
        await self.parts.replies.settle(5.0)

    async def press(self, data: str, message_id: int) -> None:
        pressed = press(data)
        pressed["message"] = pressed["message"] | {"message_id": message_id}
        await self.presses.pressed(update(callback_query=pressed, update_id=next(NUMBERS)), CONTEXT)
        await self.parts.replies.settle(5.0)


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Chat]:
    async with rooms(tmp_path, telegram, blink) as parts:
        yield Chat(parts)


async def test_two_presses_lead_to_a_setting_and_the_third_changes_it(
    chat: Chat, ann: Person
) -> None:
    await chat.write("/settings")
    page = ann.chat.last
    assert page.text.startswith("⚙️ Settings")
    await chat.press("settings:calls", page.id)
    assert page.text.startswith("⚙️ Calls")
    data = next(b.data for row in page.buttons for b in row if b.text == "▲ 3 · Rounds of calls")
    await chat.press(data, page.id)
    assert page.text.startswith("✅ Rounds of calls: 3 (before: 2).")
    assert chat.parts.controller.state.settings.plan.cycles == 3
    await chat.press("settings:", page.id)
    assert page.text.startswith("⚙️ Settings")
    assert len(ann.chat.messages) == 1


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("/settings calls", "⚙️ Calls"),
        ("/settings exit delay", "⚙️ Away"),
        ("/settings exit delay 6m", "✋ The exit delay must be 0 s to 5 min."),
        ("/settings exit delay 6", "✋ Seconds or minutes? Write 6s or 6m. Exit delay: 0 s to 5"),
        ("/settings colour blue", "✋ There is no such setting."),
        ("/threshold 51", "✋ Not possible. Allowed: 1 to 50 events"),
    ],
)
async def test_a_command_shows_a_page_or_says_why_not(
    chat: Chat, ann: Person, text: str, begins: str
) -> None:
    before = chat.parts.controller.state.settings
    await chat.write(text)
    assert ann.chat.last.text.startswith(begins)
    assert chat.parts.controller.state.settings is before


async def test_a_setting_by_command_is_done(chat: Chat) -> None:
    await chat.write("/settings exit-delay 45s")
    away = chat.parts.controller.state.settings.mode(Mode.AWAY)
    assert away.exit_delay.total_seconds() == 45
    await chat.write("/threshold 3 in 5m")
    rule = chat.parts.controller.state.settings.mode(Mode.AWAY).rule
    assert (rule.threshold, rule.lookback.total_seconds()) == (3, 300)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("/settings exit-progress off", "exit-progress", "off"),
        ("/settings countdown off", "exit-progress", "off"),
        ("/settings recent-closing 3m", "recent-closing", "3 min"),
        ("/settings recent closing 1 min", "recent-closing", "1 min"),
        ("/settings abort-notice no", "abort-notice", "off"),
        ("/settings cancel-window 10m", "cancel-window", "10 min"),
        ("/settings cancel window off", "cancel-window", "off"),
        ("/settings cancel-notice off", "cancel-notice", "off"),
    ],
)
async def test_what_avoids_false_alarms_is_switched_in_writing_and_by_buttons(
    chat: Chat, ann: Person, text: str, key: str, value: str
) -> None:
    controller, option = chat.parts.controller, BY_KEY[key]
    before = controller.state.settings
    await chat.write(text)
    assert option.shown(controller.state.settings) == value
    controller.state = replace(controller.state, settings=before)
    await chat.write("/settings false alarms")
    page = ann.chat.last
    assert page.text.startswith("⚙️ False alarms")
    data = f"set:{key}={value}"
    assert data in [button.data for row in page.buttons for button in row]
    await chat.press(data, page.id)
    assert page.text.startswith(f"✅ {option.title}: {value} (before: ")


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("/settings cancel-window 4m59s", "The cancel window must be 5 min to 30 min, or off."),
        ("/settings cancel-window 30m1s", "The cancel window must be 5 min to 30 min, or off."),
        ("/settings recent-closing 59s", "The time after arming must be 1 min to 10 min, or off."),
        ("/settings recent-closing 601s", "The time after arming must be 1 min to 10 min, or off."),
        ("/settings exit-progress maybe", "Write on or off."),
    ],
)
async def test_a_value_out_of_range_gets_the_range(
    chat: Chat, ann: Person, text: str, range_: str
) -> None:
    before = chat.parts.controller.state.settings
    await chat.write(text)
    assert range_ in ann.chat.last.text
    assert chat.parts.controller.state.settings is before


async def test_a_button_of_another_version_only_answers(chat: Chat, ann: Person) -> None:
    number = await chat.parts.clips._sender.send(ann.id, Page("x"))
    before = chat.parts.controller.state
    await chat.press("set:gone=3", number)
    assert "/settings" in ann.chat.last.text
    assert chat.parts.controller.state is before
