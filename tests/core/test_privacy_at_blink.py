"""Privacy and what Blink shows: the hand of a person in its app, cameras that come and go."""

from __future__ import annotations

import pytest

from alarm.core.camera_wish import Step
from tests.core.home import HOUR, MINUTE, SECOND
from tests.core.private import GARAGE, KITCHEN, PrivateHome

DAY = 24 * HOUR


# -- what somebody does in the Blink app -----------------------------------------------------------


def test_a_camera_switched_on_in_the_app_stays_on_and_is_not_ours_any_more() -> None:
    home = PrivateHome().be_private()
    home.wait(MINUTE)
    home.at_blink[GARAGE] = True
    home.look()
    assert home.steps() == {GARAGE: Step.LEFT, KITCHEN: Step.OFF}
    assert home.orders() == {}
    home.at_blink[GARAGE] = False
    home.look()
    home.disarm()
    assert home.orders() == {KITCHEN: True}


@pytest.mark.parametrize(("after", "step"), [(9, Step.OFF), (10, Step.LEFT)])
def test_a_homescreen_that_lags_behind_the_reading_back_is_no_news(after: int, step: Step) -> None:
    home = PrivateHome().be_private()
    home.at_blink[GARAGE] = True
    home.wait(after * SECOND)
    home.look()
    assert home.steps()[GARAGE] is step


# -- cameras that come and go ----------------------------------------------------------------------


def test_a_camera_that_is_missing_for_a_while_is_restored_when_it_is_back() -> None:
    home = PrivateHome().be_private()
    del home.at_blink[GARAGE]
    home.look()
    home.disarm()
    assert home.orders() == {KITCHEN: True}
    home.wait(DAY - SECOND)
    home.look()
    home.at_blink[GARAGE] = False
    home.look()
    assert home.orders()[GARAGE] is True


def test_a_camera_that_is_gone_for_a_day_is_forgotten() -> None:
    home = PrivateHome().be_private()
    del home.at_blink[GARAGE]
    home.look()
    home.wait(DAY)
    home.look()
    assert set(home.steps()) == {KITCHEN}


def test_an_order_for_a_camera_that_is_gone_does_not_leave() -> None:
    home = PrivateHome().be_private()
    home.disarm()
    order = home.order(GARAGE)
    del home.at_blink[GARAGE]
    home.look()
    home.claim(order)
    assert GARAGE not in home.orders()
