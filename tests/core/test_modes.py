"""The modes away, home and night: which cameras count, and changing from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Arm
from alarm.core.deliveries import BlinkArmBody, PanelBody, PanelEditBody
from alarm.core.draft import Decision
from alarm.core.inputs import DevicesSeen
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState, TriggerRule
from alarm.core.state import ArmedSpan
from tests.core.home import BEN, MINUTE, SECOND, Home, clip, homescreen, household, of_kind, said

NIGHT = ModeSettings(TriggerRule(1), exit_delay=timedelta(0), cameras=frozenset({"hall", "garage"}))
HOME = ModeSettings(exit_delay=timedelta(0), cameras=frozenset({"yard"}))


def home_with_modes(night: ModeSettings = NIGHT) -> Home:
    home = Home(household())
    modes = {**home.state.settings.modes, Mode.NIGHT: night, Mode.HOME: HOME}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    return home


def arm(home: Home, mode: Mode) -> Decision:
    return home.do(Arm(home.actor(), mode))


def answer(decision: Decision) -> PanelBody:
    (sent,) = of_kind(decision.effects, PanelBody)
    assert isinstance(sent.body, PanelBody)
    return sent.body


def test_night_is_armed_at_once_and_asks_blink_as_well() -> None:
    home = home_with_modes()
    decision = arm(home, Mode.NIGHT)
    assert (home.panel(), home.area.mode) == (PanelState.ARMED, Mode.NIGHT)
    assert [b.body for b in of_kind(decision.effects, BlinkArmBody)] == [
        BlinkArmBody(home.area.network_id, armed=True)
    ]


def test_only_cameras_of_the_mode_count_and_its_own_rule_judges() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.see(clip(home.now, 1, camera="yard"), clip(home.now, 2, camera="yard"))
    assert home.panel() is PanelState.ARMED
    home.see(clip(home.now, 3, camera="hall"))
    assert home.panel() is PanelState.TRIGGERED
    assert home.incident.mode is Mode.NIGHT


def test_a_camera_never_seen_before_counts_in_away_and_not_in_night() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.see(clip(home.now, 1, camera="new"))
    assert home.panel() is PanelState.ARMED
    home = home_with_modes().arm_now()
    home.see(clip(home.now, 1, camera="new"), clip(home.now, 2, camera="new"))
    assert home.panel() is PanelState.TRIGGERED


# -- changing the mode while armed -----------------------------------------------------------------


def test_a_mode_switch_needs_no_exit_delay_and_keeps_the_moment_of_arming() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    armed_at = home.area.spans[-1].armed_at
    home.wait(10 * MINUTE)
    decision = arm(home, Mode.AWAY)
    assert (home.panel(), home.area.mode, home.area.deadline) == (
        PanelState.ARMED,
        Mode.AWAY,
        None,
    )
    assert home.area.changed_at == home.now
    before, after = home.area.spans
    assert before == ArmedSpan(Mode.NIGHT, armed_at, armed_at, home.now, NIGHT.cameras)
    assert after == ArmedSpan(Mode.AWAY, armed_at, home.now)
    assert answer(decision).words.notice is Notice.PANEL_ARMED
    assert said(decision.effects, BEN) == [Notice.ARMED_BY]


@pytest.mark.parametrize(("seconds", "counts"), [(-1, False), (0, True), (1, True)])
def test_cameras_new_to_the_mode_count_from_the_switch(seconds: int, counts: bool) -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.wait(10 * MINUTE)
    arm(home, Mode.AWAY)
    home.set_rule(TriggerRule(1))
    home.see(clip(home.now + seconds * SECOND, camera="yard"))
    assert (home.panel() is PanelState.TRIGGERED) is counts


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, True), (1, False)])
def test_cameras_that_drop_out_count_up_to_the_switch(seconds: int, counts: bool) -> None:
    home = home_with_modes(replace(NIGHT, cameras=frozenset({"yard"})))
    home.set_rule(TriggerRule(1))
    home.arm_now()
    home.wait(10 * MINUTE)
    arm(home, Mode.NIGHT)
    home.see(clip(home.now + seconds * SECOND, camera="hall"))
    assert (home.panel() is PanelState.TRIGGERED) is counts


def test_events_before_and_after_a_switch_add_up() -> None:
    home = home_with_modes(replace(NIGHT, rule=TriggerRule(2)))
    home.arm_now()
    home.see(clip(home.now, 1, camera="hall"))
    home.wait(30 * SECOND)
    arm(home, Mode.NIGHT)
    home.see(clip(home.now + SECOND, 2, camera="hall"))
    assert home.panel() is PanelState.TRIGGERED


def test_disarming_by_a_person_is_remembered_after_a_switch() -> None:
    home = home_with_modes()
    home.arm_now()
    arm(home, Mode.NIGHT)
    home.disarm()
    home.see(clip(home.now - 5 * SECOND, 1), clip(home.now - 4 * SECOND, 2))
    assert home.panel() is PanelState.DISARMED
    assert not home.state.incidents


def test_the_same_mode_once_more_changes_nothing() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    before = home.area
    home.wait(30 * SECOND)
    decision = arm(home, Mode.NIGHT)
    assert replace(home.area, timing=before.timing) == before
    assert answer(decision).words.notice is Notice.PANEL_ALREADY


# -- changing the mode meanwhile -------------------------------------------------------------------


def test_a_switch_while_arming_counts_the_new_delay_from_now() -> None:
    home = home_with_modes(replace(NIGHT, exit_delay=20 * SECOND))
    home.arm()
    home.wait(10 * SECOND)
    arm(home, Mode.NIGHT)
    assert (home.panel(), home.area.mode) == (PanelState.ARMING, Mode.NIGHT)
    assert home.area.deadline == home.now + 20 * SECOND
    home.wait(20 * SECOND)
    assert home.panel() is PanelState.ARMED
    assert home.area.spans[-1].cameras == NIGHT.cameras


def test_a_switch_while_arming_to_a_mode_without_delay_arms_at_once() -> None:
    home = home_with_modes()
    home.arm()
    arm(home, Mode.NIGHT)
    assert (home.panel(), home.area.deadline) == (PanelState.ARMED, None)
    assert len(home.area.spans) == 1


def test_no_arming_ends_or_changes_a_running_entry_delay() -> None:
    home = home_with_modes(replace(NIGHT, entry_delay=30 * SECOND))
    arm(home, Mode.NIGHT)
    home.see(clip(home.now, 1))
    assert home.panel() is PanelState.PENDING
    before = home.area
    decision = arm(home, Mode.AWAY)
    assert home.area == before
    words = answer(decision).words
    assert (words.notice, words.args["busy"]) == (Notice.PANEL_ALREADY, True)
    home.wait(30 * SECOND)
    assert home.incident.mode is Mode.NIGHT


def test_after_an_alarm_the_panel_is_armed_in_the_mode_it_began_in() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.see(clip(home.now, 1))
    decision = arm(home, Mode.AWAY)
    assert answer(decision).words.args["busy"] is True
    home.false_alarm()
    assert (home.panel(), home.area.mode) == (PanelState.ARMED, Mode.NIGHT)
    home.see(clip(home.now + SECOND, camera="yard"))
    assert home.panel() is PanelState.ARMED


def test_a_switch_is_shown_in_the_messages_that_tell_of_the_panel() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.state = replace(home.state, panel_messages={"22": 71})
    assert of_kind(arm(home, Mode.NIGHT).effects, PanelEditBody) == []
    (edit,) = of_kind(arm(home, Mode.AWAY).effects, PanelEditBody)
    assert (edit.target, edit.body) == ("22", PanelEditBody(71))


@pytest.mark.parametrize(("delay", "said_so"), [(0, False), (1, True)])
def test_a_switch_to_a_mode_with_an_exit_delay_says_that_there_is_none_now(
    delay: int, said_so: bool
) -> None:
    home = home_with_modes()
    away = replace(home.state.settings.mode(Mode.AWAY), exit_delay=delay * SECOND)
    home.state = replace(home.state, settings=home.state.settings.with_mode(Mode.AWAY, away))
    assert answer(arm(home, Mode.NIGHT)).words.args["no_delay"] is False
    assert answer(arm(home, Mode.AWAY)).words.args["no_delay"] is said_so
    assert answer(arm(home, Mode.AWAY)).words.args["no_delay"] is False


@pytest.mark.parametrize("mode", [Mode.NIGHT, Mode.AWAY])
@pytest.mark.parametrize("alarmed", [False, True])
def test_arming_once_more_arms_blink_where_somebody_disarmed_it_there(
    mode: Mode, alarmed: bool
) -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.do(DevicesSeen(homescreen(armed=True)))
    if alarmed:
        home.see(clip(home.now, camera="hall"))
    home.wait(MINUTE)
    home.do(DevicesSeen(homescreen(armed=False)))
    decision = arm(home, mode)
    assert [b.body for b in of_kind(decision.effects, BlinkArmBody)] == [
        BlinkArmBody(home.area.network_id, armed=True)
    ]


def test_the_mode_of_an_alarm_that_is_on_is_busy_only_for_another_one() -> None:
    home = home_with_modes()
    arm(home, Mode.NIGHT)
    home.see(clip(home.now, camera="hall"))
    for mode, busy in ((Mode.NIGHT, False), (Mode.AWAY, True)):
        words = answer(arm(home, mode)).words
        assert (words.notice, words.args["busy"]) == (Notice.PANEL_ALREADY, busy)
