"""What the schedule wants at an instant, and the instants at which that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from alarm.core.schedule.wall import first_shown, shown_at
from alarm.core.schedule.windows import DAY, Schedule, week_of
from alarm.core.settings import Mode

# A week has every change of it, another one those of a day that the clocks skipped, and a day on
# each side those that a time zone moves there.
_AHEAD = 16
LOOK_BACK = timedelta(days=_AHEAD)


@dataclass(frozen=True, slots=True)
class Edge:
    """From this instant on the schedule wants `mode`, or nothing: disarmed."""

    at: datetime
    mode: Mode | None


def wanted_at(schedule: Schedule, zone: ZoneInfo, at: datetime) -> Mode | None:
    """Return the mode that the schedule wants at an instant, None where it wants nothing."""
    shown = shown_at(at, zone)
    return week_of(schedule).modes[shown.weekday() * DAY + shown.hour * 60 + shown.minute]


@lru_cache(maxsize=256)
def next_edge(schedule: Schedule, zone: ZoneInfo, after: datetime) -> Edge | None:
    """Return the first edge later than an instant; None where nothing ever changes.

    Asked every second with the same instant, it is reckoned once.
    """
    changes = week_of(schedule).changes
    if not changes:
        return None
    before = wanted_at(schedule, zone, after)
    today = shown_at(after, zone).date()
    for ahead in range(_AHEAD + 1):
        day = today + timedelta(days=ahead)
        first = day.weekday() * DAY
        for minute in changes:
            if not first <= minute < first + DAY:
                continue
            at = first_shown(day, minute - first, zone)
            # At a jump several changes may fall on one instant, and cancel each other out.
            if at > after and (mode := wanted_at(schedule, zone, at)) is not before:
                return Edge(at, mode)
    return None


def edges(schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[Edge]:
    """Yield the edges later than `after` and up to `until`, in order."""
    while (edge := next_edge(schedule, zone, after)) is not None and edge.at <= until:
        yield edge
        after = edge.at


def last_edge(schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime) -> Edge | None:
    """Return the newest edge later than `after` and up to `until`, however long that is."""
    edge = next_edge(schedule, zone, after)
    if edge is None or edge.at > until:
        return None
    if until - after <= LOOK_BACK:
        return list(edges(schedule, zone, after, until))[-1]
    recent = list(edges(schedule, zone, until - LOOK_BACK, until))
    return recent[-1] if recent else edge
