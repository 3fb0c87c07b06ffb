"""What goes wrong: faults that come and go at random on the clouds, kills, jumps of the clock."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from simulator.faults import Fault, FaultKind
from simulator.server import StandIn
from tests.chaos.home import Home

# Seconds of the fast clock.
CALM = (20.0, 90.0)
SPELL = (5.0, 150.0)
JUMPS = (-3600.0, -90.0, 90.0, 3600.0)

FAULTS: dict[str, Callable[[], Fault]] = {
    "slow": lambda: Fault(FaultKind.SLOW, seconds=0.2),
    "drop": lambda: Fault(FaultKind.DROP),
    "late": lambda: Fault(FaultKind.LATE),
    "hang": lambda: Fault(FaultKind.HANG, seconds=20.0),
    "garbage": lambda: Fault(FaultKind.GARBAGE),
    "cut": lambda: Fault(FaultKind.CUT),
    "500": lambda: Fault(FaultKind.STATUS, status=500),
    "503 in JSON": lambda: Fault(FaultKind.STATUS, status=503, body='{"message": "busy"}'),
    "429": lambda: Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "3"}),
}
# Blink's edge answers so when it is asked too often; of the others it would be a refusal for good.
BLINK_FAULTS = FAULTS | {
    "406 in text": lambda: Fault(FaultKind.STATUS, status=406, content_type="text/plain"),
}
# A login page or a token endpoint may fail as well; both only delay.
ANYWHERE = ".*"


class Weather:
    """Make trouble until told to stop; at most one fault on each cloud at a time."""

    def __init__(self, home: Home, chance: random.Random) -> None:
        self._home = home
        self._chance = chance
        self.seen: Counter[str] = Counter()

    async def blow(self) -> None:
        """Go on until cancelled."""
        home = self._home
        clouds = {"Blink": home.blink, "Telegram": home.telegram, "Twilio": home.twilio}
        async with asyncio.TaskGroup() as group:
            for name, cloud in clouds.items():
                group.create_task(self._over(name, cloud))
            group.create_task(self._kills())
            group.create_task(self._jumps())

    async def _over(self, name: str, cloud: StandIn) -> None:
        while True:
            await self._pause(CALM)
            faults = BLINK_FAULTS if cloud is self._home.blink else FAULTS
            kind = self._chance.choice(list(faults))
            self.seen[f"{name} {kind}"] += 1
            cloud.faults.add(ANYWHERE, faults[kind]())
            try:
                await self._pause(SPELL)
            finally:
                cloud.faults.clear()

    async def _kills(self) -> None:
        while True:
            await self._pause((60.0, 400.0))
            self.seen["SIGKILL"] += 1
            self._home.kill()

    async def _jumps(self) -> None:
        while True:
            await self._pause((300.0, 1200.0))
            jump = self._chance.choice(JUMPS)
            self.seen["jump of the clock"] += 1
            self._home.wrong_by.value += jump
            await self._pause((60.0, 300.0))
            self._home.wrong_by.value -= jump

    async def _pause(self, bounds: tuple[float, float]) -> Any:
        await asyncio.sleep(self._chance.uniform(*bounds))
