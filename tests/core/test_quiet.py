"""A quiet poll writes nothing: the state stays the same object, or only the feed moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest

from alarm.core.draft import Decision
from alarm.core.inputs import BlinkFailed, DevicesSeen, EventsListed, ListingFinished, Tick
from alarm.core.state import State
from tests.core.home import MINUTE, SECOND, Home, clip, homescreen, seconds


def disarmed() -> Home:
    home = Home()
    home.do(DevicesSeen(homescreen(armed=False), seconds(0)))
    return home


def arming() -> Home:
    home = disarmed()
    home.arm()
    return home


def armed() -> Home:
    home = disarmed().arm_now()
    home.see(clip(home.now))
    return home


def triggered() -> Home:
    home = armed()
    home.burglary()
    home.deliver_chat()
    return home


def acknowledged() -> Home:
    home = triggered()
    home.acknowledge()
    home.deliver_chat()
    return home


def drilling() -> Home:
    home = disarmed()
    home.drill()
    home.deliver_chat()
    return home


def blind() -> Home:
    home = armed()
    home.do(BlinkFailed("silent", home.now))
    return home


STATES = pytest.mark.parametrize(
    "home_in",
    [disarmed, arming, armed, triggered, acknowledged, drilling, blind],
    ids=lambda build: build.__name__,
)
Build = Callable[[], Home]


def quiet(home: Home, decision: Decision, before: State) -> bool:
    return home.state is before and decision.effects == () and decision.rows == ()


@STATES
def test_a_tick_with_nothing_due_changes_nothing(home_in: Build) -> None:
    home = home_in()
    home.do(Tick())
    before = home.state
    assert quiet(home, home.wait(SECOND), before)


@STATES
def test_a_page_without_news_changes_nothing(home_in: Build) -> None:
    home = home_in()
    before = home.state
    known = clip(home.now)
    assert quiet(home, home.do(EventsListed((), seconds(0.3))), before)
    home.see(known)
    before = home.state
    assert quiet(home, home.see(known, known), before)


@STATES
def test_a_finished_listing_moves_only_the_feed_and_ends_blindness(home_in: Build) -> None:
    home = home_in()
    home.now += MINUTE
    before = home.state
    decision = home.do(ListingFinished(home.now))
    changed = {
        f.name
        for f in fields(State)
        if getattr(before, f.name) is not getattr(decision.state, f.name)
    }
    assert changed == ({"feed", "health"} if before.health.blind_since else {"feed"})
    assert decision.effects == ()
    assert decision.rows == ()


@STATES
def test_the_same_devices_change_nothing(home_in: Build) -> None:
    home = home_in()
    armed_now = home.area.armed_at_blink is True
    home.do(DevicesSeen(homescreen(armed=armed_now)))
    before = home.state
    assert quiet(home, home.do(DevicesSeen(homescreen(armed=armed_now))), before)


def test_the_same_failure_again_changes_nothing() -> None:
    home = blind()
    before = home.state
    home.now += SECOND
    assert quiet(home, home.do(BlinkFailed("silent", home.now)), before)
