"""Blink's own arm state: wished, read back, watched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import BlinkArmBody, Delivery, PanelEditBody
from alarm.core.draft import Decision
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.inputs import Delivered, DevicesSeen, Started
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUR,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    homescreen,
    household,
    of_kind,
    said,
)


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


def confirmed_without_house() -> Home:
    """Be armed and confirmed; then Blink shows the house no more."""
    home = Home()
    home.arm()
    home.deliver(order(home))
    home.deliver_chat()
    home.do(DevicesSeen(homescreen(armed=True, networks=(GARDEN,))))
    return home


@pytest.mark.parametrize("networks", [(GARDEN,), ()])
def test_an_armed_network_that_blink_shows_no_more_is_told_once(networks: tuple[str, ...]) -> None:
    home = confirmed_without_house()
    seen = DevicesSeen(homescreen(armed=True, networks=networks))
    assert said(home.do(seen).effects) == []
    assert order(home).body == BlinkArmBody(HOUSE, True)
    assert Notice.NOT_WATCHING not in said(home.wait(59 * SECOND).effects)
    assert said(home.wait(SECOND).effects, ANN) == [Notice.NOT_WATCHING]
    for _ in range(10):
        assert said(home.do(seen).effects) == []
        assert said(home.wait(MINUTE).effects) == []


def test_an_armed_network_that_was_left_out_by_mistake_is_not_told() -> None:
    home = confirmed_without_house()
    home.do(DevicesSeen(homescreen(armed=True, networks=(GARDEN, HOUSE))))
    assert of_kind(home.state.outbox.values(), BlinkArmBody) == []
    assert Notice.NOT_WATCHING not in said(home.wait(HOUR).effects)


def test_a_disarmed_network_that_blink_shows_no_more_is_left_alone() -> None:
    home = Home()
    before = home.area
    decision = home.do(DevicesSeen(homescreen(armed=False, networks=())))
    assert home.area == replace(before, missing_since=home.now)
    assert decision.effects == ()


def test_not_watching_is_told_at_sixty_seconds_and_not_before() -> None:
    home = Home()
    home.arm()
    assert Notice.NOT_WATCHING not in said(home.wait(59 * SECOND).effects)
    assert Notice.NOT_WATCHING in said(home.wait(SECOND).effects)
    assert Notice.NOT_WATCHING not in said(home.wait(SECOND).effects)


def seen(home: Home, *, armed: bool) -> Decision:
    return home.do(DevicesSeen(homescreen(armed=armed)))


# -- the homescreen as a witness -------------------------------------------------------------------


def test_the_homescreen_confirms_a_wish_and_ends_the_order() -> None:
    home = Home()
    home.arm()
    seen(home, armed=True)
    assert of_kind(home.state.outbox.values(), BlinkArmBody) == []
    home.wait(60 * SECOND)
    assert Notice.NOT_WATCHING not in said(home.effects)


def test_a_homescreen_that_shows_the_old_state_confirms_nothing() -> None:
    home = Home()
    home.arm()
    seen(home, armed=False)
    assert order(home).body == BlinkArmBody(HOUSE, armed=True)
    home.wait(60 * SECOND)
    assert Notice.NOT_WATCHING in said(home.effects)


def test_watching_again_is_told_where_not_watching_was() -> None:
    home = Home()
    home.arm()
    home.wait(60 * SECOND)
    decision = home.deliver(order(home))
    assert said(decision.effects, ANN) == [Notice.WATCHING_AGAIN]


def test_a_wish_that_was_confirmed_in_time_is_not_told() -> None:
    home = Home()
    home.arm()
    decision = home.deliver(order(home))
    assert said(decision.effects) == []


def test_a_disarming_that_blink_does_not_confirm_is_not_loud() -> None:
    home = Home()
    home.disarm()
    home.wait(HOUR)
    assert Notice.NOT_WATCHING not in said(home.effects)
    assert order(home).body == BlinkArmBody(HOUSE, armed=False)


def test_an_old_order_under_way_keeps_the_homescreen_from_confirming_the_new_wish() -> None:
    home = Home().arm_now()
    home.disarm()
    disarming = order(home)
    home.claim(disarming)
    home.arm()
    seen(home, armed=True)
    assert home.area.wish is not None
    assert not home.area.wish.confirmed
    home.do(Delivered(disarming.id))
    home.deliver(order(home))
    assert home.area.wish.confirmed


def test_an_old_order_is_not_sent_after_a_newer_wish() -> None:
    home = Home()
    home.arm()
    arming = order(home)
    home.claim(arming)
    home.disarm()
    home.do(Started())
    home.claim(arming)
    assert [d.body for d in of_kind(home.state.outbox.values(), BlinkArmBody)] == [
        BlinkArmBody(HOUSE, armed=False)
    ]


# -- what others do --------------------------------------------------------------------------------


def test_a_network_disarmed_behind_our_back_is_told_once() -> None:
    home = Home().arm_now()
    assert said(seen(home, armed=False).effects, ANN) == [Notice.NETWORK_DISARMED]
    assert said(seen(home, armed=False).effects) == []
    assert home.area.panel is PanelState.ARMED


def test_and_when_it_is_armed_again() -> None:
    home = Home().arm_now()
    seen(home, armed=False)
    assert said(seen(home, armed=True).effects, BEN) == [Notice.WATCHING_AGAIN]


@pytest.mark.parametrize(("after", "told"), [(9, False), (10, True)])
def test_a_homescreen_asked_for_before_the_reading_back_is_no_news(after: int, told: bool) -> None:
    home = Home()
    home.arm()
    home.deliver(order(home))
    home.now += after * SECOND
    decision = seen(home, armed=False)
    assert (Notice.NETWORK_DISARMED in said(decision.effects)) is told


def test_arming_in_the_blink_app_is_told_and_not_followed() -> None:
    home = Home()
    decision = seen(home, armed=True)
    assert said(decision.effects, ANN) == [Notice.NETWORK_ARMED]
    assert home.area.panel is PanelState.DISARMED
    assert said(seen(home, armed=False).effects) == []


def test_the_first_look_at_a_network_is_no_news() -> None:
    home = Home(replace(household(), areas={}))
    assert seen(home, armed=True).effects == ()


def test_blink_is_never_changed_before_a_first_command() -> None:
    home = Home(replace(household(), areas={}))
    for armed in (True, False, True):
        seen(home, armed=armed)
        home.wait(MINUTE)
    assert of_kind(home.effects, BlinkArmBody) == []


def test_a_network_that_appears_later_is_disarmed_and_left_alone() -> None:
    home = Home().arm_now()
    home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    assert home.state.areas[GARDEN].panel is PanelState.DISARMED
    assert home.state.areas[GARDEN].wish is None


def test_a_homescreen_without_networks_changes_nothing() -> None:
    home = Home(replace(household(), areas={}))
    home.arm()
    before = home.state
    home.do(DevicesSeen(Homescreen((), ())))
    assert home.state is before


def test_names_and_cameras_are_kept_up_to_date() -> None:
    home = Home()
    camera = Camera("1", HOUSE, "Hall", online=False)
    home.do(DevicesSeen(Homescreen((Network(HOUSE, "Villa", False, online=False),), (camera,))))
    assert (home.area.name, home.area.online) == ("Villa", False)
    assert home.state.cameras == {"1": camera}
    home.do(DevicesSeen(Homescreen((Network(HOUSE, "Villa", False),), ())))
    assert home.state.cameras == {}


def test_of_a_watch_that_comes_and_goes_the_last_word_is_told() -> None:
    home = Home().arm_now()
    for _ in range(3):
        seen(home, armed=False)
        seen(home, armed=True)
    watch = (Notice.NETWORK_DISARMED, Notice.WATCHING_AGAIN)
    assert [n for n in said(home.waiting(), ANN) if n in watch] == [Notice.WATCHING_AGAIN]
