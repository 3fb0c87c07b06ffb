"""Read what people write behind a command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from alarm.core.errors import BadInput
from alarm.core.events import Camera
from alarm.core.settings import (
    MAX_LOOKBACK,
    MAX_THRESHOLD,
    MIN_LOOKBACK,
    MIN_THRESHOLD,
    TriggerRule,
)
from bot.words.markup import LONGEST_NAME, plain
from bot.words.times import exact, parse_duration

RULE_RANGE = (
    f"{MIN_THRESHOLD} to {MAX_THRESHOLD} events within {exact(MIN_LOOKBACK)} to "
    f"{round(MAX_LOOKBACK / timedelta(minutes=1))} min"
)
RULE_EXAMPLE = "/threshold 3 in 2m"
_RULE = re.compile(
    r"([0-9]{1,9})\s*(?:events?|motions?|clips?)?(?:(?:\s*\b(?:in|within|per)\b|\s*[/,]|\s)\s*(.+))?"
)
NAMES_SHOWN = 12


def parse_rule(text: str, lookback: timedelta | None = None) -> TriggerRule:
    """Read "3 in 2m", "3 2m" or "3"; a missing time is `lookback`, else the default.

    Raise BadInput with a sentence that names the allowed range.
    """
    found = _RULE.fullmatch(text.strip().casefold())
    if found is None:
        raise BadInput(f"Write it like {RULE_EXAMPLE}. Allowed: {RULE_RANGE}.")
    number, time = int(found[1]), found[2]
    if time is not None:
        try:
            lookback = parse_duration(time)
        except BadInput as refusal:
            raise BadInput(f"{refusal} For example: {RULE_EXAMPLE}") from None
    default = TriggerRule()
    wanted = default.lookback if lookback is None else lookback
    try:
        return TriggerRule(number, wanted)
    except BadInput:
        raise BadInput(f"Not possible. Allowed: {RULE_RANGE}, like {RULE_EXAMPLE}") from None


def find_camera(text: str, cameras: Iterable[Camera]) -> Camera:
    """Find a camera by its name, the beginning or a part of it, in any case.

    Without a text the only camera is meant. Raise BadInput with the names to choose from.
    """
    known = sorted(cameras, key=lambda c: (c.name.casefold(), c.id))
    wanted = _key(text)
    if not known:
        raise BadInput("No camera is known yet. /status tells whether Blink answers.")
    if not wanted:
        if len(known) == 1:
            return known[0]
        raise BadInput(f"Which camera? {_names(known)}")
    for fits in (
        [c for c in known if _key(c.name) == wanted],
        [c for c in known if _key(c.name).startswith(wanted)],
        [c for c in known if wanted in _key(c.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise BadInput(f"More than one camera fits. Which one? {_names(fits)}")
    raise BadInput(f"No camera is called {plain(text)}. There are: {_names(known)}")


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(cameras: list[Camera]) -> str:
    names = [plain(c.name, LONGEST_NAME) for c in cameras[:NAMES_SHOWN]]
    more = len(cameras) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
