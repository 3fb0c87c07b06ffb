"""The home under the fast clock: stand-ins, a person, and the program that is kept alive."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.blink import BlinkStandIn
from simulator.telegram import SentMessage, TelegramStandIn
from simulator.twilio import TwilioStandIn, human
from simulator.variables import variables
from tests.chaos import program
from tests.chaos.fast_clock import FastClock

ANN_ID = 1001
PHONE = "+442079460123"


class Home:
    """Ann's home; `wrong_by` is by how many seconds the program's wall clock is wrong."""

    def __init__(self, clock: FastClock, directory: Path) -> None:
        self._clock = clock
        self._directory = directory
        context = multiprocessing.get_context("spawn")
        self._context = context
        self.wrong_by: Any = context.Value("d", 0.0)
        self.blink = BlinkStandIn()
        self.telegram = TelegramStandIn()
        self.twilio = TwilioStandIn()
        self.starts = 0
        self._process: Any = None
        self._keeper: asyncio.Task[None] | None = None

    async def open(self) -> None:
        for stand_in in (self.blink, self.telegram, self.twilio):
            await stand_in.start()
        self.ann = self.telegram.person(ANN_ID, "Ann")
        self.twilio.number(PHONE, human(listens=20.0))
        self._start()
        self._keeper = asyncio.create_task(self._keep_alive())

    async def close(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        for stand_in in (self.blink, self.telegram, self.twilio):
            await stand_in.stop()

    def kill(self) -> None:
        if self._process.is_alive():
            self._process.kill()

    async def stop(self) -> int:
        """End the program as systemd does and return its exit status."""
        if self._keeper is not None:
            self._keeper.cancel()
        self._process.terminate()
        await self.until(lambda: not self._process.is_alive(), 600.0)
        return int(self._process.exitcode)

    async def pair(self) -> None:
        await self.until(lambda: "/start " in self.console(), 300.0)
        found = re.search(r"/start (\S+)", self.console())
        assert found is not None
        self.ann.start(found[1])
        await self.until(lambda: self.says("Logged in"), 300.0)

    def says(self, wanted: str, after: int = 0) -> bool:
        return any(wanted in m.text for m in self.bot_messages(after))

    def bot_messages(self, after: int = 0) -> list[SentMessage]:
        return [m for m in self.ann.chat.messages if m.from_bot and m.id > after]

    def newest_message(self) -> int:
        return max((m.id for m in self.ann.chat.messages), default=0)

    def alerts(self, after: int = 0) -> list[SentMessage]:
        """Return the copies of alerts that arrived, whatever was edited into them since."""
        return [
            message
            for message in self.bot_messages(after)
            if "ALARM" in (message.edits[0].text if message.edits else message.text).split("\n")[0]
        ]

    def console(self) -> str:
        path = self._directory / "console"
        return path.read_text() if path.exists() else ""

    async def until(self, true: Callable[[], Any], seconds: float) -> bool:
        """Wait for something at most so many fast seconds; tell whether it came."""
        try:
            async with asyncio.timeout(seconds):
                while not true():  # noqa: ASYNC110 - what is waited for is in another process
                    await asyncio.sleep(0.5)
        except TimeoutError:
            return False
        return True

    def _start(self) -> None:
        self.starts += 1
        clock = self._clock
        self._process = self._context.Process(
            target=program.run,
            args=(
                (clock.speed, clock.origin, clock.wall_origin),
                self.wrong_by,
                self._env(),
                str(self._directory / "state"),
                str(self._directory / "console"),
            ),
        )
        self._process.start()

    async def _keep_alive(self) -> None:
        while True:
            if not self._process.is_alive():
                assert self._process.exitcode == -signal.SIGKILL, self.console()[-3000:]
                self._process.join()
                self._start()
            await asyncio.sleep(1.0)

    def _env(self) -> dict[str, str]:
        return {
            **variables(self.blink, self.telegram, self.twilio, PHONE),
            "TIMEZONE": "Europe/London",
            "ALARM_EXIT_DELAY_SECONDS": "5",
            "HOME": str(self._directory),
        }
