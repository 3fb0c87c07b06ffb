"""What the demo's tests share: a night at a run, and a look at what it left behind."""

from __future__ import annotations

import asyncio
import re
import socket
from io import StringIO
from pathlib import Path

import psutil

from bot.demo.pace import Pace
from bot.demo.stage import Stage

QUICK = Pace(
    read=0.02,
    lone=0.3,
    steps=0.02,
    poll=0.2,
    exit_delay=0.2,
    abort_window=2.5,
    between_calls=0.2,
    rings_in_vain=0.3,
    until_picked_up=0.2,
    listens=0.5,
)


class Screen(StringIO):
    """A terminal as far as colours and prompts go."""

    def isatty(self) -> bool:
        return True


def content(place: Path) -> list[Path]:
    return list(place.iterdir())


def flat(text: str) -> str:
    """Undo the breaking of lines, so that sentences can be looked for."""
    return re.sub(r"\s+", " ", text)


def in_order(text: str, *wanted: str) -> None:
    """Check that the texts stand there one after the other."""
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, f"{words!r} does not come, or not in its turn:\n{text}"
        at = found + len(words)


async def appears(words: str, told: StringIO) -> None:
    """Wait until the transcript says it, broken into lines or not."""
    for _ in range(1000):
        if words in flat(told.getvalue()):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{words!r} does not come:\n{told.getvalue()}")


def is_gone(stage: Stage) -> bool:
    """Tell whether directory, process and ports of a stage are all gone."""
    assert stage.directory is not None
    assert stage.program.pid is not None
    stand_ins = (stage.blink, stage.telegram, stage.twilio)
    return (
        not stage.directory.exists()
        and not psutil.pid_exists(stage.program.pid)
        and not any(listens(stand_in.port) for stand_in in stand_ins)
    )


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
