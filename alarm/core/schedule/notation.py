"""Windows and modes in writing, as people type them and as the journal keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from alarm.core.schedule.windows import DAY, EVERY_DAY, Window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def written_days(days: Sequence[int]) -> str:
    """Return "mon-fri", "sat,sun", "daily"; three days or more in a row are a range."""
    if tuple(days) == EVERY_DAY:
        return "daily"
    parts: list[str] = []
    rest = list(days)
    while rest:
        run = [rest.pop(0)]
        while rest and rest[0] == run[-1] + 1:
            run.append(rest.pop(0))
        if len(run) > 2:
            parts.append(f"{DAYS[run[0]]}-{DAYS[run[-1]]}")
        else:
            parts += [DAYS[day] for day in run]
    return ",".join(parts)


def written_time(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def written_span(window: Window) -> str:
    """Return "22:00-6:30"; an end at midnight is 24:00 of the same day."""
    return f"{written_time(window.start)}-{written_time(window.end or DAY)}"


def written(window: Window) -> str:
    """Return "mon-fri 22:00-6:30 night"."""
    paused = " (paused)" if window.paused else ""
    return f"{written_days(window.days)} {written_span(window)} {window.mode.value}{paused}"
