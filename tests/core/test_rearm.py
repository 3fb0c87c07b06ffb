"""Blink is armed again by a button, and nothing else about the panel changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm, Rearm
from alarm.core.deliveries import BlinkArmBody, Lane, PanelBody, say
from alarm.core.inputs import DevicesSeen
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, TriggerRule
from alarm.core.state import Area
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUR,
    HOUSE,
    MINUTE,
    Home,
    homescreen,
    household,
    of_kind,
    said,
)


def home_and_away() -> Home:
    """Be armed in home with its cameras, in the garden away; both confirmed, all told."""
    areas = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Garden")}
    home = Home(replace(household(), areas=areas))
    modes = {**home.state.settings.modes, Mode.HOME: ModeSettings(TriggerRule())}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    home.do(Arm(home.actor(), Mode.HOME, HOUSE, home.now + 3 * HOUR))
    home.do(Arm(home.actor(), area=GARDEN))
    home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    home.wait(MINUTE)
    home.deliver_chat()
    return home


@pytest.mark.parametrize("network", [HOUSE, None])
def test_blink_is_armed_again_in_the_mode_that_the_panel_is_in(network: str | None) -> None:
    home = home_and_away()
    home.do(DevicesSeen(homescreen(armed=False, networks=(HOUSE,))))
    before = home.state.areas
    decision = home.do(Rearm(home.actor(), network))
    assert [d.body for d in of_kind(decision.effects, BlinkArmBody)] == [BlinkArmBody(HOUSE, True)]
    (answer,) = of_kind(decision.effects, PanelBody)
    assert answer.body == PanelBody(
        (HOUSE,) if network else (HOUSE, GARDEN), say(Notice.PANEL_ALREADY, by="Ann")
    )
    for area in before.values():
        # Who armed in which mode, since when and up to when, is as it was.
        assert replace(home.state.areas[area.network_id], wish=area.wish) == area


def test_blink_is_left_alone_where_the_panel_was_disarmed_meanwhile() -> None:
    home = home_and_away()
    home.disarm()
    home.do(DevicesSeen(homescreen(armed=False, networks=(HOUSE, GARDEN))))
    decision = home.do(Rearm(home.actor(), HOUSE))
    assert said(decision.effects) == [Notice.NOT_ARMED]
    assert of_kind(decision.effects, BlinkArmBody) == []


@pytest.mark.parametrize(("network", "where"), [(HOUSE, {"area": "House"}), (None, {})])
def test_it_is_answered_like_an_alarm_and_journaled(
    network: str | None, where: dict[str, str]
) -> None:
    home = home_and_away()
    decision = home.do(Rearm(home.actor(), network))
    (answer,) = of_kind(decision.effects, PanelBody)
    assert (answer.target, answer.lane) == (str(ANN), Lane.ALARM)
    assert answer.expires_at == home.now + 2 * MINUTE
    (row,) = decision.rows
    assert (row.kind, row.data) == ("journal", {"what": "arm again", "by": "Ann", **where})


def test_that_nothing_is_armed_is_told_to_who_asked() -> None:
    home = home_and_away()
    home.disarm()
    (answer,) = home.do(Rearm(home.actor(), HOUSE)).effects
    assert answer.target == str(ANN)


def test_everybody_hears_when_blink_watches_again() -> None:
    home = home_and_away()
    home.do(DevicesSeen(homescreen(armed=False, networks=(HOUSE,))))
    home.do(Rearm(home.actor(), HOUSE))
    home.wait(MINUTE)
    assert Notice.NOT_WATCHING in said(home.waiting(), BEN)
    home.deliver_chat()
    decision = home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    assert set(said(decision.effects, BEN)) == {Notice.WATCHING_AGAIN}


def test_that_blink_watches_again_is_told_without_a_minute_of_doubt_between() -> None:
    home = home_and_away()
    home.do(DevicesSeen(homescreen(armed=False, networks=(HOUSE,))))
    home.do(Rearm(home.actor(), HOUSE))
    home.deliver_chat()
    decision = home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    assert said(decision.effects, BEN) == [Notice.WATCHING_AGAIN]
    assert home.area.wish is not None
    assert (home.area.wish.confirmed, home.area.wish.again) == (True, False)
