"""Write and press in a chat with the real topics behind it, and read what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from alarm.core.deliveries import WordsBody
from alarm.core.events import Camera
from alarm.core.notices import Notice
from alarm.core.state import Area, State
from bot.chat.commands import Commands
from bot.chat.presses import Presses
from bot.pages import Press
from bot.vitals import Vitals
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, message, press, update
from tests.bot.chat.rooms import Rooms, rooms

NETWORK, CABIN = "51001", "51002"
CONTEXT: Any = None


def with_cameras(state: State, names: Sequence[str], areas: Sequence[str]) -> State:
    """Return the state with areas, and with cameras that belong to the first of them."""
    networks = (NETWORK, CABIN)[: len(areas)]
    return replace(
        state,
        areas={n: Area(n, name) for n, name in zip(networks, areas, strict=True)},
        cameras={name.lower(): Camera(name.lower(), NETWORK, name) for name in names},
    )


class Talk:
    """One who writes and presses, by default Ann."""

    def __init__(self, rooms: Rooms, telegram: TelegramStandIn, ann: Person) -> None:
        self.rooms, self.telegram, self.ann = rooms, telegram, ann
        self._numbers = count(100)
        self.vitals = Vitals(rooms.clock.monotonic)
        topics = rooms.topics(self.vitals)
        self._commands = Commands(topics, rooms.controller, rooms.replies)
        self._presses = Presses(topics, rooms.replies, self.vitals)

    @property
    def state(self) -> State:
        return self.rooms.controller.state

    @property
    def now(self) -> datetime:
        return self.rooms.controller.now()

    async def write(self, text: str, *, ago: timedelta = timedelta(0)) -> None:
        """Let a message come that was written some time ago."""
        sent = message(text) | {"date": int((self.now - ago).timestamp())}
        number = next(self._numbers)
        await self._commands.written(update(message=sent, update_id=number), CONTEXT)

    def silence(self, duration: timedelta) -> None:
        """Let Telegram be silent for so long; what is pressed next may be as old."""
        self.vitals.heard_telegram()
        self.vitals.handled_all()
        self.rooms.clock.passed += duration
        self.vitals.heard_telegram()

    async def press(self, what: Press, about: str = "", message_id: int = 1) -> None:
        pressed = press(f"{what.value}:{about}", ANN)
        pressed["message"]["message_id"] = message_id
        number = next(self._numbers)
        await self._presses.pressed(update(callback_query=pressed, update_id=number), CONTEXT)

    async def read(self, words: str) -> str:
        """Wait for an answer that holds these words."""
        return (await self.telegram.wait_for(words, chat=self.ann.chat)).text

    def waiting(self, notice: Notice) -> bool:
        """Tell whether this sentence waits to leave."""
        return any(
            isinstance(d.body, WordsBody) and d.body.words.notice is notice
            for d in self.state.outbox.values()
        )


@asynccontextmanager
async def talk(
    directory: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    *,
    cameras: Sequence[str] = ("Garage", "Hall", "Yard"),
    areas: Sequence[str] = ("House",),
) -> AsyncIterator[Talk]:
    async with rooms(directory, telegram, blink) as parts:
        parts.controller.state = with_cameras(parts.controller.state, cameras, areas)
        yield Talk(parts, telegram, ann)
        await parts.replies.settle(1.0)
