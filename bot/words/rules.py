"""The trigger rule in words."""

from __future__ import annotations

import re
from datetime import timedelta

from alarm.core.rule_text import within
from alarm.core.settings import Mode, TriggerRule
from alarm.core.state import State
from bot.words.markup import reason

# How the core notes the rule of an incident.
_NOTED = re.compile(r"([0-9]{1,4}) in ([0-9]{1,6}(?:\.[0-9]+)?) s")


def rule(state: State) -> TriggerRule:
    return state.settings.mode(Mode.AWAY).rule


def in_words(given: TriggerRule) -> str:
    return within(given.threshold, given.lookback)


def noted(rule_text: str) -> str:
    """Return the rule that an incident noted, as HTML; whatever it is, it is shown."""
    found = _NOTED.fullmatch(rule_text.strip())
    if found is None:
        return reason(rule_text)
    return within(int(found[1]), timedelta(seconds=float(found[2])))
