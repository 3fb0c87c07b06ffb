"""Cameras left out: until the next disarm or for a time, each event judged at its own time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import CountAgain, Disarm, LeaveOut
from alarm.core.draft import Decision
from alarm.core.events import Camera
from alarm.core.inputs import ClockJumped, EventsListed
from alarm.core.left_out import BypassKind
from alarm.core.notices import Notice
from alarm.core.settings import PanelState, TriggerRule
from alarm.core.state import Area, State
from storage.codec import Codec
from tests.core.home import (
    BEN,
    GARDEN,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    clip,
    household,
    said,
    sentences,
)

CAMERAS = {name: Camera(name, HOUSE, name.title()) for name in ("hall", "garage", "yard")}


class WithCameras(Home):
    def arm_now(self) -> Home:
        super().arm_now()
        # The look at the devices that arms it knows of none.
        self.state = replace(self.state, cameras=CAMERAS)
        return self


def at_home() -> Home:
    home = WithCameras(replace(household(), cameras=CAMERAS))
    home.set_rule(TriggerRule(1))
    return home


def leave_out(home: Home, camera: str = "garage", duration: timedelta | None = None) -> Decision:
    return home.do(LeaveOut(home.actor(), camera, duration))


def left_out_in_both_areas() -> Home:
    """Return a home with a garden, where the garage and the shed are left out."""
    home = at_home()
    cameras = {**CAMERAS, "shed": Camera("shed", GARDEN, "Shed")}
    areas = {**home.state.areas, GARDEN: Area(GARDEN, "Garden")}
    home.state = replace(home.state, areas=areas, cameras=cameras)
    leave_out(home)
    leave_out(home, "shed")
    return home


def triggered(home: Home) -> bool:
    return home.panel() is PanelState.TRIGGERED


def test_a_camera_left_out_does_not_count_and_the_others_do() -> None:
    home = at_home().arm_now()
    decision = leave_out(home)
    assert said(decision.effects, BEN) == [Notice.LEFT_OUT]
    home.wait(MINUTE)
    home.see(clip(home.now, camera="garage"))
    assert not triggered(home)
    (row,) = [row for row in home.rows if row.kind == "event"]
    assert row.data["counted"] is False
    home.see(clip(home.now, camera="hall"))
    assert triggered(home)


def test_it_holds_before_arming_and_ends_with_the_next_disarm() -> None:
    home = at_home()
    leave_out(home)
    home.arm_now()
    home.see(clip(home.now, camera="garage"))
    assert not triggered(home)
    decision = home.disarm()
    assert sentences(decision.effects)[0].args["restored"] == "Garage"
    home.arm_now()
    home.see(clip(home.now, 1, camera="garage"))
    assert triggered(home)


@pytest.mark.parametrize(
    ("at", "counts"), [(-1, True), (0, False), (1799, False), (1800, True), (1801, True)]
)
@pytest.mark.parametrize("ticked", [True, False])
def test_an_event_is_judged_at_its_own_time(at: int, counts: bool, ticked: bool) -> None:
    home = at_home().arm_now()
    home.wait(MINUTE)
    began = home.now
    leave_out(home, duration=30 * MINUTE)
    home.now += 40 * MINUTE
    if ticked:
        home.wait(SECOND)
    home.see(clip(began + at * SECOND, camera="garage"))
    assert triggered(home) is counts


def test_the_end_of_a_time_is_told_and_a_disarm_does_not_end_it() -> None:
    home = at_home().arm_now()
    leave_out(home, duration=30 * MINUTE)
    home.disarm()
    assert home.area.bypasses[0].until is None
    home.wait(29 * MINUTE)
    assert Notice.COUNTS_AGAIN not in said(home.effects)
    decision = home.wait(MINUTE)
    assert said(decision.effects, BEN) == [Notice.COUNTS_AGAIN]
    assert home.area.bypasses[0].until == home.now


def test_once_more_changes_for_how_long() -> None:
    home = at_home()
    leave_out(home)
    since = home.area.bypasses[0].since
    home.wait(MINUTE)
    leave_out(home, duration=30 * MINUTE)
    (bypass,) = home.area.bypasses
    assert (bypass.kind, bypass.since) == (BypassKind.TIMED, since)
    assert bypass.deadline == home.now + 30 * MINUTE


def test_a_person_ends_it_and_hears_where_there_was_nothing_to_end() -> None:
    home = at_home().arm_now()
    leave_out(home)
    home.wait(MINUTE)
    home.do(CountAgain(home.actor(), "garage"))
    home.see(clip(home.now - SECOND, 1, camera="garage"))
    assert not triggered(home)
    home.see(clip(home.now, 2, camera="garage"))
    assert triggered(home)
    decision = home.do(CountAgain(home.actor(), "garage"))
    assert said(decision.effects) == [Notice.NOT_LEFT_OUT]


def test_a_camera_that_is_no_more_cannot_be_left_out() -> None:
    home = at_home()
    decision = leave_out(home, "gone")
    assert said(decision.effects) == [Notice.CAMERA_GONE]
    assert home.area.bypasses == ()


def test_it_does_not_join_an_alarm_that_is_open() -> None:
    home = at_home().arm_now()
    leave_out(home)
    home.wait(MINUTE)
    home.see(clip(home.now, camera="hall"))
    home.see(clip(home.now, 1, camera="garage"))
    assert home.incident.event_count == 1


def test_disarming_one_area_leaves_the_bypass_of_the_other() -> None:
    home = left_out_in_both_areas()
    home.do(Disarm(home.actor(), area=GARDEN))
    ended = {key: bool(area.bypasses[0].until) for key, area in home.state.areas.items()}
    assert ended == {HOUSE: False, GARDEN: True}


def test_the_clock_of_the_host_moves_the_end_and_not_what_was() -> None:
    home = at_home()
    home.do(EventsListed((), timedelta(0)))
    leave_out(home, duration=30 * MINUTE)
    (before,) = home.area.bypasses
    home.now += timedelta(hours=1)
    home.do(ClockJumped(timedelta(hours=1)))
    (after,) = home.area.bypasses
    assert before.deadline is not None
    assert after == replace(before, deadline=before.deadline + timedelta(hours=1))


def test_after_a_restart_the_same_cameras_are_left_out() -> None:
    home = at_home().arm_now()
    leave_out(home)
    codec: Codec[State] = Codec(State)
    home.state = codec.decode(json.loads(json.dumps(codec.encode(home.state))))
    home.wait(MINUTE)
    home.see(clip(home.now, camera="garage"))
    assert not triggered(home)


def test_disarming_all_says_what_counts_again_in_each_area() -> None:
    home = left_out_in_both_areas()
    assert sentences(home.disarm().effects)[0].args["restored"] == "Garage, Shed"


def test_all_that_are_left_out_count_again_at_once() -> None:
    home = at_home()
    leave_out(home)
    leave_out(home, "hall", 30 * MINUTE)
    decision = home.do(CountAgain(home.actor()))
    assert [b for b in home.area.bypasses if b.until is None] == []
    (words,) = [w for w in sentences(decision.effects) if w.notice is Notice.COUNTS_AGAIN][:1]
    assert words.args["camera"] == "Garage, Hall"
    assert said(home.do(CountAgain(home.actor())).effects) == [Notice.NOT_LEFT_OUT]


def test_a_notice_tells_which_of_two_cameras_of_one_name_it_means() -> None:
    home = at_home()
    garden = Area(GARDEN, "Garden")
    other = Camera("other", GARDEN, "hall")
    home.state = replace(
        home.state,
        areas={**home.state.areas, GARDEN: garden},
        cameras={**home.state.cameras, "other": other},
    )
    words = sentences(leave_out(home, "other").effects)[0]
    assert words.args["camera"] == "hall (Garden)"
    (row,) = [row for row in home.rows if row.data.get("what") == "bypass"]
    assert row.data["camera"] == "hall (Garden)"
    assert sentences(leave_out(home, "yard").effects)[0].args["camera"] == "Yard"
