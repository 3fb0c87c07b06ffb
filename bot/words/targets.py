"""Read which mode and which area a command means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alarm.core.errors import BadInput
from alarm.core.settings import Mode
from alarm.core.state import Area
from bot.words import matching
from bot.words.markup import LONGEST_NAME, plain

_MODES = {mode.value: mode for mode in Mode}
HOW_TO_ARM = "Write /arm, /arm home or /arm night."


@dataclass(frozen=True, slots=True)
class Target:
    """`mode` None: none was named. `area`: a network id, None means all."""

    mode: Mode | None = None
    area: str | None = None


def parse_target(text: str, areas: Mapping[str, Area]) -> Target:
    """Read "night", "cabin", "cabin night" or "night cabin".

    The name of a mode alone is the mode: an area of that name is meant by two words, "away night".
    Raise BadInput with the areas to choose from.
    """
    mode, rest = split_mode(text)
    if not rest:
        return Target(mode)
    if len(areas) < 2 and not fitting(rest, areas.values()):
        raise BadInput(f"Not understood: {plain(rest)}. {HOW_TO_ARM}")
    return Target(mode, find_area(rest, areas.values()).network_id)


def split_mode(text: str) -> tuple[Mode | None, str]:
    """Take the mode off the beginning or the end; return it and what is left."""
    words = text.split()
    if words and words[0].casefold() in _MODES:
        return _MODES[words[0].casefold()], " ".join(words[1:])
    if words and words[-1].casefold() in _MODES:
        return _MODES[words[-1].casefold()], " ".join(words[:-1])
    return None, " ".join(words)


def find_area(text: str, areas: Iterable[Area]) -> Area:
    """Find an area by its name, or by the beginning of a word of it; raise BadInput with all."""
    known = sorted(areas, key=lambda a: (a.name.casefold(), a.network_id))
    fits = fitting(text, known)
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise BadInput(f"More than one area fits. Which one? {area_names(fits)}")
    raise BadInput(f"No area is called {plain(text)}. There are: {area_names(known)}")


def fitting(text: str, areas: Iterable[Area]) -> list[Area]:
    """Return the areas whose names are most like a text; none where it is in none of them."""
    graded = [(grade, area) for area in areas if (grade := likeness(text, area)) is not None]
    best = min((grade for grade, _ in graded), default=None)
    return [area for grade, area in graded if grade == best]


def likeness(text: str, area: Area) -> int | None:
    """Return 0 where a text is the name, 1 or 2 where it begins it or a word of it, else None."""
    return matching.likeness(text, area.name)


def area_names(areas: Iterable[Area]) -> str:
    return ", ".join(plain(area.name, LONGEST_NAME) for area in areas)
