"""The keypad of a PIN: for one person, in one chat, for two minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.errors import BadInput
from alarm.core.incident import Verdict
from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from alarm.core.pin_commands import CancelPin
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, MINUTE, SECOND, said
from tests.core.pinned import GROUP, PIN, WRONG, deleted, disarm, enter, pinned_home, prompt_of


def test_a_keypad_holds_no_digits_on_the_disk() -> None:
    home = pinned_home().arm_now()
    disarm(home, WRONG)
    assert "5555" not in repr(home.state)
    assert prompt_of(home).command.actor.user_id == ANN


def test_a_keypad_ends_after_two_minutes_with_a_word() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    home.deliver_chat()
    home.wait(2 * MINUTE - SECOND)
    assert str(ANN) in home.state.prompts
    decision = home.wait(SECOND)
    assert said(decision.effects, ANN) == [Notice.PIN_EXPIRED]
    assert len(deleted(decision)) == 1
    assert said(enter(home, PIN).effects, ANN) == [Notice.PIN_OVER]
    assert home.panel() is PanelState.ARMED


def test_a_keypad_moves_with_a_clock_that_is_set() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    jump = timedelta(hours=1)
    home.now += jump
    home.do(ClockJumped(jump))
    home.wait(SECOND)
    enter(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_a_keypad_works_after_a_restart() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    home.state = replace(home.state)
    enter(home, PIN, prompt=prompt_of(home).id)
    assert home.panel() is PanelState.DISARMED


def test_a_keypad_is_for_the_one_who_asked_in_the_chat_where_it_stands() -> None:
    home = pinned_home().arm_now()
    disarm(home, chat=GROUP)
    assert said(enter(home, PIN, BEN, GROUP).effects, GROUP) == [Notice.PIN_OVER]
    assert said(enter(home, PIN, ANN).effects, ANN) == [Notice.PIN_OVER]
    assert said(enter(home, PIN, ANN, GROUP, "99").effects, GROUP) == [Notice.PIN_OVER]
    assert home.panel() is PanelState.ARMED
    assert Notice.DISARMED in said(enter(home, PIN, ANN, GROUP).effects, GROUP)


def test_a_newer_keypad_takes_the_place_of_the_older_one() -> None:
    home = pinned_home().arm_now()
    incident = home.burglary()
    disarm(home)
    first = prompt_of(home)
    home.deliver_chat()
    decision = home.false_alarm()
    assert len(deleted(decision)) == 1
    assert said(enter(home, PIN, prompt=first.id).effects, ANN) == [Notice.PIN_OVER]
    enter(home, PIN)
    assert home.state.incidents[incident.id].verdict is Verdict.FALSE_ALARM
    assert home.panel() is PanelState.ARMED


def test_a_keypad_goes_off_the_chat_once_it_was_used() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    home.deliver_chat()
    message = prompt_of(home).message_id
    assert message
    assert deleted(enter(home, PIN)) == [message]


def test_a_keypad_that_arrives_too_late_goes_again() -> None:
    home = pinned_home().arm_now()
    (delivery,) = [d for d in disarm(home).effects if "prompt" in str(d.body)]
    home.claim(delivery)
    enter(home, PIN)
    assert deleted(home.deliver(delivery, 77)) == [77]


def test_cancel_closes_the_keypad_and_says_that_nothing_was_done() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    id_ = prompt_of(home).id
    assert said(home.do(CancelPin(home.actor(), id_)).effects, ANN) == [Notice.PIN_CANCELLED]
    assert said(home.do(CancelPin(home.actor(), id_)).effects, ANN) == [Notice.PIN_OVER]
    assert said(enter(home, PIN).effects, ANN) == [Notice.PIN_OVER]
    assert home.panel() is PanelState.ARMED


def test_three_digits_are_refused_and_not_counted() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    with pytest.raises(BadInput, match="4 to 8 digits"):
        enter(home, "123")
    assert home.state.pins.tries == {}
    assert str(ANN) in home.state.prompts
