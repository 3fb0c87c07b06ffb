"""The PIN in front of Disarm and False alarm: asked for, judged, wiped off the chat."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.deliveries import DeleteBody
from alarm.core.incident import IncidentStatus, Verdict
from alarm.core.inputs import PinWritten
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, Home, of_kind, said
from tests.core.pinned import GROUP, PIN, WRONG, asked, disarm, enter, false_alarm, pinned_home


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
