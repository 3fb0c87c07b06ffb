"""A short piece of the chaos run; `make chaos` is the long one."""

from __future__ import annotations

import asyncio
import random
import sys

MINUTES = 15


async def test_a_quarter_of_an_hour_of_bad_weather_loses_nothing() -> None:
    seed = random.randrange(10**6)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos",
        "--minutes",
        str(MINUTES),
        "--seed",
        str(seed),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = (await process.stdout.read()).decode()
    assert await process.wait() == 0, output
    print(output)
