"""A home whose program is ended and started again, its state read from its files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm.core.contact import Contact
from alarm.core.deliveries import DeliveryStatus
from alarm.core.incident import Incident, Phase
from alarm.core.settings import MAX_ANSWERED_WAIT, PanelState, Plan
from alarm.core.state import Area, State
from simulator.twilio import human
from tests.bot.running.inside import Inside, living
from tests.core.home import settings
from tests.e2e.town import PHONE, Town
from tests.faults.files import state_beside

SECOND_PHONE = "+442079460456"
NOW = timedelta(0)
# Seconds for a start on a machine that has much else to do.
START = 30.0
# No delay of a test runs out by itself, however slow the machine is.
LONG = timedelta(minutes=30)
AT_ONCE = Plan(abort_window=NOW, pause=LONG, answered_wait=MAX_ANSWERED_WAIT)


class Home:
    """A home whose program is a process of its own; its state is read from its files."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside
        self.town: Town = inside.town

    @property
    def state(self) -> State:
        state = state_beside(self.town.state_dir)
        assert state is not None
        return state

    @property
    def area(self) -> Area:
        (area,) = self.state.areas.values()
        return area

    @property
    def incident(self) -> Incident | None:
        return next(iter(self.state.incidents.values()), None)

    def called(self) -> list[str]:
        return [call.to for call in self.town.twilio.calls]

    async def panel(self, wanted: PanelState) -> None:
        await self.town.until(lambda: self.area.panel is wanted)

    async def phase(self, wanted: Phase) -> None:
        def there() -> bool:
            incident = self.incident
            wave = incident.wave if incident else None
            return wave is not None and wave.phase is wanted

        await self.town.until(there)

    async def ringing(self) -> None:
        """Wait until the first phone rings and that is known."""
        await self.town.until(
            lambda: any(d.status is DeliveryStatus.PLACED for d in self.state.outbox.values())
        )

    async def restarted(self, end: Callable[[], Awaitable[Any]]) -> str:
        """End the program, start it again and return what it says of that."""
        last = self.town.ann.chat.everything[-1].id if self.town.ann.chat.everything else 0
        await end()
        await self.town.start()
        return (await self.town.said("runs again", after=last, seconds=START)).text

    async def terminated(self) -> None:
        assert await self.town.stop() == 0

    async def killed(self) -> None:
        await self.town.kill()


Shown = dict[str, Any]


def shown(home: Home) -> Shown:
    """Return what no restart may change."""
    state, area, incident = home.state, home.area, home.incident
    wave = incident.wave if incident else None
    return {
        "panel": area.panel,
        "deadline": area.deadline,
        "spans": area.spans,
        "incidents": len(state.incidents),
        "status": incident.status if incident else None,
        "wave": wave and (wave.phase, wave.deadline, wave.position, wave.cycle, wave.call_id),
        "calls": home.called(),
        "blink": home.town.blink.armed(),
    }


CONTACTS = (
    Contact("env1", "Phone 1", PHONE, from_env=True),
    Contact("env2", "Phone 2", SECOND_PHONE, from_env=True),
)


@asynccontextmanager
async def prepared(directory: Path, options: dict[str, Any]) -> AsyncIterator[Home]:
    chosen = {"settings": settings(exit_delay=NOW, plan=AT_ONCE)} | options
    async with living(directory, with_bob=False, contacts=CONTACTS, **chosen) as inside:
        town = inside.town
        town.env["TWILIO_TO_NUMBER"] = f"{PHONE},{SECOND_PHONE}"
        town.twilio.ring_seconds = 600.0
        for number in (PHONE, SECOND_PHONE):
            town.twilio.number(number, human(listens=0.2, rings=0.1))
        yield Home(inside)
    assert town.elsewhere == ""
