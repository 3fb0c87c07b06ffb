"""The trigger rule at its limits, by example."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.errors import BadInput
from alarm.core.rule import Rules, burst_building, tripping
from alarm.core.settings import CameraRule, PanelState, TriggerRule
from alarm.core.state import CountedEvent
from tests.core.home import MINUTE, NOON, SECOND, Home, clip, seconds

RULE = TriggerRule(2, timedelta(seconds=120))


def counted(*offsets: float, armed_at: float = -600) -> list[CountedEvent]:
    """Make counted events so many seconds after noon."""
    return [
        CountedEvent(clip(NOON + seconds(at), n), NOON + seconds(armed_at))
        for n, at in enumerate(offsets)
    ]


def burst_of(
    events: list[CountedEvent], new: CountedEvent, rules: Rules
) -> tuple[CountedEvent, ...]:
    tripped = tripping(events, new, rules)
    return tripped.burst if tripped else ()


def offsets(burst: tuple[CountedEvent, ...]) -> list[float]:
    return [(c.event.created_at - NOON).total_seconds() for c in burst]


@pytest.mark.parametrize(("gap", "trips"), [(0, True), (119, True), (120, True), (121, False)])
def test_two_clips_trip_up_to_the_lookback_apart(gap: int, trips: bool) -> None:
    events = counted(0, gap)
    assert bool(burst_of(events, events[-1], Rules(RULE))) is trips


@pytest.mark.parametrize(("gap", "panel"), [(120, PanelState.TRIGGERED), (121, PanelState.ARMED)])
def test_the_panel_follows_the_rule(gap: int, panel: PanelState) -> None:
    home = Home().arm_now()
    home.see(clip(home.now))
    home.now += seconds(gap)
    home.see(clip(home.now))
    assert home.panel() is panel


def test_an_event_listed_first_and_created_last_trips_all_the_same() -> None:
    events = counted(60, 0)
    assert offsets(burst_of(events, events[-1], Rules(RULE))) == [0, 60]


def test_the_new_event_is_part_of_the_burst_or_there_is_none() -> None:
    events = counted(0, 10, 500)
    assert burst_of(events, events[-1], Rules(RULE)) == ()


def test_the_largest_burst_is_named_and_of_equal_ones_the_earliest() -> None:
    events = counted(0, 60, 120, 180, 90)
    assert offsets(burst_of(events, events[-1], Rules(RULE))) == [0, 60, 90, 120]


def test_events_of_another_armed_period_do_not_help() -> None:
    old, new = counted(0, armed_at=-600), counted(60, armed_at=30)
    assert burst_of([*old, *new], new[0], Rules(RULE)) == ()


def test_a_threshold_of_one_trips_on_the_event_itself() -> None:
    events = counted(0)
    assert offsets(burst_of(events, events[0], Rules(TriggerRule(1)))) == [0]


def test_a_burst_builds_up_for_one_lookback() -> None:
    events = counted(0)
    assert burst_building(events, Rules(RULE), NOON + 2 * MINUTE)
    assert not burst_building(events, Rules(RULE), NOON + 2 * MINUTE + SECOND)
    assert not burst_building([], Rules(RULE), NOON)


@pytest.mark.parametrize(("own", "longest"), [(300, 300), (30, 120)])
def test_where_a_camera_has_a_rule_of_its_own_it_builds_up_for_the_longer_of_both(
    own: int, longest: int
) -> None:
    """The distinct-camera rule sees that camera, too."""
    rules = Rules(RULE, cameras={"hall": CameraRule(TriggerRule(3, seconds(own)))})
    events = counted(0)
    assert burst_building(events, rules, NOON + seconds(longest))
    assert not burst_building(events, rules, NOON + seconds(longest + 1))


@pytest.mark.parametrize("threshold", [1, 50])
def test_a_threshold_at_its_bounds_is_taken(threshold: int) -> None:
    assert TriggerRule(threshold).threshold == threshold


@pytest.mark.parametrize("threshold", [0, 51])
def test_a_threshold_beyond_its_bounds_is_refused(threshold: int) -> None:
    with pytest.raises(BadInput, match="1 to 50"):
        TriggerRule(threshold)


@pytest.mark.parametrize("lookback", [seconds(10), seconds(3600)])
def test_a_lookback_at_its_bounds_is_taken(lookback: timedelta) -> None:
    assert TriggerRule(2, lookback).lookback == lookback


@pytest.mark.parametrize("lookback", [seconds(9.9), seconds(3600.1)])
def test_a_lookback_beyond_its_bounds_is_refused(lookback: timedelta) -> None:
    with pytest.raises(BadInput, match="10 seconds to 60 minutes"):
        TriggerRule(2, lookback)
