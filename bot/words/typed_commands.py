"""Read what stands behind /arm, /disarm and /vacation: from when, and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from alarm.core.errors import BadInput
from alarm.core.schedule.wall import first_shown
from alarm.core.schedule.windows import DAY
from alarm.core.settings import Mode
from bot.words.times import parse_duration
from bot.words.typed_times import Here, parse_from_now, parse_moment

ARM_EXAMPLES = "For example /arm until 7:00, /arm in 10m or /arm night until 7:00."
DISARM_EXAMPLES = "For example /disarm 2h or /disarm until 18:00."
VACATION_EXAMPLES = "For example /vacation until 12 dec, or /vacation off."
_UNTIL = ("until", "till", "til")
_OPENING = ("in", "for", *_UNTIL)
_MODES = {mode.value for mode in Mode}


@dataclass(frozen=True, slots=True)
class Times:
    """`rest`: what is no time, such as a mode or an area."""

    rest: str
    start: datetime | None = None
    end: datetime | None = None


def parse_times(text: str, here: Here, examples: str) -> Times:
    """Take the times out of what stands behind a command; raise BadInput with the examples."""
    try:
        return _times(text, here)
    except BadInput as refusal:
        raise BadInput(f"{refusal} {examples}") from None


def _times(text: str, here: Here) -> Times:
    parts: list[tuple[str, list[str]]] = [("", [])]
    for word in text.casefold().split():
        # "until fri at 18:00" is one time.
        if word in _OPENING or (word == "at" and parts[-1][0] not in _UNTIL):
            parts.append((word, []))
        else:
            parts[-1][1].append(word)
    rest = parts[0][1]
    start = end = None
    for opening, words in parts[1:]:
        if len(words) > 1 and words[-1] in _MODES:
            rest.append(words.pop())
        what = " ".join(words)
        if opening in ("in", "at"):
            start = parse_from_now(what, here) if opening == "in" else parse_moment(what, here)
        else:
            end = parse_from_now(what, here) if opening == "for" else parse_moment(what, here)
    if len(parts) == 1 and (length := _trailing_duration(rest)):
        end = parse_from_now(" ".join(rest[-length:]), here)
        rest = rest[:-length]
    if start is not None and end is not None and end <= start:
        raise BadInput("The end must be later than the beginning.")
    return Times(" ".join(rest), start, end)


def _trailing_duration(words: list[str]) -> int:
    """Return how many of the last words are a duration, such as "2h" or "1 h 30 min"."""
    for length in range(min(len(words), 4), 0, -1):
        text = " ".join(words[-length:])
        try:
            parse_duration(text)
        except BadInput:
            continue
        return length
    return 0


def parse_vacation(text: str, here: Here) -> datetime:
    """Return the end of a vacation; a date alone, or a number of days, is the end of that day."""
    typed = " ".join(text.casefold().split())
    typed = re.sub(r"^(?:until|till|til|to|for)\s+", "", typed)
    try:
        if found := re.fullmatch(r"([0-9]{1,3})\s*(d|days?|w|weeks?)", typed):
            days = int(found[1]) * (7 if found[2].startswith("w") else 1)
            return first_shown(here.today + timedelta(days=days), DAY, here.zone)
        return parse_moment(typed, here, end_of_day=True)
    except BadInput as refusal:
        raise BadInput(f"{refusal} {VACATION_EXAMPLES}") from None
