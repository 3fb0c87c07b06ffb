"""The trigger rule as people write and read it."""

from __future__ import annotations

import re
from datetime import timedelta

from alarm.core.durations import exact, parse_duration
from alarm.core.errors import BadInput
from alarm.core.settings import (
    MAX_LOOKBACK,
    MAX_THRESHOLD,
    MIN_LOOKBACK,
    MIN_THRESHOLD,
    TriggerRule,
)

RULE_RANGE = (
    f"{MIN_THRESHOLD} to {MAX_THRESHOLD} events within {exact(MIN_LOOKBACK)} to "
    f"{round(MAX_LOOKBACK / timedelta(minutes=1))} min"
)
RULE_EXAMPLE = "/threshold 3 in 2m"
_RULE = re.compile(
    r"([0-9]{1,9})\s*(?:events?|motions?|clips?)?(?:(?:\s*\b(?:in|within|per)\b|\s*[/,]|\s)\s*(.+))?"
)


def within(threshold: int, lookback: timedelta) -> str:
    """Return "2 events within 2 min"; of one event the time says nothing."""
    if threshold == 1:
        return "1 event"
    return f"{threshold} events within {exact(lookback)}"


def parse_rule(
    text: str, lookback: timedelta | None = None, example: str = RULE_EXAMPLE
) -> TriggerRule:
    """Read "3 in 2m", "3 2m" or "3"; a missing time is `lookback`, else the default.

    Raise BadInput with a sentence that names the allowed range, and the example.
    """
    found = _RULE.fullmatch(text.strip().casefold())
    if found is None:
        raise BadInput(f"Write it like {example}. Allowed: {RULE_RANGE}.")
    number, time = int(found[1]), found[2]
    if time is not None:
        try:
            lookback = parse_duration(time)
        except BadInput as refusal:
            raise BadInput(f"{refusal} For example: {example}") from None
    default = TriggerRule()
    wanted = default.lookback if lookback is None else lookback
    try:
        return TriggerRule(number, wanted)
    except BadInput:
        raise BadInput(f"Not possible. Allowed: {RULE_RANGE}, like {example}") from None
