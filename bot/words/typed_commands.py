"""Read what stands behind /arm, /disarm and /vacation: from when, and until when."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from alarm.core.errors import BadInput
from alarm.core.schedule.wall import first_shown
from alarm.core.schedule.windows import DAY
from bot.words.times import parse_duration
from bot.words.typed_times import Here, parse_from_now, parse_moment, parse_time_of_day

ARM_EXAMPLES = "For example /arm until 7:00, /arm in 10m or /arm night until 7:00."
DISARM_EXAMPLES = "For example /disarm 2h or /disarm until 18:00."
VACATION_EXAMPLES = "For example /vacation until 12 dec, or /vacation off."
_UNTIL = ("until", "till", "til")
_OPENING = ("in", "for", *_UNTIL)
# What makes a time of words that cannot be read as one: then nothing else may be made of them.
_TIME_LIKE = re.compile(
    r"[0-9]{1,2}(?:[:.h][0-9]*|\s*[ap]\.?m\.?)|[0-9][0-9./-]*\s*[a-z]{0,7}"
    r"|at|[ap]\.?m\.?|now|noon|midnight|tomorrow|tonight|today|later|soon|(?:half|quarter|while|moment)"
    r"|(?:sec|min|minute|hour|day|week|month)s?|(?:morning|evening)"
    r"|(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?"
)
_CLOCK = re.compile(r"\b[0-9]{1,2}[:.][0-9]{2}\b|\b[0-9]{1,2}\s*[ap]m\b")


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
        if opening in ("in", "at") and _is_place(words):
            rest += words
            continue
        moment, left = _read_first(opening, words, here)
        rest += left
        if opening in ("in", "at"):
            start = moment
        else:
            end = moment
    if start is None and end is None and (length := _trailing_duration(rest)):
        end = parse_from_now(" ".join(rest[-length:]), here)
        rest = rest[:-length]
    if start is not None and end is not None and end <= start:
        raise BadInput("The end must be later than the beginning.")
    return Times(" ".join(rest), start, end)


def _is_place(words: list[str]) -> bool:
    """Tell whether "in" or "at" stands before no time: "in cabin", "in cabin 2h", "at home"."""
    place = words[: len(words) - _trailing_duration(words)]
    return bool(place) and not any(map(time_like, place))


def _read_first(opening: str, words: list[str], here: Here) -> tuple[datetime, list[str]]:
    """Read the time that words begin with; return it, and the mode or the area behind it."""
    parse = parse_from_now if opening in ("in", "for") else parse_moment
    parse = _end if opening in _UNTIL else parse
    for length in range(len(words), 0, -1):
        if length == len(words) or not time_like(words[length]):
            with suppress(BadInput):
                return parse(" ".join(words[:length]), here), words[length:]
    # Once more, to be refused.
    return parse(" ".join(words), here), []


def time_like(word: str) -> bool:
    """Tell whether a word can only be meant as a time, or as a part of one."""
    return _TIME_LIKE.fullmatch(word.casefold().strip(".,;!?")) is not None


def bare_time(text: str) -> str:
    """Return a time of day of which nothing tells whether it is the beginning or the end.

    Raise BadInput where it is none that a day has.
    """
    found = _CLOCK.search(text)
    if found is None:
        return ""
    parse_time_of_day(found[0])
    return found[0]


def _end(text: str, here: Here) -> datetime:
    """Return until when: a date alone is the end of that day, as in a vacation."""
    return parse_moment(text, here, end_of_day=True)


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
