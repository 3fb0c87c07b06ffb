"""Read what stands behind /snooze: a camera, then for how long or until when."""

from __future__ import annotations

import re
from datetime import timedelta

from alarm.core.durations import parse_duration
from alarm.core.errors import BadInput
from bot.words.typed_times import Here, parse_moment

MIN_SNOOZE, MAX_SNOOZE = timedelta(minutes=1), timedelta(days=7)
HOW_TO_SNOOZE = "Write /snooze Garage 30m or /snooze Garage until 20:00. Allowed: 1 min to 7 days."
_UNTIL = re.compile(r"(.*?)\s*\b(?:until|till|til)\s+(.+)", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(r"\s*\bfor$", re.IGNORECASE)


def read_snooze(text: str, here: Here) -> tuple[str, timedelta]:
    """Read "garage 30m", "garage for 1 h 30 min", "front door until 20:00".

    Return the camera as it was written, and the time; raise BadInput with examples.
    """
    if found := _UNTIL.fullmatch(text.strip()):
        try:
            end = parse_moment(found[2], here)
        except BadInput as refusal:
            raise BadInput(f"{refusal} {HOW_TO_SNOOZE}") from None
        return found[1], _allowed(end - here.now)
    parts = text.split()
    for length in range(min(4, len(parts)), 0, -1):
        try:
            duration = parse_duration(" ".join(parts[-length:]))
        except BadInput:
            continue
        return _FOR.sub("", " ".join(parts[:-length])), _allowed(duration)
    raise BadInput(HOW_TO_SNOOZE)


def _allowed(duration: timedelta) -> timedelta:
    if not MIN_SNOOZE <= duration <= MAX_SNOOZE:
        raise BadInput(HOW_TO_SNOOZE)
    return duration
