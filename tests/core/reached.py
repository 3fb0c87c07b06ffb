"""A home where a call has just told somebody of the alarm, and the ways to end it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.deliveries import OverCallBody
from alarm.core.draft import Decision
from tests.core.home import SECOND, Home, of_kind

End = Callable[..., Decision]
ENDS = pytest.mark.parametrize("end", [Home.false_alarm, Home.disarm], ids=["false", "disarm"])


def calling() -> Home:
    """Return a home where the first call of an alarm is on its way."""
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    return home


def reached(by: AnsweredBy = AnsweredBy.HUMAN) -> Home:
    """Return a home where the first contact was just told of the alarm."""
    home = calling()
    home.call(CallStatus.IN_PROGRESS)
    home.call(CallStatus.COMPLETED, by, duration=20)
    home.effects.clear()
    return home


def over_calls(home: Home) -> list[str]:
    return [d.target for d in of_kind(home.effects, OverCallBody)]
