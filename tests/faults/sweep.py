"""The kill sweep: one story, told again and again, killed at another point each time.

`python -m tests.faults.sweep [STRIDE]`: every point, or each STRIDE-th.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.town import Town
from tests.faults.mortal_home import MortalHome
from tests.faults.story import Outcome, Story

AT_ONCE = 4


@dataclass
class Sweep:
    """What a sweep found: by kind of point how often it killed, and what went wrong where."""

    expected: Outcome
    killed: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def swept(self) -> int:
        return sum(self.killed.values())


async def undisturbed() -> tuple[Outcome, int]:
    """Tell the story without a kill; return what came of it and how many points it passed."""
    _, points, outcome = await _told(0)
    return outcome, len(points)


async def sweep(expected: Outcome, points: Iterable[int]) -> Sweep:
    """Tell the story once for each point, killed there, a few stories side by side."""
    found = Sweep(expected)
    places = asyncio.Semaphore(AT_ONCE)

    async def one(point: int) -> None:
        async with places:
            try:
                kills, passed, outcome = await _told(point)
            except AssertionError as error:
                found.wrong.append(f"killed at {point}: {error}")
                return
        if kills == 0:
            found.missed += 1
            return
        name = passed[point - 1]
        found.killed[name] += 1
        found.wrong += [
            f"killed at {point}, {name}: {what}" for what in differences(expected, outcome)
        ]

    await asyncio.gather(*(one(point) for point in points))
    return found


def differences(expected: Outcome, found: Outcome) -> list[str]:
    """Name what a kill changed that it must not change.

    An alert may arrive more than once. The call that tells that all is over is made at most once.
    """
    wrong = [
        f"{name} is {getattr(found, name)}, not {getattr(expected, name)}"
        for name in ("panel", "incidents", "outbox", "calls", "blink_armed", "signins", "codes")
        if getattr(found, name) != getattr(expected, name)
    ]
    if found.alerts < expected.alerts:
        wrong.append(f"only {found.alerts} of {expected.alerts} alerts arrived")
    if found.over_calls > 1:
        wrong.append(f"{found.over_calls} calls told that it is over")
    return wrong


async def _told(fatal: int) -> tuple[int, list[str], Outcome]:
    with tempfile.TemporaryDirectory() as directory:
        home = MortalHome(Town(Path(directory)), fatal=fatal)
        outcome = await Story(home).tell()
        return home.kills, home.points, outcome


async def main(stride: int) -> int:
    expected, passed = await undisturbed()
    print(f"one story passes {passed} points; without a kill: {expected}", flush=True)
    found = await sweep(expected, range(1, passed + 1, stride))
    for name, count in sorted(found.killed.items()):
        print(f"{count:6} killed {name}")
    print(f"{found.swept} points swept, {found.missed} not reached, {len(found.wrong)} wrong")
    for wrong in found.wrong:
        print(wrong)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)))
