"""When no test call may be made, and what ends one: it stands in the way of no alarm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import CallStatus
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import HangUpBody
from tests.core.home import ANN, HOUR, PHONE_1, SECOND, Home, of_kind, sentences
from tests.core.tried import calls, look, ordered, told


def refused(home: Home) -> str:
    """Return why a test call is refused; empty where it is made."""
    words = told(home.do(TryPhone(home.actor(), "env1")))
    return str(words.args.get("why", ""))


def test_none_is_made_during_an_alarm() -> None:
    home = Home().arm_now()
    home.burglary()
    assert refused(home) == "alarm"
    home.acknowledge()
    assert refused(home) == "alarm"
    home.false_alarm()
    assert refused(home) == ""


def test_none_is_made_during_a_drill() -> None:
    home = Home()
    home.drill()
    assert refused(home) == "drill"


def test_one_at_a_time() -> None:
    home = ordered()
    assert refused(home) == "running"
    look(home, CallStatus.BUSY)
    assert refused(home) == ""


@pytest.mark.parametrize(("used", "why"), [(39, ""), (40, "limit"), (60, "limit")])
def test_it_counts_for_the_day_and_leaves_enough_for_an_alarm(used: int, why: str) -> None:
    home = Home()
    home.state = replace(home.state, calls_at=(home.now - HOUR,) * used)
    assert refused(home) == why
    assert len(home.state.calls_at) == used + (not why)


def test_an_alarm_ends_a_test_call_and_has_the_phone() -> None:
    home = Home().arm_now()
    home.do(TryPhone(home.actor(), "env1"))
    look(home, CallStatus.RINGING)
    home.effects.clear()
    home.burglary()
    assert len(of_kind(home.effects, HangUpBody)) == 1
    assert [w.args["outcome"] for w in sentences(home.effects, ANN)] == ["stopped for an alarm"]
    assert home.state.trial is None
    home.deliver_chat()
    home.wait(30 * SECOND)
    assert home.called() == [PHONE_1]


def test_a_test_call_that_did_not_leave_yet_never_leaves_in_an_alarm() -> None:
    home = Home().arm_now()
    home.do(TryPhone(home.actor(), "env1"))
    home.burglary()
    assert calls(home) == []


def test_a_drill_ends_a_test_call() -> None:
    home = ordered()
    home.drill(with_calls=True)
    assert home.state.trial is None
    assert calls(home) == []
