"""What the plan would do from now on if nobody reacted.

The plan's own steps are played ahead on a copy of the state, so that what is foretold and what
happens cannot come apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from alarm.core import call_results, escalation
from alarm.core.deliveries import CallBody
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, Phase, Wave
from alarm.core.settings import Mode
from alarm.core.state import State

FORETOLD = "foretold"
# Its rounds end after a day and its calls after twenty: a plan that got this far has no end.
MOST_MOMENTS = 2000


class Happening(StrEnum):
    """`exhausted`: the plan is used up, from here on slowly; `limit`: no more calls for now."""

    CALL = "call"
    EXHAUSTED = "exhausted"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that would happen. `round`: of a call, 1 for the first, counted on after cycles."""

    at: datetime
    what: Happening
    contact_id: str = ""
    round: int = 0


def forecast(state: State, now: datetime, mode: Mode, *, told: bool = True) -> tuple[Step, ...]:
    """Return what follows if an alarm of that mode opened now and every phone rang in vain.

    `told`: a chat confirms the alert. It ends with the last round of calls.
    """
    draft = Draft(replace(state, incidents={}, outbox={}), now)
    wave = replace(escalation.first_wave(draft, mode), told=told)
    draft.put_incident(
        Incident(
            id=FORETOLD,
            kind=IncidentKind.BURGLARY,
            network_id="",
            area_name="",
            mode=mode,
            opened_at=now,
            wave=wave,
        )
    )
    return tuple(played(draft.state, now))


def played(state: State, now: datetime) -> Iterator[Step]:
    """Play the wave ahead from deadline to deadline."""
    round_ = 0
    for _ in range(MOST_MOMENTS):
        before = wave_of(state)
        at = next_moment(state, before, now)
        if at is None:
            return
        now = max(at, now)
        draft = Draft(state, now)
        go_on(draft, before)
        after = wave_of(draft.state)
        if after.limit_told and not before.limit_told:
            yield Step(now, Happening.LIMIT)
        if after.exhausted_at is not None and before.exhausted_at is None:
            yield Step(now, Happening.EXHAUSTED)
        for delivery in draft.state.outbox.values():
            if isinstance(delivery.body, CallBody):
                round_ += after.position == 0
                yield Step(now, Happening.CALL, delivery.body.contact_id, round_)
        state = replace(draft.state, outbox={})


def wave_of(state: State) -> Wave:
    wave = state.incidents[FORETOLD].wave
    if wave is None:
        raise ValueError("an alarm that nobody acts on lost its wave")
    return wave


def next_moment(state: State, wave: Wave, now: datetime) -> datetime | None:
    """Return when the wave does something next; None where only reminders in chat are left."""
    match wave.phase:
        case Phase.CALLING:
            return now + state.settings.plan.ring
        case Phase.ABORT_WINDOW if not wave.told and state.contacts:
            return min(wave.deadline, wave.started_at + escalation.CHAT_CONFIRM)
        case Phase.SLOW if wave.next_round is None or not wave.with_calls:
            return None
        case Phase.SLOW if wave.next_round is not None:
            return min(wave.deadline, wave.next_round)
    return wave.deadline


def go_on(draft: Draft, wave: Wave) -> None:
    if wave.phase is Phase.CALLING:
        call_results.call_failed(draft, FORETOLD, "no answer")
    else:
        escalation.step(draft, draft.state.incidents[FORETOLD], wave)
