"""A program that only notes what it was told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from telegram import Bot, Update

from bot.chat.updates import UpdateLoop
from bot.vitals import Vitals

GET_UPDATES = "getUpdates"


class Listener:
    """Hear updates through the real loop, whose waits pass at once and are noted too."""

    def __init__(self, new_bot: Callable[[], Bot]) -> None:
        self._new_bot = new_bot
        self._bot: Bot | None = None
        self.vitals = Vitals()
        self.kept = True
        self.words: list[str] = []
        self.tries: list[str] = []
        self.silences: list[float] = []
        self.failing: set[str] = set()
        self.fails_once: set[str] = set()
        self.endless: set[str] = set()
        self.aside: list[int] = []
        self.waits: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def listen(self, **options: Any) -> None:
        """Start, as after a restart: nothing of an earlier run is known."""
        self._bot = self._new_bot()
        loop = UpdateLoop(
            self._bot,
            self.handle,
            lambda: self.kept,
            self.vitals,
            lambda update: self.aside.append(update.update_id),
            sleep=self.sleep,
            **options,
        )
        self._task = asyncio.create_task(loop.run())

    async def handle(self, update: Update) -> None:
        text = (update.message.text if update.message else None) or "?"
        self.tries.append(text)
        self.silences.append(self.vitals.silence)
        if text in self.endless:
            await asyncio.Event().wait()
        if text in self.failing:
            raise RuntimeError("a mistake in the program")
        if text in self.fails_once:
            self.fails_once.discard(text)
            raise RuntimeError("a mistake that passes")
        self.words.append(text)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5.0):
            while not true():
                assert self._task is not None
                if self._task.done():
                    self._task.result()
                await asyncio.sleep(0.005)

    async def heard(self, *words: str) -> None:
        await self.until(lambda: len(self.words) >= len(words))
        assert self.words == list(words)

    async def killed(self) -> None:
        if self._task is not None and self._bot is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            await self._bot.request.shutdown()
