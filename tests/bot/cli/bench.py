"""The command line as a person uses it, and three clouds that it can ask."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bot.config import Config
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.twilio import TwilioStandIn
from tests.bot.settings.bench import TWILIO, config

COMMAND = [sys.executable, "-m", "bot.cli"]


class Clouds:
    """The stand-ins, in a loop that runs in another thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, token: str, auth: str) -> None:
        self._loop = loop
        self.telegram = TelegramStandIn(token=token)
        self.twilio = TwilioStandIn(auth_token=auth)
        self.blink = BlinkStandIn()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    def start(self) -> None:
        for cloud in (self.telegram, self.twilio, self.blink):
            self.run(cloud.start())

    def stop(self) -> None:
        for cloud in (self.telegram, self.twilio, self.blink):
            self.run(cloud.stop())

    @property
    def addresses(self) -> dict[str, str]:
        return {
            "TELEGRAM_API_URL": self.telegram.url,
            "TWILIO_API_URL": self.twilio.url,
            "BLINK_API_URL": self.blink.url,
        }

    def config(self, **environ: str) -> Config:
        return config(**TWILIO | self.addresses | environ)


def blink_alarm(
    *arguments: str | Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with no variables but those given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=kept | (environ or {}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
