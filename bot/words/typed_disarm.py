"""Read what stands behind /disarm: a slip of the finger must neither be obeyed nor in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alarm.core.errors import BadInput
from alarm.core.state import Area, State
from bot.pages import Page
from bot.words.area_buttons import area_rows
from bot.words.help import bad_arguments
from bot.words.markup import plain
from bot.words.panel import DISARM
from bot.words.targets import fitting, likeness
from bot.words.typed_areas import without_all_areas
from bot.words.typed_commands import DISARM_EXAMPLES, bare_time, parse_times, time_like
from bot.words.typed_times import Here

AT_ONCE = "Nothing was changed: /disarm acts at once, not later. For a time from now: /disarm 2h."
# Said in passing, or of what is meant anyway.
_FOR_GOOD = re.compile(r"\bfor\s+(?:ever|good|now)\b")
_PASSING = frozenset({"all", "both", "everything", "everywhere", "forever", "now", "please", "the"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """`area`: a network id, None for all. `unknown`: words that mean nothing here."""

    area: str | None = None
    end: datetime | None = None
    unknown: str = ""


def read_disarm(text: str, here: Here, areas: Mapping[str, Area]) -> Wanted:
    """Return what is to be disarmed, and until when.

    Raise BadInput where doing it could be against what was meant: a time that cannot be read, or
    what may be the name of one of several areas. Whatever else it is does not hinder.
    """
    try:
        times = parse_times(_without_passing(text), here, DISARM_EXAMPLES)
        time = bare_time(times.rest)
    except BadInput as refusal:
        raise BadInput(f"Nothing was changed. {refusal}") from None
    if times.start is not None:
        raise BadInput(AT_ONCE)
    if not times.rest:
        return Wanted(end=times.end)
    fits = fitting(times.rest, areas.values())
    if len(fits) == 1 and (len(areas) > 1 or likeness(times.rest, fits[0]) == 0):
        return Wanted(fits[0].network_id if len(areas) > 1 else None, times.end)
    if time:
        raise BadInput(f"Nothing was changed. Until {time}? Write /disarm until {time}.")
    if time_like(times.rest.split()[0]):
        raise BadInput(f"Nothing was changed: {_quoted(times.rest)} is no time. {DISARM_EXAMPLES}")
    if len(areas) < 2 and times.end is None:
        return Wanted(unknown=times.rest)
    if len(areas) < 2:
        raise BadInput(
            f"Nothing was changed: {_quoted(times.rest)} was not understood. {DISARM_EXAMPLES}"
        )
    why = "fits more than one area" if fits else "is no area here"
    raise BadInput(f"Nothing was changed: {_quoted(times.rest)} {why}. Which one?")


def _without_passing(text: str) -> str:
    text = _FOR_GOOD.sub(" ", text.casefold())
    everywhere = without_all_areas(text)
    words = (text if everywhere is None else everywhere).split()
    return " ".join(word for word in words if word.strip(".,!") not in _PASSING)


def not_understood(wanted: Wanted, state: State) -> str:
    """Say which words nothing was made of. `state`: after it; a PIN may be still to come."""
    done = "will be" if state.armed else "is"
    what = f"everything {done} disarmed, with no end."
    return f"{_quoted(wanted.unknown)} was not understood: {what}"


def refused(refusal: str, state: State) -> Page:
    """Say why nothing was done, with buttons that do it."""
    rows = (tuple(row) for row in area_rows(state, arming=False))
    return Page(bad_arguments(refusal).html, (*rows, (DISARM,)))


def _quoted(text: str) -> str:
    return f"“{plain(text)}”"
