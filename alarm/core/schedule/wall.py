"""The clock on the wall of the home, whose hand never goes back, and the instants it shows.

Local times are naive and whole minutes; instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
_EXACT = timedelta(microseconds=1)


def shown_at(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the minute that the clock shows; in doubled time the last one before it went back."""
    local = at.astimezone(zone)
    if local.fold:
        offset = local.utcoffset()
        first = local.replace(fold=0).astimezone(UTC)
        back = _first(first, at, lambda moment: moment.astimezone(zone).utcoffset() == offset)
        local = (back - _EXACT).astimezone(zone)
    return local.replace(tzinfo=None, fold=0, second=0, microsecond=0)


def first_shown(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the clock shows this minute of that day or a later one."""
    wall = datetime.combine(day, time()) + minute * MINUTE
    local = wall.replace(tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return instant
    # Skipped: read with the offset before the jump it lies after it, and the other way round.
    before = local.replace(fold=1).astimezone(UTC)
    return _first(
        before, instant, lambda moment: moment.astimezone(zone).replace(tzinfo=None) >= wall
    )


def _first(before: datetime, until: datetime, reached: Callable[[datetime], bool]) -> datetime:
    """Return the first whole second after `before` from which on it is reached.

    It is not reached at `before` and is at `until`; offsets change at whole seconds.
    """
    low = before.replace(microsecond=0)
    high = until if not until.microsecond else until.replace(microsecond=0) + timedelta(seconds=1)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if reached(middle):
            high = middle
        else:
            low = middle
    return high
