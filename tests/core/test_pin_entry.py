"""The PIN in front of Disarm and False alarm: asked for, judged, locked after five wrong ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.deliveries import CallBody, DeleteBody
from alarm.core.errors import BadInput
from alarm.core.incident import IncidentStatus, Verdict
from alarm.core.inputs import ClockJumped, PinWritten
from alarm.core.notices import Notice
from alarm.core.pin_commands import CancelPin, UnlockPin
from alarm.core.pins import Pins
from alarm.core.settings import PanelState
from alarm.core.state import Person, Role
from tests.core.home import ANN, BEN, MINUTE, SECOND, Home, of_kind, said, sentences
from tests.core.pinned import (
    PIN,
    WRONG,
    asked,
    deleted,
    disarm,
    enter,
    false_alarm,
    pinned_home,
    prompt_of,
)

GROUP = -4001


def test_without_a_pin_disarm_asks_for_nothing() -> None:
    home = Home().arm_now()
    assert said(disarm(home).effects, ANN) == [Notice.DISARMED]
    assert home.panel() is PanelState.DISARMED


def test_with_a_pin_disarm_asks_for_it_and_changes_nothing() -> None:
    home = pinned_home().arm_now()
    words = asked(disarm(home))
    assert home.panel() is PanelState.ARMED
    assert (words.args["purpose"], words.args["step"], words.args["left"]) == (
        "disarm",
        "pin",
        None,
    )
    assert said(enter(home, PIN).effects, ANN) == [Notice.DISARMED]
    assert home.panel() is PanelState.DISARMED
    assert home.state.prompts == {}


def test_the_right_pin_written_with_the_command_disarms_at_once() -> None:
    home = pinned_home().arm_now()
    disarm(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_a_wrong_pin_asks_again_and_says_how_many_tries_are_left() -> None:
    home = pinned_home().arm_now()
    assert asked(disarm(home, WRONG)).args["left"] == 4
    assert asked(enter(home, WRONG)).args["left"] == 3
    assert home.panel() is PanelState.ARMED
    enter(home, PIN)
    assert home.panel() is PanelState.DISARMED
    assert home.state.pins.tries == {}


def test_disarm_in_the_exit_delay_needs_it_too() -> None:
    home = pinned_home()
    home.arm()
    disarm(home)
    assert home.panel() is PanelState.ARMING
    enter(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_the_plan_goes_on_while_somebody_types() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    disarm(home)
    home.live(timedelta(seconds=35))
    assert home.called() != []


def test_false_alarm_needs_the_pin() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    assert asked(false_alarm(home)).args["purpose"] == "false alarm"
    assert home.status() is IncidentStatus.OPEN
    enter(home, PIN)
    assert home.incident.verdict is Verdict.FALSE_ALARM
    assert home.panel() is PanelState.ARMED


def test_acknowledge_never_needs_it() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    for _ in range(5):
        disarm(home, WRONG)
    home.acknowledge()
    assert home.status() is IncidentStatus.ACKNOWLEDGED


def test_buttons_of_a_test_and_of_what_is_over_need_no_pin() -> None:
    home = pinned_home().arm_now()
    home.drill()
    (drill,) = home.open_incidents
    assert said(home.disarm(incident=drill.id).effects, ANN) == [Notice.DRILL_ENDED]
    assert said(home.disarm(incident=drill.id).effects, ANN) == [Notice.INCIDENT_OVER]
    assert said(home.false_alarm(incident="i99").effects, ANN) == [Notice.INCIDENT_OVER]
    assert home.panel() is PanelState.ARMED


def test_the_button_of_an_alarm_that_ended_meanwhile_only_answers_after_the_pin() -> None:
    home = pinned_home().arm_now()
    incident = home.burglary()
    home.disarm(incident=incident.id)
    false_alarm(home, PIN, BEN)
    assert said(enter(home, PIN).effects, ANN) == [Notice.INCIDENT_OVER]
    assert home.panel() is PanelState.ARMED


# -- the lockout -----------------------------------------------------------------------------------


def locked_home() -> Home:
    home = pinned_home().arm_now()
    for _ in range(5):
        disarm(home, WRONG)
    return home


def test_five_wrong_pins_lock_and_the_right_one_does_not_help_for_a_minute() -> None:
    home = locked_home()
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]
    assert said(disarm(home).effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(MINUTE - SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.ARMED
    home.wait(SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_what_is_typed_while_locked_is_not_counted() -> None:
    home = locked_home()
    for _ in range(3):
        disarm(home, WRONG)
    assert home.state.pins.tries[str(ANN)].wrong == 5


def test_the_sixth_wrong_pin_locks_at_once_and_longer() -> None:
    home = locked_home()
    home.wait(MINUTE)
    decision = disarm(home, WRONG)
    assert said(decision.effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(2 * MINUTE - SECOND)
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_others_may_disarm_while_one_is_locked_out() -> None:
    home = locked_home()
    disarm(home, PIN, BEN)
    assert home.panel() is PanelState.DISARMED


def test_owners_are_told_of_the_guessing_and_can_end_the_lockout() -> None:
    home = pinned_home().arm_now()
    for _ in range(4):
        disarm(home, WRONG, BEN)
    told = sentences(disarm(home, WRONG, BEN).effects, ANN)
    assert [w.notice for w in told] == [Notice.PIN_GUESSED]
    assert (told[0].args["name"], told[0].args["tries"]) == ("Ben", 5)
    assert said(home.do(UnlockPin(home.actor(ANN), BEN)).effects, ANN) == [Notice.PIN_UNLOCKED]
    disarm(home, PIN, BEN)
    assert home.panel() is PanelState.DISARMED


@pytest.mark.parametrize("user", [ANN, BEN], ids=["the owner himself", "a member"])
def test_nobody_unlocks_himself_and_no_member_anybody(user: int) -> None:
    home = locked_home()
    with pytest.raises(BadInput):
        home.do(UnlockPin(home.actor(user), ANN))
    assert home.state.pins.tries[str(ANN)].wrong == 5


def test_a_lockout_moves_with_a_clock_that_is_set() -> None:
    home = locked_home()
    jump = timedelta(hours=3)
    home.now += jump
    home.do(ClockJumped(jump))
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]


# -- keypads ---------------------------------------------------------------------------------------


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


# -- the message that holds the PIN ----------------------------------------------------------------


def test_a_message_with_a_pin_is_deleted_and_tried_again_where_that_fails() -> None:
    home = pinned_home()
    (delivery,) = home.do(PinWritten(ANN, 12)).effects
    assert delivery.body == DeleteBody(12, secret=True)
    assert said(home.fail(delivery).effects) == []
    assert of_kind(home.waiting(), DeleteBody) != []
    home.wait(timedelta(seconds=5))
    home.deliver(home.state.outbox[delivery.id])
    assert home.state.outbox == {}


def test_a_message_that_cannot_be_deleted_is_told_so_that_a_person_does_it() -> None:
    home = pinned_home()
    (delivery,) = home.do(PinWritten(GROUP, 12)).effects
    assert said(home.fail(delivery, permanent=True).effects, GROUP) == [Notice.PIN_NOT_DELETED]


def test_the_journal_knows_who_guessed_and_no_digits() -> None:
    home = locked_home()
    rows = [row for row in home.rows if "PIN" in str(row.data.get("what"))]
    assert [row.data["what"] for row in rows] == ["wrong PIN"] * 5 + ["PIN entry locked"]
    assert {row.data["by"] for row in rows} == {"Ann"}
    assert WRONG not in repr(home.rows)
    assert PIN not in repr([r.data for r in home.rows])


def test_two_owners_tell_each_other() -> None:
    home = pinned_home().arm_now()
    people = {**home.state.people, "44": Person(44, "Cat", Role.OWNER)}
    home.state = replace(home.state, people=people)
    for _ in range(4):
        disarm(home, WRONG)
    decision = disarm(home, WRONG)
    assert Notice.PIN_GUESSED in said(decision.effects, 44)
    assert Notice.PIN_GUESSED not in said(decision.effects, ANN)
    assert said(decision.effects, BEN) == []


def test_calls_go_on_while_locked_out() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    for _ in range(6):
        disarm(home, WRONG)
    home.live(timedelta(seconds=35))
    assert of_kind(home.effects, CallBody) != []
    assert home.state.pins != Pins()
