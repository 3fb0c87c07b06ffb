"""Find the name of an area among other words: "fri 18:00-20:00 away in cabin"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from alarm.core.state import Area
from bot.words.targets import fitting, likeness

# More words than any sentence with an area in it has.
_MOST_WORDS = 24
# What people write before a name; behind it a word means an area, whatever else it means.
_BEFORE = frozenset({"in", "at", "for", "of", "area", "the"})
_ALL = re.compile(
    r"\b(?:(?:in|for|of)\s+)?(?:(?:all|both|every|any)\s+(?:of\s+)?(?:the\s+)?areas?|everywhere)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Words that may name one of `areas`, and all the others. `surely`: nothing else is meant."""

    words: str
    areas: tuple[Area, ...]
    rest: str
    surely: bool


def without_all_areas(text: str) -> str | None:
    """Return what is left beside "all areas"; None where that is not said."""
    rest, found = _ALL.subn(" ", text.casefold())
    return " ".join(rest.split()) if found else None


def names_in(text: str, areas: Collection[Area]) -> Iterator[Named]:
    """Yield whatever may be the name of an area: exact ones first, of these the longest."""
    words = text.split()
    if not areas or len(words) > _MOST_WORDS:
        return
    longest = max(len(area.name.split()) for area in areas)
    runs = [
        (first, last)
        for first in range(len(words))
        for last in range(first + 1, min(first + longest, len(words)) + 1)
    ]
    graded = []
    for first, last in runs:
        typed = " ".join(words[first:last]).strip(",;:")
        fits = fitting(typed, areas) if typed else []
        if fits:
            graded.append((likeness(typed, fits[0]), first - last, first, last, typed, fits))
    for grade, _, first, last, typed, fits in sorted(graded, key=lambda found: found[:3]):
        before = first
        while before and words[before - 1].casefold() in _BEFORE:
            before -= 1
        rest = " ".join([*words[:before], *words[last:]])
        yield Named(typed, tuple(fits), rest, surely=not grade or before < first)
