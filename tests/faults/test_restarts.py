"""The real program, ended and killed in every state of the panel and of an alarm: it goes on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alarm.core.incident import IncidentStatus, Phase
from alarm.core.settings import MAX_ENTRY_DELAY, MAX_EXIT_DELAY, PanelState
from alarm.core.state import State
from simulator.twilio import BUSY, human
from tests.core.home import settings
from tests.e2e.town import PHONE
from tests.faults.restarting import AT_ONCE, NOW, SECOND_PHONE, START, Home, prepared, shown


@dataclass(frozen=True)
class Scene:
    """How to come into a state, what the restart says of it, and how it goes on from there."""

    come: Callable[[Home], Awaitable[None]]
    says: str
    goes_on: Callable[[Home], Awaitable[None]]
    options: dict[str, Any] = field(default_factory=dict)


def overdue(home: Home) -> None:
    """Let the delay that runs be over by the next start."""
    past = home.inside.hand.now() - timedelta(seconds=1)

    def change(state: State) -> State:
        areas = {k: replace(a, deadline=earlier(a.deadline, past)) for k, a in state.areas.items()}
        incidents = {
            key: replace(i, wave=i.wave and replace(i.wave, deadline=min(i.wave.deadline, past)))
            for key, i in state.incidents.items()
        }
        return replace(state, areas=areas, incidents=incidents)

    home.inside.rewrite(change)


def earlier(deadline: datetime | None, at: datetime) -> datetime | None:
    return None if deadline is None else min(deadline, at)


async def later(home: Home) -> None:
    """Stop, let the delay run out meanwhile, and start again."""
    await home.terminated()
    overdue(home)
    await home.town.start()


async def arm(home: Home) -> None:
    await home.town.ask("/arm", "arming")
    await home.panel(PanelState.ARMING)
    await home.town.until(home.town.blink.armed)
    await home.town.until(lambda: home.area.wish is not None and home.area.wish.confirmed)


async def is_armed_when_the_delay_is_over(home: Home) -> None:
    await later(home)
    await home.panel(PanelState.ARMED)
    home.town.burst()
    await home.town.said("ALARM")


async def stay(home: Home) -> None:
    await home.panel(PanelState.ARMED)


async def rings_for_what_came_meanwhile(home: Home) -> None:
    await home.killed()
    home.town.burst()
    await home.town.start()
    await home.town.said("ALARM")
    await home.town.rang(1)
    incident = home.incident
    assert incident is not None
    assert incident.event_count == 2


async def come_home(home: Home) -> None:
    home.town.burst()
    await home.panel(PanelState.PENDING)


async def triggers_when_the_entry_delay_is_over(home: Home) -> None:
    await later(home)
    await home.town.said("ALARM")
    await home.town.rang(1)


async def let_it_ring(home: Home) -> None:
    home.town.twilio.number(PHONE, human(rings=600.0))
    home.town.burst()
    await home.ringing()


async def calls_the_next_when_nobody_answers(home: Home) -> None:
    (call,) = home.town.twilio.calls
    call._plan.clear()
    call.become("no-answer", home.town.twilio.clock())
    await home.town.rang(2)
    assert home.called() == [PHONE, SECOND_PHONE]


async def let_it_be_answered(home: Home) -> None:
    home.town.burst()
    await home.phase(Phase.LISTENING)


async def calls_the_next_when_the_wait_is_over(home: Home) -> None:
    await later(home)
    await home.town.rang(2)
    assert home.called() == [PHONE, SECOND_PHONE]


async def let_nobody_answer(home: Home) -> None:
    for number in (PHONE, SECOND_PHONE):
        home.town.twilio.number(number, BUSY)
    home.town.burst()
    await home.phase(Phase.PAUSE)


async def calls_all_again_in_the_next_cycle(home: Home) -> None:
    await later(home)
    await home.town.rang(4)
    assert home.called() == [PHONE, SECOND_PHONE] * 2


async def acknowledge(home: Home) -> None:
    await let_it_be_answered(home)
    await home.town.press("Acknowledge", "Acknowledged by Ann")
    await home.town.until(lambda: not home.state.outbox)


async def stays_quiet(home: Home) -> None:
    await home.town.polled()
    incident = home.incident
    assert incident is not None
    assert incident.status is IncidentStatus.ACKNOWLEDGED
    assert home.called() == [PHONE]


async def drill(home: Home) -> None:
    home.town.twilio.number(PHONE, human(rings=600.0))
    await home.town.ask("/test call", "TEST")
    await home.ringing()


SCENES = {
    "arming": Scene(
        arm,
        "arming",
        is_armed_when_the_delay_is_over,
        {"armed": False, "settings": settings(exit_delay=MAX_EXIT_DELAY, plan=AT_ONCE)},
    ),
    "armed": Scene(stay, "armed", rings_for_what_came_meanwhile),
    "pending": Scene(
        come_home,
        "pending",
        triggers_when_the_entry_delay_is_over,
        {"settings": settings(exit_delay=NOW, entry_delay=MAX_ENTRY_DELAY, plan=AT_ONCE)},
    ),
    "ringing": Scene(let_it_ring, "triggered", calls_the_next_when_nobody_answers),
    "listening": Scene(let_it_be_answered, "triggered", calls_the_next_when_the_wait_is_over),
    "pause": Scene(let_nobody_answer, "triggered", calls_all_again_in_the_next_cycle),
    "acknowledged": Scene(acknowledge, "triggered", stays_quiet),
    "drill": Scene(drill, "armed", calls_the_next_when_nobody_answers),
}


@pytest.mark.parametrize("name", SCENES)
async def test_a_restart_goes_on_where_it_was(tmp_path: Path, name: str) -> None:
    scene = SCENES[name]
    async with prepared(tmp_path, scene.options) as home:
        await home.town.start()
        await home.town.said("runs again", seconds=START)
        await scene.come(home)
        before = shown(home)
        for end in (home.terminated, home.killed):
            words = await home.restarted(end)
            assert scene.says in words.split("\n")[0]
            assert re.search(r"The program was off for \d+ s and runs again\.", words)
            await home.town.polled()
            assert shown(home) == before
        await scene.goes_on(home)
