"""Which area a window is of, in words; a home with one area never reads any of them."""

from __future__ import annotations

from collections.abc import Iterable

from alarm.core.schedule.notation import written
from alarm.core.schedule.windows import ALL_AREAS, Window
from alarm.core.state import Area, State
from bot.words.areas import has_many
from bot.words.markup import UNNAMED, name, plain

GONE = "an area that Blink no longer lists"
# What is left of a line of a phone beside "In :".
_LONGEST_HEADING = 26


def tells_areas(state: State) -> bool:
    """Tell whether windows have to say of which area they are."""
    return has_many(state) or any(
        window.area not in (ALL_AREAS, *state.areas) for window in state.calendar.schedule.windows
    )


def by_name(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (area.name.casefold(), area.network_id))


def area_of(window: Window, state: State) -> str:
    """Return "Cabin" or "all areas" as plain text."""
    if window.area == ALL_AREAS:
        return "all areas"
    area = state.areas.get(window.area)
    return GONE if area is None else plain(area.name) or UNNAMED


def placed(window: Window, state: State, *, always: bool = False) -> str:
    """Return "fri 18:00-20:00 away in Cabin" as plain text.

    All areas go without saying, unless `always`.
    """
    silent = window.area == ALL_AREAS and not always
    where = "" if silent or not tells_areas(state) else f" in {area_of(window, state)}"
    return f"{written(window)}{where}"


def placed_both(first: Window, second: Window, state: State) -> tuple[str, str]:
    """Return two windows as plain text, so that nobody takes the one for the area of the other."""
    apart = first.area != second.area
    return placed(first, state, always=apart), placed(second, state, always=apart)


def headings(state: State) -> dict[str, str]:
    """Return what stands above the windows of each area, in order; none in a home with one."""
    if not tells_areas(state):
        return {}
    lines = {ALL_AREAS: "In all areas:"}
    for area in by_name(state.areas.values()):
        lines[area.network_id] = f"In {plain(area.name, _LONGEST_HEADING) or UNNAMED}:"
    for window in state.calendar.schedule.windows:
        lines.setdefault(window.area, "In an area that is gone:")
    return lines


def gone_lines(state: State) -> list[str]:
    """Say of which windows Blink no longer lists the area, as HTML."""
    lines: dict[str, None] = {}
    for window in state.calendar.schedule.windows:
        area = state.areas.get(window.area)
        if area is not None and area.missing_since is not None:
            lines[f"⚠️ {name(area.name)} is {GONE}. Its windows are kept."] = None
        elif area is None and window.area != ALL_AREAS:
            lines[f"⚠️ Window {window.id} is of {GONE}. It is kept."] = None
    return list(lines)
