"""The trigger rule: enough events within one span of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from alarm.core.events import MotionEvent
from alarm.core.incident import Incident
from alarm.core.settings import TriggerRule
from alarm.core.state import CountedEvent

# After an acknowledgement only this much quiet makes the next events of a known camera new.
QUIET = timedelta(minutes=5)


def tripping_burst(
    unspent: Sequence[CountedEvent], new: CountedEvent, rule: TriggerRule
) -> tuple[CountedEvent, ...]:
    """Return the largest burst around `new` that trips the rule, oldest first; empty if none.

    A burst holds at least `threshold` events of one armed period within a span of `lookback`,
    both ends included, and `new` is one of them: the settings in force never ring for the past.
    Its length says how many; ties go to the earliest.
    """
    near = sorted(
        (
            counted
            for counted in unspent
            if counted.armed_at == new.armed_at
            and abs(counted.event.created_at - new.event.created_at) <= rule.lookback
        ),
        key=lambda counted: (counted.event.created_at, counted.event.key),
    )
    best: tuple[CountedEvent, ...] = ()
    for first, counted in enumerate(near):
        end = counted.event.created_at + rule.lookback
        if counted.event.created_at > new.event.created_at:
            break
        burst = tuple(c for c in near[first:] if c.event.created_at <= end)
        if len(burst) > len(best):
            best = burst
    return best if len(best) >= rule.threshold else ()


def burst_building(unspent: Sequence[CountedEvent], rule: TriggerRule, now: datetime) -> bool:
    """Tell whether an unspent event could still become part of a burst; `now` in Blink's clock."""
    return any(now - counted.event.created_at <= rule.lookback for counted in unspent)


def rings_again(incident: Incident, event: MotionEvent, rule: TriggerRule) -> bool:
    """Tell whether `event` completes a new burst after the incident was acknowledged.

    The rule must trip on events after the acknowledgement alone, and either another camera is
    part of the burst, or its events come after five quiet minutes.
    """
    acknowledged = incident.acknowledged_at
    if acknowledged is None or event.created_at <= acknowledged:
        return False
    known = {e.camera_id for e in incident.events if e.created_at <= acknowledged}
    after = sorted(
        (e for e in incident.events if e.created_at > acknowledged),
        key=lambda e: (e.created_at, e.key),
    )

    def burst_from(first: int) -> tuple[CountedEvent, ...]:
        counted = [CountedEvent(e, acknowledged) for e in after[first:] if e != event]
        new = CountedEvent(event, acknowledged)
        return tripping_burst([*counted, new], new, rule)

    if any(counted.event.camera_id not in known for counted in burst_from(0)):
        return True
    quiet_from = acknowledged
    for first, candidate in enumerate(after):
        if candidate.created_at - quiet_from >= QUIET:
            return event.created_at >= candidate.created_at and bool(burst_from(first))
        quiet_from = candidate.created_at
    return False
