"""Privacy at home: which cameras are switched off, and that they are switched on again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.camera_wish import Step
from alarm.core.commands import SetPrivacy
from alarm.core.deliveries import BlinkLookBody, BlinkMotionBody, DeliveryStatus
from alarm.core.errors import BadInput
from alarm.core.inputs import Delivered, Started
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from alarm.core.state import ArmedSpan
from tests.core.home import ANN, HOUR, HOUSE, MINUTE, SECOND, of_kind, sentences
from tests.core.private import CAMERAS, GARAGE, HALL, KITCHEN, PrivateHome, cameras

# -- switching off ---------------------------------------------------------------------------------


def test_arming_at_home_looks_first_and_then_switches_off_what_does_not_count() -> None:
    home = PrivateHome()
    home.arm_in()
    assert len(of_kind(home.state.outbox.values(), BlinkLookBody)) == 1
    assert home.orders() == {}
    home.look_ordered()
    assert of_kind(home.state.outbox.values(), BlinkLookBody) == []
    assert home.orders() == {GARAGE: False, KITCHEN: False}
    home.carry_all()
    assert home.at_blink == {HALL: True, GARAGE: False, KITCHEN: False}
    assert not home.state.cameras[GARAGE].enabled


def test_orders_for_one_network_leave_one_after_the_other() -> None:
    home = PrivateHome()
    home.arm_in()
    home.look_ordered()
    assert home.order(GARAGE).target == home.order(KITCHEN).target != HOUSE


@pytest.mark.parametrize("mode", [Mode.AWAY, Mode.NIGHT])
def test_a_mode_without_the_wish_switches_nothing(mode: Mode) -> None:
    home = PrivateHome()
    home.arm_in(mode)
    home.look()
    home.wait(MINUTE)
    assert home.state.camera_wishes == {}
    assert home.orders() == {}


def test_a_mode_in_which_every_camera_counts_switches_nothing() -> None:
    home = PrivateHome()
    everything = replace(home.state.settings.mode(Mode.HOME), cameras=None)
    home.state = replace(home.state, settings=home.state.settings.with_mode(Mode.HOME, everything))
    home.arm_in()
    assert home.state.camera_wishes == {}


def test_a_camera_that_counts_in_the_running_period_stays_on() -> None:
    home = PrivateHome()
    home.arm_in()
    span = ArmedSpan(Mode.HOME, home.now, home.now, cameras=frozenset({HALL, GARAGE}))
    home.state = replace(home.state, areas={HOUSE: replace(home.area, spans=(span,))})
    home.look()
    assert home.steps() == {KITCHEN: Step.OFF}


def test_a_look_that_was_asked_for_before_does_not_count() -> None:
    home = PrivateHome()
    before = home.now
    home.wait(5 * SECOND)
    home.arm_in()
    home.look(before)
    assert set(home.steps().values()) == {Step.LOOK}
    home.look(home.now)
    assert set(home.steps().values()) == {Step.OFF}


def test_a_look_that_was_asked_for_too_early_is_ordered_again() -> None:
    home = PrivateHome()
    home.arm_in()
    (order,) = of_kind(home.state.outbox.values(), BlinkLookBody)
    home.claim(order)
    home.look(home.now - SECOND)
    home.do(Delivered(order.id))
    assert len(of_kind(home.state.outbox.values(), BlinkLookBody)) == 1


def test_a_camera_that_is_off_already_is_left_alone_for_good() -> None:
    home = PrivateHome()
    home.at_blink[GARAGE] = False
    home.be_private()
    assert home.steps() == {GARAGE: Step.LEFT, KITCHEN: Step.OFF}
    home.disarm()
    assert home.orders() == {KITCHEN: True}
    home.carry_all()
    assert home.at_blink == {HALL: True, GARAGE: False, KITCHEN: True}
    assert home.state.camera_wishes == {}


def test_a_new_camera_becomes_private_too() -> None:
    home = PrivateHome().be_private()
    home.at_blink["porch"] = True
    home.look()
    home.look_ordered()
    assert home.orders() == {"porch": False}


# -- switching on again ----------------------------------------------------------------------------


def test_disarming_switches_on_again_what_was_switched_off() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    assert home.orders() == {GARAGE: True, KITCHEN: True}
    home.carry_all()
    assert home.at_blink == dict.fromkeys(CAMERAS, True)
    assert home.state.camera_wishes == {}
    assert home.state.cameras == cameras()


def test_another_mode_switches_on_what_counts_in_it() -> None:
    home = PrivateHome().be_private()
    home.set_privacy(True, Mode.NIGHT)
    home.switch_mode(Mode.NIGHT)
    assert home.orders() == {GARAGE: True}
    home.carry_all()
    assert home.steps() == {KITCHEN: Step.OFF}


def test_away_switches_everything_on() -> None:
    home = PrivateHome().be_private()
    home.switch_mode(Mode.AWAY)
    assert home.orders() == {GARAGE: True, KITCHEN: True}


def test_privacy_switched_off_while_armed_takes_effect_at_once_and_back() -> None:
    home = PrivateHome().be_private()
    home.set_privacy(False)
    assert home.orders() == {GARAGE: True, KITCHEN: True}
    home.carry(GARAGE)
    home.set_privacy(True)
    # The garage was given back and has to be looked at; the kitchen is still ours.
    assert home.steps() == {KITCHEN: Step.OFF, GARAGE: Step.LOOK}
    assert home.orders() == {KITCHEN: False}


def test_an_order_under_way_is_undone_after_it() -> None:
    home = PrivateHome()
    home.arm_in()
    home.look_ordered()
    off = home.order(GARAGE)
    home.claim(off)
    home.disarm()
    assert home.orders()[KITCHEN] is True
    home.at_blink[GARAGE] = False
    home.do(Delivered(off.id))
    assert home.orders() == {GARAGE: True, KITCHEN: True}
    home.carry_all()
    assert home.at_blink == dict.fromkeys(CAMERAS, True)


def test_an_order_cut_by_a_crash_is_given_again() -> None:
    home = PrivateHome()
    home.arm_in()
    home.look_ordered()
    home.claim(home.order(GARAGE))
    home.do(Started())
    again = home.order(GARAGE)
    assert (again.status, again.repeat) == (DeliveryStatus.PENDING, True)


def test_an_order_cut_by_a_crash_is_not_given_again_once_disarmed_but_undone() -> None:
    home = PrivateHome()
    home.arm_in()
    home.look_ordered()
    home.claim(home.order(GARAGE))
    home.disarm()
    home.do(Started())
    assert home.orders() == {GARAGE: True, KITCHEN: True}


def test_a_homescreen_alone_does_not_end_the_restoring() -> None:
    """An order of before a crash may still be about to switch it off."""
    home = PrivateHome().be_private()
    home.disarm()
    home.at_blink = dict.fromkeys(CAMERAS, True)
    home.look()
    assert home.orders() == {GARAGE: True, KITCHEN: True}


def test_an_order_is_never_given_up() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    for _ in range(50):
        home.fail(home.order(GARAGE), permanent=True)
        home.wait(HOUR)
    assert home.orders()[GARAGE] is True
    assert home.order(GARAGE).next_try <= home.now + 150 * SECOND


# -- the setting -----------------------------------------------------------------------------------


def test_the_setting_is_answered_with_old_and_new_and_journaled() -> None:
    home = PrivateHome()
    (words,) = sentences(home.set_privacy(True, Mode.NIGHT).effects, ANN)
    assert words.notice is Notice.PRIVACY_SET
    assert words.args == {"mode": "night", "on": True, "before": False}
    assert home.state.settings.mode(Mode.NIGHT).privacy
    assert [row.data["what"] for row in home.rows] == ["privacy"]
    home.set_privacy(True, Mode.NIGHT)
    assert len(home.rows) == 1


def test_away_has_no_privacy() -> None:
    home = PrivateHome()
    with pytest.raises(BadInput, match="home and night"):
        SetPrivacy(home.actor(), Mode.AWAY, on=True)


def test_nothing_of_it_changes_the_panel() -> None:
    home = PrivateHome().be_private()
    assert home.panel() is PanelState.ARMED
    home.do(Started())
    assert home.panel() is PanelState.ARMED
    assert of_kind(home.state.outbox.values(), BlinkMotionBody) == []
