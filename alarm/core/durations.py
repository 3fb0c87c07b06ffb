"""Durations as people write them and as settings show them."""

from __future__ import annotations

import re
from datetime import timedelta

from alarm.core.errors import BadInput

HOW_TO_WRITE = "Write a time like 90s, 2m or 1h30m."
_NUMBER = r"([0-9]{1,6}(?:[.,][0-9]{1,3})?)"
_DURATION = re.compile(
    rf"(?:{_NUMBER}\s*(?:d|days?))?\s*"
    rf"(?:{_NUMBER}\s*(?:h|hrs?|hours?))?\s*"
    rf"(?:{_NUMBER}\s*(?:m|mins?|minutes?))?\s*"
    rf"(?:{_NUMBER}\s*(?:s|secs?|seconds?))?",
)


def exact(delta: timedelta) -> str:
    """Return a duration to its last second, as settings are shown: "2 min", "1 min 30 s"."""
    hours, rest = divmod(max(delta, timedelta(0)), timedelta(hours=1))
    minutes, left = divmod(rest, timedelta(minutes=1))
    parts = [f"{hours} h"] if hours else []
    if minutes:
        parts.append(f"{minutes} min")
    if left or not parts:
        parts.append(f"{left.total_seconds():g} s")
    return " ".join(parts)


def parse_duration(text: str) -> timedelta:
    """Read "90s", "2m", "1h30m", "2 min"; raise BadInput with a sentence that helps."""
    typed = text.strip().casefold()
    found = _DURATION.fullmatch(typed)
    if not typed or found is None:
        if re.fullmatch(_NUMBER, typed):
            raise BadInput(f"Seconds or minutes? Write {typed}s or {typed}m.")
        raise BadInput(HOW_TO_WRITE)
    days, hours, minutes, seconds = (float((g or "0").replace(",", ".")) for g in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
