"""The trigger rule: enough events within one span of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    return max(tripping_bursts(unspent, new, rule), key=len, default=())


def tripping_bursts(
    unspent: Sequence[CountedEvent], new: CountedEvent, rule: TriggerRule
) -> Iterator[tuple[CountedEvent, ...]]:
    """Yield the burst that begins with each event before `new`, where it trips the rule."""
    at = new.event.created_at
    near = sorted(
        (
            counted
            for counted in unspent
            if counted.armed_at == new.armed_at
            and abs(counted.event.created_at - at) <= rule.lookback
        ),
        key=lambda counted: (counted.event.created_at, counted.event.key),
    )
    for first, counted in enumerate(near):
        if counted.event.created_at > at:
            return
        end = counted.event.created_at + rule.lookback
        burst = tuple(c for c in near[first:] if c.event.created_at <= end)
        if new in burst and len(burst) >= rule.threshold:
            yield burst


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
    after = sorted(
        (e for e in incident.events if e.created_at > acknowledged),
        key=lambda e: (e.created_at, e.key),
    )
    new = CountedEvent(event, acknowledged)

    def bursts(events: Sequence[MotionEvent]) -> Iterator[tuple[CountedEvent, ...]]:
        return tripping_bursts([CountedEvent(e, acknowledged) for e in events], new, rule)

    elsewhere = any(
        counted.event.camera_id not in incident.cameras
        for burst in bursts(after)
        for counted in burst
    )
    if elsewhere:
        return True
    restless_until = max(filter(None, (acknowledged, incident.dropped_until)))
    return any(bursts(after_quiet(after, restless_until)))


def after_quiet(events: Sequence[MotionEvent], since: datetime) -> Sequence[MotionEvent]:
    """Return what came after the first five quiet minutes from `since` on."""
    for first, event in enumerate(events):
        if event.created_at - since >= QUIET:
            return events[first:]
        since = max(since, event.created_at)
    return ()
