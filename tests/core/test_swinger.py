"""Swinger shutdown: who cries wolf alone and again is left out, never the last one watching."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import CountAgain, SetOption
from alarm.core.events import Camera
from alarm.core.inputs import ClockConfirmed, Started
from alarm.core.left_out import Bypass, BypassKind
from alarm.core.notices import Notice
from alarm.core.settings import CameraRule, Mode, PanelState, TriggerRule
from tests.core.home import HOUR, HOUSE, MINUTE, SECOND, Home, clip, household, said

CAMERAS = {name: Camera(name, HOUSE, name.title()) for name in ("hall", "yard")}


def armed(limit: int = 2) -> Home:
    home = Home(replace(household(), cameras=CAMERAS))
    home.state = replace(home.state, settings=replace(home.state.settings, swinger=limit))
    home.set_rule(TriggerRule(1))
    home.arm_now()
    home.state = replace(home.state, cameras=CAMERAS)
    return home


def false_alarm(home: Home, *cameras: str) -> None:
    home.wait(MINUTE)
    home.see(*(clip(home.now, camera=camera) for camera in cameras or ("yard",)))
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    home.wait(SECOND)


def left_out(home: Home) -> list[str]:
    return [b.camera_id for b in home.area.bypasses if b.until is None]


@pytest.mark.parametrize("limit", [1, 2, 3, 6])
def test_a_camera_alone_behind_so_many_alarms_is_left_out_and_told(limit: int) -> None:
    home = armed(limit)
    for _ in range(limit - 1):
        false_alarm(home)
    assert left_out(home) == []
    false_alarm(home)
    assert left_out(home) == ["yard"]
    assert home.area.bypasses[0].kind is BypassKind.SWINGER
    assert Notice.SWINGER in said(home.effects)
    home.see(clip(home.now, 9, camera="yard"))
    assert home.panel() is PanelState.ARMED
    home.see(clip(home.now, 9, camera="hall"))
    assert home.panel() is PanelState.TRIGGERED


def test_off_leaves_none_out() -> None:
    home = armed(0)
    for _ in range(7):
        false_alarm(home)
    assert left_out(home) == []


@pytest.mark.parametrize(("apart", "out"), [(8 * HOUR, True), (8 * HOUR + SECOND, False)])
def test_only_alarms_within_eight_hours_add_up(apart: timedelta, out: bool) -> None:
    home = armed()
    home.see(clip(home.now, camera="yard"))
    home.false_alarm()
    home.now += apart
    home.see(clip(home.now, 1, camera="yard"))
    home.false_alarm()
    assert bool(left_out(home)) is out


def test_alarms_with_two_cameras_or_of_different_ones_do_not_add_up() -> None:
    home = armed()
    false_alarm(home, "yard", "hall")
    false_alarm(home, "yard")
    false_alarm(home, "hall")
    assert left_out(home) == []


def test_an_alarm_that_another_camera_joined_does_not_count() -> None:
    home = armed(1)
    home.see(clip(home.now, camera="yard"))
    home.see(clip(home.now, camera="hall"))
    home.false_alarm()
    assert left_out(home) == []


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"hall": replace(CAMERAS["hall"], online=False)},
        {"hall": replace(CAMERAS["hall"], enabled=False)},
        {"hall": replace(CAMERAS["hall"], network_id="elsewhere")},
    ],
)
def test_the_last_camera_that_watches_is_never_left_out(other: dict[str, Camera]) -> None:
    home = armed()
    home.state = replace(home.state, cameras={"yard": CAMERAS["yard"], **other})
    false_alarm(home)
    false_alarm(home)
    assert left_out(home) == []


def test_a_camera_that_does_not_count_is_no_other_one() -> None:
    home = armed()
    chosen = home.state.settings
    away = replace(chosen.mode(Mode.AWAY), cameras=frozenset({"yard"}))
    for settings in (
        replace(chosen, cameras={"hall": CameraRule()}),
        chosen.with_mode(Mode.AWAY, away),
    ):
        home = armed()
        home.state = replace(home.state, settings=settings)
        false_alarm(home)
        false_alarm(home)
        assert left_out(home) == []
    home = armed()
    bypass = Bypass("hall", BypassKind.UNTIL_DISARM, home.now)
    home.state = replace(home.state, areas={HOUSE: replace(home.area, bypasses=(bypass,))})
    false_alarm(home)
    false_alarm(home)
    assert left_out(home) == ["hall"]


def test_a_disarm_lets_it_count_again() -> None:
    home = armed()
    false_alarm(home)
    false_alarm(home)
    home.disarm()
    assert left_out(home) == []


def test_it_counts_again_after_eight_hours_without_its_motion() -> None:
    home = armed()
    false_alarm(home)
    false_alarm(home)
    home.wait(4 * HOUR)
    home.see(clip(home.now, camera="yard"))
    home.wait(8 * HOUR - SECOND)
    assert left_out(home) == ["yard"]
    decision = home.wait(SECOND)
    assert left_out(home) == []
    assert Notice.COUNTS_AGAIN in said(decision.effects)


@pytest.mark.parametrize("skew", [timedelta(0), 40 * SECOND, -40 * SECOND])
@pytest.mark.parametrize(
    ("late", "rings"), [(-2 * SECOND, False), (timedelta(0), True), (10 * MINUTE, True)]
)
def test_one_that_ended_while_the_program_was_down_is_not_revived_by_the_clips_of_then(
    skew: timedelta, late: timedelta, rings: bool
) -> None:
    home = armed()
    home.do(ClockConfirmed(skew))
    false_alarm(home)
    false_alarm(home)
    (bypass,) = home.area.bypasses
    assert bypass.deadline is not None
    home.now = bypass.deadline + HOUR
    home.do(Started())
    home.see(clip((bypass.deadline + late + skew).replace(microsecond=0), 9, camera="yard"))
    assert (home.panel() is PanelState.TRIGGERED) is rings
    home.wait(SECOND)
    assert (left_out(home) == []) is rings


def test_a_person_who_lets_it_count_again_gives_it_a_new_start() -> None:
    home = armed()
    false_alarm(home)
    false_alarm(home)
    home.do(CountAgain(home.actor(), "yard"))
    false_alarm(home)
    assert left_out(home) == []
    false_alarm(home)
    assert left_out(home) == ["yard"]


def test_an_alarm_that_closed_by_itself_was_not_judged_real() -> None:
    home = armed(1)
    home.see(clip(home.now, camera="yard"))
    home.acknowledge()
    home.wait(31 * MINUTE)
    assert left_out(home) == ["yard"]


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("off", 0), ("6", 6)])
def test_the_number_is_a_setting(text: str, value: int) -> None:
    home = armed()
    home.do(SetOption(home.actor(), "swinger", text))
    assert home.state.settings.swinger == value
