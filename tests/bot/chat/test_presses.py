"""A press carries no date: after a long silence, Arm is asked about instead of done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.chat.presses import Presses
from bot.vitals import Vitals
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import press, update
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


async def pressed(parts: Rooms, vitals: Vitals, data: str) -> bool:
    """Press, and tell whether the house is armed now."""
    context: Any = None
    presses = Presses(parts.topics(vitals), parts.replies)
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
        vitals.heard_telegram()
        time.now += HOUR + 1
    vitals.heard_telegram()
    assert not await pressed(parts, vitals, "arm:")
    asked = await telegram.wait_for("Arm now?", chat=ann.chat)
    assert "/arm" not in asked.text

    vitals.heard_telegram()
    time.now += HOUR
    vitals.heard_telegram()
    assert await pressed(parts, vitals, "arm:")


async def test_disarm_is_done_after_any_silence(parts: Rooms) -> None:
    vitals = Vitals()
    assert await pressed(parts, vitals, "arm:")
    vitals.off = 100 * HOUR
    vitals.heard_telegram()
    assert not await pressed(parts, vitals, "disarm:")
