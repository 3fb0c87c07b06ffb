"""What guards against false alarms is switched in the settings, and what guards the home is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.commands import SetOption
from alarm.core.deliveries import HangUpBody, PanelEditBody
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, PHONE_1, SECOND, Home, alerts, clip, of_kind, said, sentences
from tests.core.reached import ENDS, End, over_calls

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


# -- exit progress ---------------------------------------------------------------------------------


def edits(home: Home) -> int:
    return len(of_kind(home.effects, PanelEditBody))


@every_switch
def test_an_exit_delay_is_told_at_its_start_and_edited_once_when_it_ends(switch: str) -> None:
    home = Home()
    home.do(SetOption(home.actor(), "exit-progress", switch))
    home.arm()
    home.deliver_chat()
    home.live(59 * SECOND)
    assert (home.panel(), edits(home)) == (PanelState.ARMING, 0)
    home.wait(SECOND)
    assert (home.panel(), edits(home)) == (PanelState.ARMED, 1)


@every_switch
def test_an_entry_delay_is_told_at_its_start_and_edited_once_when_it_ends(switch: str) -> None:
    home = armed("exit-progress", switch)
    home.do(SetOption(home.actor(), "away-entry-delay", "30s"))
    home.see(clip(home.now, 1), clip(home.now, 2))
    home.deliver_chat()
    home.effects.clear()
    warnings = dict(home.state.entry_messages)
    assert set(warnings) == {str(ANN), str(BEN)}
    home.live(29 * SECOND)
    assert (home.panel(), edits(home)) == (PanelState.PENDING, 0)
    home.wait(SECOND)
    assert home.panel() is PanelState.TRIGGERED
    edited = [(d.target, d.body) for d in of_kind(home.effects, PanelEditBody)]
    for chat, message_id in warnings.items():
        assert edited.count((chat, PanelEditBody(message_id))) == 1


@pytest.mark.parametrize(("before", "after"), [("on", "off"), ("off", "on")])
def test_switched_while_a_delay_runs_its_message_follows_at_once(before: str, after: str) -> None:
    home = Home()
    home.do(SetOption(home.actor(), "exit-progress", before))
    home.arm()
    home.deliver_chat()
    home.do(SetOption(home.actor(), "exit-progress", before))
    assert edits(home) == 0
    home.do(SetOption(home.actor(), "exit-progress", after))
    assert edits(home) == 1


# -- recent closing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soon", "after", "recent"),
    [
        ("off", 0, False),
        ("off", 1, False),
        ("1m", 59, True),
        ("1m", 60, True),
        ("1m", 61, False),
        ("2m", 119, True),
        ("2m", 120, True),
        ("2m", 121, False),
        ("10m", 600, True),
        ("10m", 601, False),
    ],
)
def test_an_alarm_soon_after_arming_says_so_and_rings_all_the_same(
    soon: str, after: int, recent: bool
) -> None:
    home = armed("recent-closing", soon)
    home.wait(after * SECOND)
    assert home.burglary().recent_closing is recent
    assert alerts(home.effects) == [str(ANN), str(BEN)]
    home.deliver_chat()
    home.live(30 * SECOND)
    assert home.called() == [PHONE_1]


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
    stop: End, switch: str, after: int, no_call: bool
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
    stop: End,
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


# -- cancel window and cancel notice ---------------------------------------------------------------


def reached(key: str, value: str, user: int = 0) -> Home:
    """Return such a home where a call just reached the first contact, who may have a chat."""
    home = armed(key, value)
    own = replace(home.state.contacts[0], user_id=user or None)
    home.state = replace(home.state, contacts=(own, *home.state.contacts[1:]))
    home.burglary()
    home.deliver_chat()
    home.live(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.acknowledge()
    home.effects.clear()
    return home


@ENDS
@pytest.mark.parametrize(
    ("window", "after", "told"),
    [
        ("off", 0, False),
        ("off", 1, False),
        ("5m", 299, True),
        ("5m", 300, True),
        ("5m", 301, False),
        ("10m", 600, True),
        ("10m", 601, False),
        ("30m", 1799, True),
        ("30m", 1800, True),
        ("30m", 1801, False),
    ],
)
def test_those_reached_hear_of_the_end_within_the_cancel_window_that_was_chosen(
    end: End, window: str, after: int, told: bool
) -> None:
    home = reached("cancel-window", window)
    home.now += after * SECOND
    (words,) = sentences(end(home).effects, ANN)
    assert over_calls(home) == ([PHONE_1] if told else [])
    assert words.args["called_off"] == ("Phone 1" if told else "")
    home = reached("cancel-window", window, BEN)
    home.now += after * SECOND
    (words,) = sentences(end(home).effects, ANN)
    assert (Notice.ALARM_OVER in said(home.effects, BEN)) is told
    assert words.args["told_off"] == ("Phone 1" if told else "")


@ENDS
def test_a_window_chosen_before_the_end_holds_for_calls_made_before_that(end: End) -> None:
    home = reached("cancel-window", "5m")
    home.now += 301 * SECOND
    home.do(SetOption(home.actor(), "cancel-window", "6m"))
    end(home)
    assert over_calls(home) == [PHONE_1]


@ENDS
@pytest.mark.parametrize("user", [0, BEN], ids=["by call", "in chat"])
@pytest.mark.parametrize(("switch", "named"), [("on", "Phone 1"), ("off", "")])
def test_the_cancel_notice_names_those_who_hear_of_the_end_either_way(
    end: End, user: int, switch: str, named: str
) -> None:
    home = reached("cancel-notice", switch, user)
    (words,) = sentences(end(home).effects, ANN)
    assert over_calls(home) == ([] if user else [PHONE_1])
    assert (Notice.ALARM_OVER in said(home.effects, BEN)) is bool(user)
    assert words.args["told_off" if user else "called_off"] == named
    assert words.args["called_off" if user else "told_off"] == ""


@ENDS
@pytest.mark.parametrize(
    ("key", "value"), [("cancel-window", "off"), ("cancel-notice", "off"), ("abort-notice", "off")]
)
def test_who_is_talked_to_is_hung_up_whatever_is_off(end: End, key: str, value: str) -> None:
    home = armed(key, value)
    home.burglary()
    home.deliver_chat()
    home.live(30 * SECOND)
    home.call(CallStatus.IN_PROGRESS)
    decision = end(home)
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    (words,) = sentences(decision.effects, ANN)
    assert words.args["calls"] == 1
