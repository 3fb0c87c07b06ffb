"""Time to start and memory, beside the bare imports of the four libraries."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.e2e.town import ANN_ID, Town

STARTS = 5
SETTLED_SECONDS = 3.0
BARE = (
    "import telegram.ext, twilio.rest, blinkpy.blinkpy, tinydb;"
    "from twilio.rest import Client; Client('AC', 'x').calls;"
    "print('ready', flush=True); input()"
)


async def measure() -> list[str]:
    """Return the lines to print."""
    bare_seconds, bare_rss = await _bare()
    with tempfile.TemporaryDirectory() as directory:
        town = Town(Path(directory))
        await town.open()
        town.env["TELEGRAM_OWNER_ID"] = str(ANN_ID)
        try:
            seconds = [await _start(town) for _ in range(STARTS)]
            rss = await _memory(town)
        finally:
            await town.close()
    ratio = rss / bare_rss
    return [
        f"{'':34}{'seconds':>9}{'MB':>7}",
        f"{'bare imports of the libraries':34}{bare_seconds:>9.2f}{bare_rss / 1e6:>7.0f}",
        f"{'the program, start to getUpdates':34}{statistics.median(seconds):>9.2f}   goal 1.5",
        f"{'the program after a burst':34}{'':9}{rss / 1e6:>7.0f}   {ratio:.2f} times, goal 1.5",
    ]


async def _bare() -> tuple[float, int]:
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BARE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    await process.stdout.readline()
    taken = time.monotonic() - begun
    rss = psutil.Process(process.pid).memory_info().rss
    process.kill()
    await process.wait()
    return taken, rss


async def _start(town: Town) -> float:
    before = town.telegram.count("getUpdates")
    begun = time.monotonic()
    await town.start()
    await town.until(lambda: town.telegram.count("getUpdates") > before)
    taken = time.monotonic() - begun
    await town.kill()
    return taken


async def _memory(town: Town) -> int:
    await town.start()
    town.ann.write("/arm")
    await town.said("Now armed")
    await town.until(town.blink.armed)
    town.burst()
    await town.said("ALARM")
    await asyncio.sleep(SETTLED_SECONDS)
    assert town.process is not None
    return int(psutil.Process(town.process.pid).memory_info().rss)
