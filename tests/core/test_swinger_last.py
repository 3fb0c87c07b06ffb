"""Swinger shutdown never leaves a house in which nothing can raise the alarm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import (
    Arm,
    LeaveOut,
    SetCameraRule,
    SetModeCameras,
    SetOption,
)
from alarm.core.draft import Decision
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.inputs import ClockConfirmed, DevicesSeen
from alarm.core.notices import Notice
from alarm.core.settings import CameraRule, Mode, ModeSettings, PanelState, TriggerRule
from tests.core.home import ANN, HOUR, HOUSE, MINUTE, SECOND, Home, clip, household, said, sentences

NAMES = ("hall", "garage")
CAMERAS = {name: Camera(name, HOUSE, name.title()) for name in NAMES}


def house(
    *, night: tuple[str, ...] = ("hall",), distinct: int = 1, own: tuple[str, ...] = ()
) -> Home:
    """Return a house armed away; one event of those in `own` is an alarm, else it takes two."""
    home = Home(replace(household(), cameras=CAMERAS))
    settings = home.state.settings.with_mode(
        Mode.NIGHT, ModeSettings(exit_delay=timedelta(0), cameras=frozenset(night))
    )
    away = replace(settings.mode(Mode.AWAY), distinct=distinct)
    rules = {camera: CameraRule(TriggerRule(1)) for camera in own}
    home.state = replace(
        home.state, settings=replace(settings.with_mode(Mode.AWAY, away), cameras=rules)
    )
    home.do(ClockConfirmed(timedelta(0)))
    home.arm_now()
    home.state = replace(home.state, cameras=CAMERAS)
    return home


def cry_wolf(home: Home, times: int = 2) -> Home:
    for _ in range(times):
        home.wait(MINUTE)
        home.burglary()
        assert home.panel() is PanelState.TRIGGERED
        home.wait(SECOND)
        home.false_alarm()
        home.wait(10 * MINUTE)
    return home


def left_out(home: Home) -> list[str]:
    return [b.camera_id for b in home.area.bypasses if b.until is None]


def rings(home: Home, *cameras: str) -> bool:
    home.wait(MINUTE)
    home.see(*(clip(home.now, n, camera=camera) for camera in cameras for n in range(5)))
    return home.panel() is PanelState.TRIGGERED


# -- leaving out -----------------------------------------------------------------------------------


def test_a_camera_without_which_too_few_different_ones_count_is_not_left_out() -> None:
    home = cry_wolf(house(distinct=2, own=("hall",)))
    assert left_out(home) == []
    assert rings(home, "hall")


def test_another_camera_with_its_own_rule_is_enough_by_itself() -> None:
    home = cry_wolf(house(distinct=2, own=NAMES))
    assert left_out(home) == ["hall"]
    assert rings(home, "garage")


def test_an_alarm_judged_after_the_disarm_leaves_nothing_out() -> None:
    home = house()
    home.state = replace(home.state, settings=replace(home.state.settings, swinger=1))
    home.disarm()
    home.do(Arm(home.actor(), until=home.now + HOUR))
    home.wait(MINUTE)
    home.now += HOUR - MINUTE - 2 * SECOND
    at = home.now.replace(microsecond=0)
    home.wait(2 * SECOND)
    assert home.panel() is PanelState.DISARMED
    home.wait(20 * SECOND)
    home.see(clip(at, 1), clip(at, 2))
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    assert home.panel() is PanelState.DISARMED
    assert left_out(home) == []
    home.arm_now()
    home.state = replace(home.state, cameras=CAMERAS)
    assert rings(home, "hall")


# -- counting again --------------------------------------------------------------------------------


def test_an_arming_in_which_only_the_one_left_out_counts_restores_it_and_tells() -> None:
    home = cry_wolf(house())
    assert left_out(home) == ["hall"]
    decision = home.do(Arm(home.actor(), Mode.NIGHT))
    assert left_out(home) == []
    (words,) = [w for w in sentences(decision.effects, ANN) if w.notice is Notice.COUNTS_AGAIN]
    assert (words.args["camera"], words.args["mode"]) == ("Hall", "night")
    assert rings(home, "hall")


def test_a_mode_with_another_camera_leaves_it_out_as_before() -> None:
    home = cry_wolf(house(night=NAMES))
    decision = home.do(Arm(home.actor(), Mode.NIGHT))
    assert left_out(home) == ["hall"]
    assert Notice.COUNTS_AGAIN not in said(decision.effects)


def bypass_the_other(home: Home) -> Decision:
    return home.do(LeaveOut(home.actor(), "garage"))


def never_count_the_other(home: Home) -> Decision:
    return home.do(SetCameraRule(home.actor(), "garage", CameraRule()))


def want_two(home: Home) -> Decision:
    return home.do(SetOption(home.actor(), "away-distinct", "2"))


def lose_the_other(home: Home) -> Decision:
    cameras = tuple(replace(c, online=c.id != "garage") for c in CAMERAS.values())
    return home.do(DevicesSeen(Homescreen((Network(HOUSE, "House", True),), cameras)))


def choose_only_this_one(home: Home) -> Decision:
    return home.do(SetModeCameras(home.actor(), Mode.AWAY, frozenset({"hall"})))


@pytest.mark.parametrize(
    "weaken",
    [bypass_the_other, never_count_the_other, want_two, lose_the_other, choose_only_this_one],
)
def test_whatever_takes_the_last_other_camera_away_restores_it_at_once(
    weaken: Callable[[Home], Decision],
) -> None:
    home = cry_wolf(house())
    assert left_out(home) == ["hall"]
    decision = weaken(home)
    assert "hall" not in left_out(home)
    assert Notice.COUNTS_AGAIN in said(decision.effects, ANN)


def test_one_that_could_not_ring_either_stays_left_out() -> None:
    home = cry_wolf(house())
    home.do(SetOption(home.actor(), "away-distinct", "3"))
    assert left_out(home) == ["hall"]
