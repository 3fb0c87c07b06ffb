"""The stage: three stand-ins, a household, and the real program, put up and taken down."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from bot.config import load_config
from bot.demo.pace import NATURAL, Pace
from bot.demo.program import Program
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.twilio import TwilioStandIn
from simulator.variables import variables

ANN_ID = 1001
# From the numbers that are kept free for stories.
PHONE = "+442079460123"
LOOK_EVERY = 0.05
# What the program may know of the machine; nothing of its user.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# A request to anywhere else than this machine fails at once.
NOWHERE = "http://127.0.0.1:9"

Found = TypeVar("Found")


class Missed(Exception):
    """Say which step of the story did not come."""


class Stage:
    """Open for as long as the context lasts; afterwards nothing of it is left.

    `on_motion` and `on_armed` are told what the cameras see and do.
    """

    def __init__(self, pace: Pace = NATURAL, program: Program | None = None) -> None:
        self.pace = pace
        self.program = program or Program()
        self.blink = BlinkStandIn()
        self.telegram = TelegramStandIn()
        self.twilio = TwilioStandIn()
        self.ann = self.telegram.person(ANN_ID, "Ann")
        self.twilio.queue_seconds = min(0.2, pace.until_picked_up)
        self.twilio.answer_seconds = pace.until_picked_up
        self.twilio.ring_seconds = pace.rings_in_vain
        self.on_motion: Callable[[str, bool], None] = lambda camera, recorded: None
        self.on_armed: Callable[[bool], None] = lambda armed: None
        # Blink's arm state as far as `on_armed` was told of it.
        self.shown_armed = self.blink.armed()
        self.directory: Path | None = None
        self._exits = AsyncExitStack()

    async def __aenter__(self) -> Self:
        try:
            prefix = "blink-alarm-demo-"
            self.directory = Path(
                self._exits.enter_context(tempfile.TemporaryDirectory(prefix=prefix))
            )
            for stand_in in (self.blink, self.telegram, self.twilio):
                self._exits.push_async_callback(stand_in.stop)
                await stand_in.start()
            watch = asyncio.create_task(self._watch_blink(), name="blink's arm state")
            self._exits.callback(watch.cancel)
            self._exits.push_async_callback(self.program.stop)
            await self.program.start(self.directory, self.environ(os.environ))
        except BaseException:
            await self._exits.aclose()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._exits.aclose()

    def environ(self, machine: Mapping[str, str]) -> dict[str, str]:
        """Return all that the program is told."""
        home = str(self.directory)
        return {
            **{name: machine[name] for name in PASSED_ON if name in machine},
            **self.pace.delays,
            "HOME": home,
            "TMPDIR": home,
            "HTTP_PROXY": NOWHERE,
            "HTTPS_PROXY": NOWHERE,
            "NO_PROXY": "127.0.0.1",
            **variables(self.blink, self.telegram, self.twilio, PHONE),
        }

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the program writes; known while the stage is open."""
        return load_config(self.environ({}), ()).time_zone

    def motion(self, camera: str) -> None:
        """Let a camera see something; as with Blink, it is recorded only while armed."""
        recorded = self.blink.armed()
        if recorded:
            self.blink.motion(camera)
        self.on_motion(camera, recorded)

    async def until(self, what: str, look: Callable[[], Found | None], seconds: float) -> Found:
        """Return what `look` finds; raise Missed, naming `what`, if it does not come in time."""
        limit = asyncio.get_running_loop().time() + seconds
        while True:
            found = look()
            if found:
                return found
            if self.program.status is not None:
                raise Missed(
                    f"while it waited for {what}, the program ended by itself "
                    f"(exit status {self.program.status})"
                )
            if asyncio.get_running_loop().time() >= limit:
                raise Missed(f"{what} did not come within {seconds:g} s")
            await asyncio.sleep(LOOK_EVERY)

    async def _watch_blink(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if self.blink.armed() != self.shown_armed:
                self.shown_armed = not self.shown_armed
                self.on_armed(self.shown_armed)
