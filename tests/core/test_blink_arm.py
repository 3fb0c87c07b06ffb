"""Blink's own arm state: wished, read back, watched."""

from __future__ import annotations

from alarm.core.deliveries import BlinkArmBody, Delivery, PanelEditBody
from alarm.core.inputs import Delivered
from alarm.core.notices import Notice
from tests.core.home import SECOND, Home, of_kind, said


def order(home: Home) -> Delivery:
    (delivery,) = of_kind(home.state.outbox.values(), BlinkArmBody)
    return delivery


def test_a_delivered_order_confirms_the_wish() -> None:
    home = Home()
    home.arm()
    home.deliver(order(home))
    assert home.area.wish is not None
    assert home.area.wish.confirmed
    assert home.area.armed_at_blink is True


def test_a_confirmation_edits_the_panel_message() -> None:
    home = Home()
    home.arm()
    home.deliver_chat()
    decision = home.deliver(order(home))
    assert of_kind(decision.effects, PanelEditBody) != []


def test_an_order_that_arrives_after_the_wish_changed_confirms_nothing() -> None:
    home = Home()
    home.arm()
    arming = order(home)
    home.claim(arming)
    home.disarm()
    home.do(Delivered(arming.id))
    assert home.area.wish is not None
    assert not home.area.wish.armed
    assert not home.area.wish.confirmed


def test_an_order_is_never_given_up_whatever_blink_says() -> None:
    home = Home()
    home.arm()
    for _ in range(50):
        home.fail(order(home), permanent=True)
    waiting = order(home)
    assert home.now < waiting.next_try <= home.now + 38 * SECOND


def test_not_watching_is_told_at_sixty_seconds_and_not_before() -> None:
    home = Home()
    home.arm()
    assert Notice.NOT_WATCHING not in said(home.wait(59 * SECOND).effects)
    assert Notice.NOT_WATCHING in said(home.wait(SECOND).effects)
    assert Notice.NOT_WATCHING not in said(home.wait(SECOND).effects)
