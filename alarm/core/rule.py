"""The trigger rule: enough events within one span of time, from enough cameras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alarm.core.events import MotionEvent
from alarm.core.incident import Incident
from alarm.core.settings import CameraRule, Mode, Settings, TriggerRule
from alarm.core.state import CountedEvent

# After an acknowledgement only this much quiet makes the next events of a known camera new.
QUIET = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Rules:
    """By what events are judged. `pool`: all cameras together, those of `cameras` left aside.

    `distinct`: of how many cameras a burst of the pool must hold events; there a camera with a
    rule of its own is one more, too.
    """

    pool: TriggerRule
    distinct: int = 1
    cameras: Mapping[str, CameraRule] = field(default_factory=dict)

    def own(self, camera_id: str) -> TriggerRule | None:
        rule = self.cameras.get(camera_id)
        return None if rule is None else rule.rule

    def never(self, camera_id: str) -> bool:
        rule = self.cameras.get(camera_id)
        return rule is not None and rule.rule is None


def rules_of(settings: Settings, mode: Mode) -> Rules:
    """Return what is in force in a mode."""
    of_mode = settings.mode(mode)
    return Rules(of_mode.rule, of_mode.distinct, settings.cameras)


@dataclass(frozen=True, slots=True)
class Tripped:
    """A burst, oldest event first, and the rule that it tripped, as an incident notes it."""

    burst: tuple[CountedEvent, ...]
    rule_text: str

    @property
    def events(self) -> tuple[MotionEvent, ...]:
        return tuple(counted.event for counted in self.burst)


def tripping(unspent: Sequence[CountedEvent], new: CountedEvent, rules: Rules) -> Tripped | None:
    """Return the largest burst around `new` that trips a rule; ties go to the earliest.

    A burst holds at least `threshold` events of one armed period within a span of `lookback`,
    both ends included. It trips by `new` alone: the settings in force never ring for the past.
    """
    return max(trips(unspent, new, rules), key=lambda tripped: len(tripped.burst), default=None)


def trips(unspent: Sequence[CountedEvent], new: CountedEvent, rules: Rules) -> Iterator[Tripped]:
    """Yield every burst that `new` makes trip a rule."""
    camera = new.event.camera_id
    if rules.never(camera):
        return
    period = [
        counted
        for counted in unspent
        if counted.armed_at == new.armed_at and not rules.never(counted.event.camera_id)
    ]
    own = rules.own(camera)
    if own is not None:
        text = f"{noted(own)} at {new.event.camera_name}"
        same = [counted for counted in period if counted.event.camera_id == camera]
        for burst in windows(same, new, own.lookback):
            if len(burst) >= own.threshold:
                yield Tripped(burst, text)
    text = noted(rules.pool) + (f" from {rules.distinct} cameras" if rules.distinct > 1 else "")
    for burst in windows(period, new, rules.pool.lookback):
        pooled = sum(rules.own(counted.event.camera_id) is None for counted in burst)
        # One of its own rule only adds a camera: a burst that had enough of them is of the past.
        complete = own is not None and cameras(c for c in burst if c != new) >= rules.distinct
        enough = pooled >= rules.pool.threshold and cameras(burst) >= rules.distinct
        if enough and not complete:
            yield Tripped(burst, text)


def windows(
    unspent: Sequence[CountedEvent], new: CountedEvent, lookback: timedelta
) -> Iterator[tuple[CountedEvent, ...]]:
    """Yield the events within one span that holds `new`, for each that such a span can begin with.

    Events come oldest first.
    """
    at = new.event.created_at
    near = sorted(
        (counted for counted in unspent if abs(counted.event.created_at - at) <= lookback),
        key=lambda counted: (counted.event.created_at, counted.event.key),
    )
    for first, counted in enumerate(near):
        if counted.event.created_at > at:
            return
        end = counted.event.created_at + lookback
        burst = tuple(c for c in near[first:] if c.event.created_at <= end)
        if new in burst:
            yield burst


def cameras(burst: Iterable[CountedEvent]) -> int:
    return len({counted.event.camera_id for counted in burst})


def noted(rule: TriggerRule) -> str:
    """Return the rule as incidents and the journal note it."""
    return f"{rule.threshold} in {rule.lookback.total_seconds():g} s"


def burst_building(unspent: Sequence[CountedEvent], rules: Rules, now: datetime) -> bool:
    """Tell whether an unspent event could still become part of a burst; `now` in Blink's clock."""

    def lookback(counted: CountedEvent) -> timedelta:
        own = rules.own(counted.event.camera_id)
        return rules.pool.lookback if own is None else max(own.lookback, rules.pool.lookback)

    return any(now - counted.event.created_at <= lookback(counted) for counted in unspent)


def rings_again(incident: Incident, event: MotionEvent, rules: Rules) -> bool:
    """Tell whether `event` completes a new burst after the incident was acknowledged.

    A rule must trip on events after the acknowledgement alone, and either another camera is
    part of the burst, or its events come after five quiet minutes.
    """
    acknowledged = incident.acknowledged_at
    if acknowledged is None or event.created_at <= acknowledged:
        return False
    after = sorted(
        (e for e in incident.counted if e.created_at > acknowledged),
        key=lambda e: (e.created_at, e.key),
    )
    new = CountedEvent(event, acknowledged)

    def bursts(events: Sequence[MotionEvent]) -> Iterator[Tripped]:
        return trips([CountedEvent(e, acknowledged) for e in events], new, rules)

    elsewhere = any(
        seen.camera_id not in incident.cameras
        for tripped in bursts(after)
        for seen in tripped.events
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
