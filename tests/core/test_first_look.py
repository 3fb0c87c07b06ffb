"""What the alarm does before it knows anything, and after it lost what it knew."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.deliveries import BlinkArmBody
from alarm.core.household_commands import Claim
from alarm.core.inputs import (
    DevicesSeen,
    OwnerConfigured,
    StorageChanged,
    StorageStatus,
)
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import UNKNOWN_AREA, State
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUSE,
    SECOND,
    Home,
    clip,
    homescreen,
    household,
    of_kind,
    said,
    sentences,
)


def lost_home() -> Home:
    """Return a home whose state files were both unreadable; its owner is set in the file."""
    home = Home(State())
    home.do(OwnerConfigured(ANN))
    home.do(StorageChanged(StorageStatus.LOST, "state.json is damaged"))
    return home


def test_a_lost_state_is_told_to_the_owner_in_the_settings() -> None:
    home = Home(State())
    home.do(StorageChanged(StorageStatus.LOST))
    decision = home.do(OwnerConfigured(ANN))
    assert said(decision.effects, ANN) == [Notice.STATE_DOUBT]


def test_a_lost_state_is_told_once_where_the_owner_is_known_first() -> None:
    home = lost_home()
    home.do(OwnerConfigured(ANN))
    assert said(home.effects, ANN) == [Notice.STATE_DOUBT]


def test_a_lost_state_is_told_to_whoever_claims_the_bot_afterwards() -> None:
    home = Home(replace(State(), claim_code="secret"))
    home.do(StorageChanged(StorageStatus.LOST))
    home.do(Claim(home.actor(BEN), "secret"))
    assert Notice.STATE_DOUBT in said(home.effects, BEN)


def test_after_a_loss_the_panel_is_armed_from_now_on_where_blink_is() -> None:
    home = lost_home()
    decision = home.do(DevicesSeen(homescreen(armed=True)))
    assert home.panel() is PanelState.ARMED
    assert [s.since for s in home.area.spans] == [home.now]
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.STATE_TAKEN
    assert words.args == {"armed": "House", "disarmed": ""}


def test_after_a_loss_a_disarmed_blink_leaves_the_panel_disarmed_and_says_so() -> None:
    home = lost_home()
    decision = home.do(DevicesSeen(homescreen(armed=False)))
    assert home.panel() is PanelState.DISARMED
    assert sentences(decision.effects, ANN)[0].args == {"armed": "", "disarmed": "House"}


def test_the_taken_over_panel_sends_nothing_to_blink() -> None:
    home = lost_home()
    home.do(DevicesSeen(homescreen(armed=True)))
    assert of_kind(home.state.outbox.values(), BlinkArmBody) == []


def test_the_taken_over_panel_rings_for_a_burst() -> None:
    home = lost_home()
    home.do(DevicesSeen(homescreen(armed=True)))
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_the_taken_over_panel_notices_that_blink_is_disarmed_behind_its_back() -> None:
    home = lost_home()
    home.do(DevicesSeen(homescreen(armed=True)))
    home.wait(60 * SECOND)
    decision = home.do(DevicesSeen(homescreen(armed=False)))
    assert said(decision.effects, ANN) == [Notice.NETWORK_DISARMED]


def test_only_the_first_look_is_taken_over() -> None:
    home = lost_home()
    home.do(DevicesSeen(homescreen(armed=False)))
    home.do(DevicesSeen(homescreen(armed=True)))
    assert home.panel() is PanelState.DISARMED


def test_a_command_before_the_first_look_ends_the_doubt() -> None:
    home = lost_home()
    home.disarm()
    decision = home.do(DevicesSeen(homescreen(armed=True)))
    assert home.panel() is PanelState.DISARMED
    assert Notice.STATE_TAKEN not in said(decision.effects)
    assert [d.body for d in decision.effects] == [BlinkArmBody(HOUSE, armed=False)]


def test_without_a_loss_nothing_is_taken_over() -> None:
    home = Home(State())
    home.do(OwnerConfigured(ANN))
    home.do(DevicesSeen(homescreen(armed=True)))
    assert home.panel() is PanelState.DISARMED
    assert home.effects == []


def test_a_copy_that_was_readable_leaves_no_doubt_about_the_state() -> None:
    home = Home()
    decision = home.do(StorageChanged(StorageStatus.RECOVERED))
    assert not home.state.in_doubt
    assert said(decision.effects, ANN) == [Notice.STATE_DOUBT]


def test_arming_before_any_network_is_known_arms_all_that_appear() -> None:
    home = Home(replace(household(), areas={}))
    home.arm()
    home.wait(60 * SECOND)
    assert list(home.state.areas) == [UNKNOWN_AREA]
    home.do(DevicesSeen(homescreen(armed=False, networks=(HOUSE, GARDEN))))
    assert {a.panel for a in home.state.areas.values()} == {PanelState.ARMED}
    assert sorted(home.state.areas) == [HOUSE, GARDEN]
    bodies = [d.body for d in of_kind(home.state.outbox.values(), BlinkArmBody)]
    assert bodies == [BlinkArmBody(HOUSE, armed=True), BlinkArmBody(GARDEN, armed=True)]
