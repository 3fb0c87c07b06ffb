"""The trigger rule in words."""

from __future__ import annotations

import re
from datetime import timedelta

from alarm.core.rule_text import within
from alarm.core.settings import Mode, TriggerRule
from alarm.core.state import State
from bot.words.markup import name, reason

# How the core notes the rule of an incident.
_NOTED = re.compile(
    r"([0-9]{1,4}) in ([0-9]{1,6}(?:\.[0-9]+)?) s(?: from ([0-9]{1,2}) cameras| at (.+))?"
)


def rule(state: State) -> TriggerRule:
    return state.settings.mode(Mode.AWAY).rule


def in_words(given: TriggerRule) -> str:
    return within(given.threshold, given.lookback)


def noted(rule_text: str) -> str:
    """Return the rule that an incident noted, as HTML; whatever it is, it is shown."""
    found = _NOTED.fullmatch(rule_text.strip())
    if found is None:
        return reason(rule_text)
    rule = within(int(found[1]), timedelta(seconds=float(found[2])))
    if found[3]:
        return f"{rule}, from {found[3]} cameras"
    return f"{rule} at {name(found[4])}" if found[4] else rule
