"""What strangers try costs one write a minute at most, and nothing of it is kept in their words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update

from bot.chat.strangers import MOST_WAITING, PAUSE, Door
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from tests.bot.chat.bench import GROUP, MALLORY, message, press, update
from tests.bot.chat.rooms import Rooms, rooms

MINUTE = timedelta(seconds=PAUSE)


def wrote(text: str, user: int = MALLORY) -> Update:
    return update(message=message(text, user))


async def journal(parts: Rooms) -> list[dict[str, Any]]:
    leaf = await parts.past.newest()
    return [dict(row.data) for row in reversed(leaf.rows)]


async def test_what_they_try_is_written_without_their_words(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> None:
    async with rooms(tmp_path, telegram, blink) as parts:
        door = Door(parts.controller)
        for one in (
            wrote("/arm", 1),
            wrote("let me in", 2),
            wrote("/secret words", 3),
            update(callback_query=press("disarm:i1", 4)),
            wrote("/arm@home_alarm_bot now", 5),
        ):
            door.knocked(one)
            parts.clock.passed += MINUTE
            door.look()
        rows = await journal(parts)
    assert [row["tried"] for row in rows] == [
        "wrote /arm",
        "wrote",
        "wrote",
        "pressed a button",
        "wrote /arm",
    ]
    assert {row["name"] for row in rows} == {"Somebody"}


async def test_a_flood_is_one_write_a_minute_and_a_number(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> None:
    async with rooms(tmp_path, telegram, blink) as parts:
        door, writes = Door(parts.controller), 0

        def written() -> None:
            nonlocal writes
            writes += 1

        parts.controller.watch(written)
        for number in range(5000):
            door.knocked(wrote("/arm", 10_000 + number % 900))
        assert writes == 1
        parts.clock.passed += MINUTE
        door.look()
        door.look()
        assert writes == 2
        strangers = parts.controller.state.strangers
    assert strangers.tries == 5000
    assert len(strangers.names) <= MOST_WAITING


async def test_an_update_of_nobody_is_no_stranger(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> None:
    async with rooms(tmp_path, telegram, blink) as parts:
        before = parts.controller.state
        Door(parts.controller).knocked(update(channel_post=message("x", GROUP) | {"from": None}))
        assert parts.controller.state is before
