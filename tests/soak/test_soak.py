"""A week of the soak; `make soak` is the year."""

from __future__ import annotations

import asyncio
import sys

DAYS, SEED = 7, 1


async def test_a_week_leaves_nothing_behind() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.soak",
        "--days",
        str(DAYS),
        "--seed",
        str(SEED),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = (await process.stdout.read()).decode()
    assert await process.wait() == 0, output
    print(output)
