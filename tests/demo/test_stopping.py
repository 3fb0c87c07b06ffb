"""The command itself, stopped in the middle: it ends with 0 and leaves nothing."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from tests.demo.bench import content

DEMO = (sys.executable, "-m", "bot.cli", "demo")
# Seconds. Far more than it takes.
LIMIT = 30.0


@asynccontextmanager
async def running_demo(place: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run it with its temporary files in `place`, until its program is up."""
    process = await asyncio.create_subprocess_exec(
        *DEMO,
        env={**os.environ, "TMPDIR": str(place)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def read_until(process: asyncio.subprocess.Process, words: str) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(LIMIT):
        while words not in (line := (await process.stdout.readline()).decode()):
            assert line, f"it ended without {words!r}"


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
async def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    async with running_demo(tmp_path) as process:
        await read_until(process, "Send it /start")
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        assert content(tmp_path)
        process.send_signal(number)
        assert process.stdout is not None
        async with asyncio.timeout(LIMIT):
            rest = (await process.stdout.read()).decode()
            assert await process.wait() == 0
    assert rest.endswith("Stopped. Nothing of it is left behind.\n")
    assert "Traceback" not in rest
    assert not any(child.is_running() for child in children)
    assert content(tmp_path) == []


async def test_a_second_signal_does_not_spoil_the_end(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as process:
        await read_until(process, "Send it /start")
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(LIMIT):
            await process.communicate()
    assert process.returncode == 0
    assert not any(child.is_running() for child in children)
    assert content(tmp_path) == []


@pytest.mark.parametrize("kind", [os.pipe, pty.openpty], ids=["pipe", "terminal"])
async def test_it_ends_when_nobody_reads_it_any_more(
    tmp_path: Path, kind: Callable[[], tuple[int, int]]
) -> None:
    reading, writing = kind()
    process = await asyncio.create_subprocess_exec(
        *DEMO,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=writing,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(writing)
    os.close(reading)
    async with asyncio.timeout(LIMIT):
        _, complaints = await process.communicate()
    assert complaints == b""
    assert process.returncode == 0
    assert content(tmp_path) == []
