"""A press carries no date: after a silence only what does no harm is done, and Arm is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.chat.presses import Presses
from bot.pages import Button, Page, Press
from bot.vitals import Vitals
from bot.words.hearing import LATE_PRESS
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, press, update
from tests.bot.chat.rooms import Rooms, rooms

HOUR = 3600.0
NUMBERS = count(100)


class Time:
    """Monotonic seconds, by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def parts(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Rooms]:
    async with rooms(tmp_path, telegram, blink) as parts:
        yield parts
        await parts.replies.settle(1.0)


def heard_and_handled(vitals: Vitals) -> None:
    vitals.heard_telegram()
    vitals.handled_all()


async def pressed(parts: Rooms, vitals: Vitals, data: str) -> bool:
    """Press, and tell whether the house is armed now."""
    context: Any = None
    presses = Presses(parts.topics(vitals), parts.replies, vitals)
    await presses.pressed(update(callback_query=press(data), update_id=next(NUMBERS)), context)
    return parts.controller.state.armed


@pytest.mark.parametrize("off", [True, False])
async def test_arm_pressed_in_a_silence_of_an_hour_is_done_and_of_longer_is_asked(
    parts: Rooms, telegram: TelegramStandIn, ann: Person, off: bool
) -> None:
    time = Time()
    vitals = Vitals(time)
    if off:
        vitals.off = HOUR + 1
    else:
        heard_and_handled(vitals)
        time.now += HOUR + 1
    vitals.heard_telegram()
    assert not await pressed(parts, vitals, "arm:")
    asked = await telegram.wait_for("Arm now?", chat=ann.chat)
    assert "/arm" not in asked.text

    vitals.handled_all()
    heard_and_handled(vitals)
    time.now += HOUR
    vitals.heard_telegram()
    assert await pressed(parts, vitals, "arm:")


async def test_disarm_is_done_after_any_silence(parts: Rooms) -> None:
    vitals = Vitals()
    assert await pressed(parts, vitals, "arm:")
    vitals.off = 100 * HOUR
    vitals.heard_telegram()
    assert not await pressed(parts, vitals, "disarm:")


def silent(seconds: float) -> Vitals:
    time = Time()
    vitals = Vitals(time)
    heard_and_handled(vitals)
    time.now += seconds
    vitals.heard_telegram()
    return vitals


@pytest.mark.parametrize(("seconds", "done"), [(120.0, True), (121.0, False)])
async def test_a_button_that_changes_something_is_refused_after_two_silent_minutes(
    parts: Rooms, telegram: TelegramStandIn, ann: Person, seconds: float, done: bool
) -> None:
    state = parts.controller.state
    before = state.settings
    await pressed(parts, silent(seconds), "set:swinger=1")
    assert (parts.controller.state.settings != before) is done
    if not done:
        # No query is open at Telegram: too late for more than a message.
        await telegram.wait_for("That press came late", chat=ann.chat)


async def test_who_pressed_a_moment_ago_is_told_without_a_message(
    parts: Rooms, telegram: TelegramStandIn, ann: Person
) -> None:
    await parts.sender.send(ANN, Page("?", ((Button("Home", Press.END_VACATION),),)))
    ann.press("Home")
    context: Any = None
    waits = Update.de_json(telegram.pending_updates[-1], None)
    await Presses(parts.topics(Vitals()), parts.replies, silent(HOUR)).pressed(waits, context)
    await parts.replies.settle(1.0)
    assert [answer.text for answer in telegram.callback_answers] == [LATE_PRESS]
    assert ann.chat.last.text == "?"
