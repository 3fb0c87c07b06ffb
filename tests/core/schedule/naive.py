"""The schedule as its page defines it: the wall clock, looked at minute by minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from alarm.core.schedule.windows import Window
from alarm.core.settings import Mode

MINUTE = timedelta(minutes=1)
# Longer than any stretch of time that a zone shows twice.
RUN_UP = timedelta(hours=26)
ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Nuuk",
    "America/Caracas",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kwajalein",
    "UTC",
)


def covers(window: Window, wall: datetime) -> bool:
    """Say whether a window that begins today or began yesterday holds this minute."""
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        start = datetime.combine(day, time(window.start // 60, window.start % 60))
        end = datetime.combine(day, time(window.end // 60, window.end % 60))
        if end <= start:
            end += timedelta(days=1)
        if day.weekday() in window.days and start <= wall < end:
            return True
    return False


def wanted(windows: Sequence[Window], wall: datetime) -> Mode | None:
    modes = {w.mode for w in windows if covers(w, wall)}
    assert len(modes) <= 1
    return modes.pop() if modes else None


def minutes(
    windows: Sequence[Window], zone: ZoneInfo, start: datetime, count: int, area: str = ""
) -> Iterator[tuple[datetime, Mode | None]]:
    """Yield what is wanted of an area in each minute; the hand of the clock never goes back."""
    mine = [w for w in windows if w.area in ("", area) and not w.paused]
    at = start - RUN_UP
    shown = at.astimezone(zone).replace(tzinfo=None, fold=0)
    while at < start + count * MINUTE:
        shown = max(shown, at.astimezone(zone).replace(tzinfo=None, fold=0))
        if at >= start:
            yield at, wanted(mine, shown)
        at += MINUTE


@cache
def changes_of(name: str) -> tuple[datetime, ...]:
    """Return the hours at whose end the zone has another offset, from 1968 on."""
    zone, found = ZoneInfo(name), []
    day = datetime(1968, 1, 1, tzinfo=UTC)
    while day.year < 2040:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            hours = [day + timedelta(hours=n) for n in range(24)]
            found.append(
                next(
                    h
                    for h in hours
                    if h.astimezone(zone).utcoffset()
                    != (h + timedelta(hours=1)).astimezone(zone).utcoffset()
                )
            )
        day = following
    return tuple(found) or (datetime(2026, 3, 4, tzinfo=UTC),)
