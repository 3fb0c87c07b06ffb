"""A clip counts if it was armed at the time of the clip, however late it is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Arm
from alarm.core.deliveries import BlinkArmBody
from alarm.core.inputs import DevicesSeen, EventsListed
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import ArmedSpan
from tests.core.home import (
    ANN,
    GARDEN,
    HOUR,
    HOUSE,
    MINUTE,
    NOON,
    SECOND,
    Home,
    alerts,
    clip,
    homescreen,
    household,
    said,
    seconds,
)
from tests.core.watched import armed, counts

# -- armed at its own time -------------------------------------------------------------------------


def test_a_clip_of_the_whole_second_of_arming_counts() -> None:
    home = Home(now=NOON + seconds(0.7)).arm_now()
    home.see(clip(NOON + MINUTE, 1), clip(NOON + MINUTE, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_a_clip_of_the_second_before_does_not() -> None:
    home = Home(now=NOON + seconds(0.7)).arm_now()
    at = NOON + MINUTE - SECOND
    home.see(clip(at, 1), clip(at, 2))
    assert counts(home) == [False, False]


def test_a_clip_of_the_exit_delay_does_not_count_however_late_it_is_listed() -> None:
    home = Home()
    home.arm()
    at = home.now + 30 * SECOND
    home.wait(60 * SECOND)
    home.now += 5 * MINUTE
    home.see(clip(at, 1), clip(at, 2))
    assert home.panel() is PanelState.ARMED


def test_a_late_tick_arms_from_the_end_of_the_exit_delay_on() -> None:
    home = Home()
    home.arm()
    home.wait(10 * MINUTE)
    at = NOON + MINUTE
    home.see(clip(at, 1), clip(at, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_a_camera_never_seen_before_counts_in_away() -> None:
    home = armed()
    home.see(clip(home.now, 1, camera="brand new"), clip(home.now, 2, camera="newer"))
    assert home.panel() is PanelState.TRIGGERED


def test_a_camera_outside_the_span_does_not_count() -> None:
    home = armed()
    spans = tuple(replace(s, cameras=frozenset({"hall"})) for s in home.area.spans)
    home.state = replace(home.state, areas={HOUSE: replace(home.area, spans=spans)})
    home.see(clip(home.now, camera="shed"), clip(home.now, camera="hall"))
    assert counts(home) == [True, False]


def test_a_camera_that_a_mode_switch_added_counts_from_the_switch_on() -> None:
    home = armed(hours=1)
    (first,) = home.area.spans
    switched = home.now
    spans = (
        replace(first, until=switched, cameras=frozenset({"hall"})),
        ArmedSpan(first.mode, first.armed_at, switched),
    )
    home.state = replace(home.state, areas={HOUSE: replace(home.area, spans=spans)})
    home.see(clip(switched - SECOND, camera="shed"), clip(switched, camera="shed"))
    assert counts(home) == [False, True]
    home.see(clip(switched - SECOND, camera="hall"))
    assert home.panel() is PanelState.TRIGGERED


def test_a_clip_of_a_network_that_is_not_ours_is_only_recorded() -> None:
    home = armed()
    home.see(*(clip(home.now, n, network="99") for n in range(3)))
    assert counts(home) == [False] * 3
    assert home.state.armed


def test_a_clip_listed_before_any_network_is_known_counts_where_all_is_armed() -> None:
    home = Home(replace(household(), areas={}))
    home.do(Arm(home.actor()))
    home.wait(MINUTE)
    decision = home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.TRIGGERED
    assert BlinkArmBody(HOUSE, armed=True) in [d.body for d in decision.effects]
    home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    assert home.panel() is PanelState.TRIGGERED
    assert home.area.name == "House"
    assert home.state.areas[GARDEN].panel is PanelState.ARMED
    assert sorted(home.state.areas) == [HOUSE, GARDEN]


def test_a_clip_listed_before_any_command_adopts_nothing() -> None:
    home = Home(replace(household(), areas={}))
    home.see(clip(home.now))
    assert home.state.areas == {}


# -- late ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "rings"), [(11 * HOUR, True), (12 * HOUR, True), (12 * HOUR + SECOND, False)]
)
def test_a_burst_rings_up_to_twelve_hours_late(late: timedelta, rings: bool) -> None:
    home = armed()
    at = home.now
    home.now += late
    decision = home.see(clip(at, 1), clip(at, 2))
    assert bool(alerts(decision.effects)) is rings
    assert (said(decision.effects, ANN) == [Notice.OLD_BURST]) is not rings
    if rings:
        assert home.incident.late == late
        assert home.incident.is_late


@pytest.mark.parametrize(("late", "is_late"), [(seconds(90), False), (seconds(91), True)])
def test_an_alert_is_late_beyond_what_listing_normally_takes(
    late: timedelta, is_late: bool
) -> None:
    home = armed()
    at = home.now
    home.now += late
    home.see(clip(at, 1), clip(at, 2))
    assert home.incident.is_late is is_late


def test_a_clip_from_the_future_is_not_late() -> None:
    home = armed()
    home.see(*(clip(home.now + MINUTE, n) for n in range(2)))
    assert home.incident.late == timedelta(0)


def test_a_burst_across_the_twelve_hours_rings_by_its_newest_event() -> None:
    home = armed(hours=1)
    at = home.now
    home.now += 12 * HOUR
    home.see(clip(at - SECOND, 1))
    assert counts(home) == [True]
    home.see(clip(at + SECOND, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_pages_come_newest_first_and_the_burst_is_found_all_the_same() -> None:
    home = armed()
    at = home.now
    home.now += HOUR
    home.see(clip(at + 100 * SECOND))
    assert home.panel() is PanelState.ARMED
    home.see(clip(at))
    assert home.panel() is PanelState.TRIGGERED


def test_a_single_unspent_event_is_forgotten_when_nothing_can_join_it() -> None:
    home = armed()
    home.see(clip(home.now))
    home.now += 26 * HOUR
    home.see(clip(home.now))
    assert [c.event.created_at for c in home.area.unspent] == [home.now]


def test_a_page_carries_the_skew() -> None:
    home = armed()
    home.do(EventsListed((), seconds(5)))
    assert home.state.clock.skew == seconds(5)
