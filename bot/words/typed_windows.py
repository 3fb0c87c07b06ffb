"""Read windows of the schedule: "mon-fri 22:00-6:30 night"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from alarm.core.errors import BadInput
from alarm.core.schedule.notation import written_span, written_time
from alarm.core.schedule.windows import ALL_AREAS, DAY, EVERY_DAY, Window
from alarm.core.settings import Mode
from alarm.core.state import Area
from bot.words.targets import area_names, find_area
from bot.words.typed_areas import names_in, without_all_areas
from bot.words.typed_times import parse_day, parse_time_of_day

EXAMPLE = "/schedule add mon-fri 22:00-6:30 night"
HOW_TO_WRITE = f"Write it like {EXAMPLE}"
_ONE_OR_ALL = "A window is of one area or of all areas."
_GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "every day": EVERY_DAY,
    "all": EVERY_DAY,
    "weekdays": (0, 1, 2, 3, 4),
    "workdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
}
_TIME = r"(?:[0-9]{1,2}(?:[:.h][0-9]{2})?\s*(?:am|pm)?|noon|midnight)"
_SPAN = re.compile(
    rf"(?<![a-z0-9])(?:from\s+)?({_TIME})\s*(?:-|–|—|to|until|till)\s*({_TIME})(?![a-z0-9])"
)

_ONE_TIME = re.compile(_TIME)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person named of a window; None for what was left out."""

    days: tuple[int, ...] | None = None
    span: tuple[int, int] | None = None
    mode: Mode | None = None
    area: str | None = None


def parse_window(text: str, areas: Collection[Area] = ()) -> Window:
    """Read a whole window; without days it is daily, without an area of all of them.

    Raise BadInput with an example.
    """
    typed = parse_parts(text, areas)
    if typed.span is None:
        raise BadInput(f"From when to when? {HOW_TO_WRITE}")
    if typed.mode is None:
        modes = ", ".join(mode.value for mode in Mode)
        raise BadInput(f"In which mode: {modes}? {HOW_TO_WRITE}")
    start, end = typed.span
    return Window(typed.days or EVERY_DAY, start, end, typed.mode, area=typed.area or ALL_AREAS)


def changed_window(window: Window, text: str, areas: Collection[Area] = ()) -> Window:
    """Return the window with what a person named changed."""
    if _ONE_TIME.fullmatch(text.strip().casefold()):
        raise BadInput(_from_or_until(window, parse_time_of_day(text)))
    typed = parse_parts(text, areas)
    if typed == Typed():
        raise BadInput(f"What is to change? Write it like /schedule change {window.id} 23:00-6:30")
    start, end = typed.span or (window.start, window.end)
    days, mode = typed.days or window.days, typed.mode or window.mode
    area = window.area if typed.area is None else typed.area
    return replace(window, days=days, start=start, end=end, mode=mode, area=area)


def _from_or_until(window: Window, minute: int) -> str:
    new = written_time(minute)
    later = written_span(replace(window, start=minute % DAY))
    earlier = written_span(replace(window, end=minute % DAY))
    how = f"Write /schedule change {window.id} {later} or {earlier}"
    return f"From {new} or until {new}? {how}"


def parse_parts(text: str, areas: Collection[Area] = ()) -> Typed:
    """Read days, times, mode and area in any order; raise BadInput for a word that is none.

    A word that can be a day or a mode is that, unless only the name of an area makes sense.
    """
    try:
        return _without_area(text, areas)
    except BadInput:
        typed = _with_area(text, areas)
        if typed is None:
            raise
        return typed


def _with_area(text: str, areas: Collection[Area]) -> Typed | None:
    rest = without_all_areas(text)
    if rest is not None:
        typed = parse_parts(rest, areas)
        if typed.area is not None:
            raise BadInput(_ONE_OR_ALL)
        return replace(typed, area=ALL_AREAS)
    found = list(names_in(text, areas))
    for named in found:
        read = _read(named.rest)
        if read is not None and (named.surely or _read(named.words) is None):
            return replace(read, area=find_area(named.words, areas).network_id)
    for named in (n for n in found if n.surely):
        if any(_read(second.rest) for second in names_in(named.rest, areas)):
            raise BadInput(_ONE_OR_ALL)
        # Not the name is what cannot be read.
        return _without_area(named.rest, areas)
    return None


def _read(text: str) -> Typed | None:
    try:
        return _without_area(text, ())
    except BadInput:
        return None


def _without_area(text: str, areas: Collection[Area]) -> Typed:
    rest = " ".join(text.casefold().split())
    span = None
    if found := _SPAN.search(rest):
        span = _span(found[1], found[2])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    mode, words = None, []
    for word in rest.split():
        known = next((m for m in Mode if m.value == word), None)
        if known is None:
            words.append(word)
        elif mode is not None:
            raise BadInput("A window has one mode.")
        else:
            mode = known
    return Typed(_days(" ".join(words), areas) if words else None, span, mode)


def _span(first: str, last: str) -> tuple[int, int]:
    start, end = parse_time_of_day(first), parse_time_of_day(last)
    if start == DAY:
        start = 0
    return start, end % DAY


def _days(text: str, areas: Collection[Area]) -> tuple[int, ...]:
    """Read "mon-fri", "sat,sun", "fri-mon wed", "weekends"."""
    text = re.sub(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", "-", text)
    text = re.sub(r"\b(?:and|on|every)\b(?! day)", " ", text).replace("every day", "daily")
    days: set[int] = set()
    for part in re.split(r"[\s,;+&]+", text.strip(" ,;")):
        if part in _GROUPS:
            days.update(_GROUPS[part])
            continue
        try:
            first, _, last = part.partition("-")
            start = parse_day(first)
            end = parse_day(last) if last else start
        except BadInput:
            raise BadInput(_not_read(part, areas)) from None
        days.update((start + n) % 7 for n in range((end - start) % 7 + 1))
    return tuple(sorted(days))


def _not_read(part: str, areas: Collection[Area]) -> str:
    if len(areas) < 2:
        return f"“{part[:30]}” is no day, time or mode. {HOW_TO_WRITE}"
    known = f"The areas are: {area_names(areas)}."
    return f"“{part[:30]}” is no day, time, mode or area. {known} {HOW_TO_WRITE}"
