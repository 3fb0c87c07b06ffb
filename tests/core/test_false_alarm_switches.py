"""What guards against false alarms is switched in the settings, and what guards the home is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alarm.core.calls import CallStatus
from alarm.core.commands import SetOption
from alarm.core.deliveries import HangUpBody
from alarm.core.draft import Decision
from tests.core.home import ANN, BEN, SECOND, Home, alerts, of_kind, sentences

Stop = Callable[..., Decision]
STOPS = pytest.mark.parametrize(
    "stop", [Home.acknowledge, Home.false_alarm, Home.disarm], ids=["ack", "false", "disarm"]
)
every_switch = pytest.mark.parametrize("switch", ["on", "off"])


def armed(key: str, value: str) -> Home:
    """Return an armed home in which Ann chose this."""
    home = Home().arm_now()
    home.do(SetOption(home.actor(), key, value))
    home.effects.clear()
    return home


# -- abort notice ----------------------------------------------------------------------------------


@STOPS
@pytest.mark.parametrize(
    ("switch", "after", "no_call"),
    [
        ("on", 29, True),
        ("on", 30, False),
        ("on", 31, False),
        ("off", 29, False),
        ("off", 30, False),
    ],
)
def test_up_to_the_first_call_whoever_stops_an_alarm_may_read_that_no_phone_rang(
    stop: Stop, switch: str, after: int, no_call: bool
) -> None:
    home = armed("abort-notice", switch)
    home.burglary()
    home.deliver_chat()
    home.live(after * SECOND)
    (words,) = sentences(stop(home).effects, ANN)
    assert words.args["calls"] == (1 if after >= 30 else 0)
    assert words.args["no_call"] is no_call


@every_switch
def test_where_no_alarm_was_on_nothing_is_said_of_phones(switch: str) -> None:
    home = armed("abort-notice", switch)
    (words,) = sentences(home.disarm().effects, ANN)
    assert (words.args["calls"], words.args["no_call"]) == (None, False)


@STOPS
def test_without_the_abort_notice_everybody_is_alerted_and_what_rings_is_hung_up(
    stop: Stop,
) -> None:
    home = armed("abort-notice", "off")
    home.burglary()
    assert alerts(home.effects) == [str(ANN), str(BEN)]
    home.deliver_chat()
    home.live(30 * SECOND)
    home.call(CallStatus.RINGING)
    decision = stop(home)
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    (words,) = sentences(decision.effects, ANN)
    assert words.args["calls"] == 1
