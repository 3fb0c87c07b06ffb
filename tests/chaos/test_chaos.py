"""A short piece of the chaos run; `make chaos` is the long one."""

from __future__ import annotations

import asyncio
import sys

# The same weather each time; `make chaos` takes another seed each time.
MINUTES, SEED = 12, 2026


async def test_some_minutes_of_bad_weather_lose_nothing() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos",
        "--minutes",
        str(MINUTES),
        "--seed",
        str(SEED),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = (await process.stdout.read()).decode()
    assert await process.wait() == 0, output
    print(output)
