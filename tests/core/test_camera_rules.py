"""Cameras with a rule of their own, cameras that never count, and bursts of several cameras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from alarm.core.commands import SetCameraRule
from alarm.core.deliveries import MediaBody
from alarm.core.events import Camera
from alarm.core.inputs import EventsListed
from alarm.core.notices import Notice
from alarm.core.rule import Rules, rings_again, tripping
from alarm.core.settings import CameraRule, Mode, PanelState, TriggerRule
from alarm.core.state import CountedEvent
from tests.core.home import (
    HOUSE,
    MINUTE,
    NOON,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    said,
    seconds,
)

NAMES = ("hall", "yard", "door", "tree")
ONE, NEVER = CameraRule(TriggerRule(1)), CameraRule()


def armed(distinct: int = 1, **cameras: CameraRule) -> Home:
    known = {name: Camera(name, HOUSE, name.title()) for name in NAMES}
    home = Home(household()).arm_now()
    home.state = replace(home.state, cameras=known)
    away = replace(home.state.settings.mode(Mode.AWAY), distinct=distinct)
    settings = replace(home.state.settings.with_mode(Mode.AWAY, away), cameras=cameras)
    home.state = replace(home.state, settings=settings)
    return home


def triggered(home: Home) -> bool:
    return home.panel() is PanelState.TRIGGERED


def test_one_event_is_enough_where_a_camera_has_such_a_rule() -> None:
    home = armed(door=ONE)
    home.see(clip(home.now, camera="hall"))
    assert not triggered(home)
    home.see(clip(home.now, camera="door"))
    assert triggered(home)
    assert home.incident.rule_text == "1 in 120 s at Door"
    assert home.incident.events[0].camera_id == "door"


def test_a_camera_with_its_own_rule_is_not_in_the_pool() -> None:
    home = armed(door=CameraRule(TriggerRule(3)))
    home.see(clip(home.now, camera="hall"), clip(home.now, camera="door"))
    assert not triggered(home)
    home.see(clip(home.now, 1, camera="door"))
    assert not triggered(home)
    home.see(clip(home.now, 2, camera="door"))
    assert triggered(home)


def test_a_burst_must_hold_events_of_as_many_cameras_as_chosen() -> None:
    home = armed(distinct=2)
    home.see(*(clip(home.now, n, camera="hall") for n in range(5)))
    assert not triggered(home)
    home.see(clip(home.now, camera="yard"))
    assert triggered(home)
    assert home.incident.rule_text == "2 in 120 s from 2 cameras"


def test_a_camera_with_its_own_rule_is_one_more_for_the_others() -> None:
    home = armed(distinct=2, door=CameraRule(TriggerRule(5)))
    home.see(clip(home.now, 1, camera="hall"), clip(home.now, 2, camera="hall"))
    assert not triggered(home)
    home.see(clip(home.now, camera="door"))
    assert triggered(home)


def test_a_burst_that_had_enough_cameras_before_is_of_the_past() -> None:
    home = armed(distinct=2, door=CameraRule(TriggerRule(9)))
    home.set_rule(TriggerRule(5))
    home.see(*(clip(home.now, n, camera=camera) for n, camera in enumerate(("hall", "yard"))))
    home.set_rule(TriggerRule(2))
    home.see(clip(home.now, camera="door"))
    assert not triggered(home)


def test_a_camera_that_counts_no_more_counts_in_no_burst_of_what_it_saw_before() -> None:
    home = armed()
    home.see(clip(home.now, camera="tree"))
    home.do(SetCameraRule(home.actor(), "tree", NEVER))
    home.see(clip(home.now, camera="hall"))
    assert not triggered(home)
    home.see(clip(home.now, camera="yard"))
    assert triggered(home)


def test_a_camera_that_never_counts_raises_nothing_and_is_recorded() -> None:
    home = armed(tree=NEVER)
    home.see(*(clip(home.now, n, camera="tree") for n in range(5)))
    assert not triggered(home)
    assert {row.data["counted"] for row in home.rows if row.kind == "event"} == {False}


def test_a_camera_that_never_counts_is_shown_in_what_is_open() -> None:
    home = armed(tree=NEVER)
    home.burglary()
    home.effects.clear()
    home.see(clip(home.now, camera="tree"))
    assert home.incident.event_count == 2
    assert [e.camera_id for e in home.incident.counted] == ["hall", "hall"]
    shown = [d.body.event_key for d in of_kind(home.effects, MediaBody)]  # type: ignore[union-attr]
    assert shown
    assert set(shown) == {clip(home.now, camera="tree").key}
    home.effects.clear()
    home.see(clip(home.now + SECOND, camera="tree"))
    assert of_kind(home.effects, MediaBody) == []


def test_a_camera_that_never_counts_neither_rings_anew_nor_keeps_an_alarm_open() -> None:
    home = armed(tree=NEVER)
    home.burglary()
    home.acknowledge()
    for _ in range(31):
        home.wait(MINUTE)
        home.see(clip(home.now, 1, camera="tree"), clip(home.now, 2, camera="tree"))
    assert home.incident.waves == 1
    assert home.open_incidents == []


def test_after_an_acknowledgement_one_event_at_the_door_rings_again() -> None:
    home = armed(door=ONE)
    home.burglary()
    home.acknowledge()
    home.wait(MINUTE)
    home.see(clip(home.now, camera="door"))
    assert home.incident.waves == 2


def test_a_rule_of_a_camera_is_set_told_and_taken_back() -> None:
    home = armed()
    decision = home.do(SetCameraRule(home.actor(), "door", ONE))
    assert home.state.settings.cameras == {"door": ONE}
    assert set(said(decision.effects)) == {Notice.CAMERA_RULE}
    home.do(SetCameraRule(home.actor(), "door", None))
    assert home.state.settings.cameras == {}
    decision = home.do(SetCameraRule(home.actor(), "gone", ONE))
    assert said(decision.effects) == [Notice.CAMERA_GONE]


def test_a_new_rule_never_rings_for_the_past() -> None:
    home = armed(distinct=2)
    home.see(*(clip(home.now, n, camera="hall") for n in range(3)))
    away = replace(home.state.settings.mode(Mode.AWAY), distinct=1, rule=TriggerRule(9))
    home.state = replace(home.state, settings=home.state.settings.with_mode(Mode.AWAY, away))
    home.do(SetCameraRule(home.actor(), "door", CameraRule(TriggerRule(5))))
    home.set_rule(TriggerRule(2))
    # It is of its own rule, and what the others saw had been enough before it.
    home.see(clip(home.now, camera="door"))
    assert not triggered(home)


# -- against the definition ------------------------------------------------------------------------


def trips(events: Sequence[CountedEvent], new: CountedEvent, rules: Rules) -> bool:
    """Say by trying every span of the rule of each kind whether the new event trips it."""
    camera = new.event.camera_id
    if camera in rules.cameras and rules.cameras[camera].rule is None:
        return False
    fit = [c for c in events if c.armed_at == new.armed_at and not rules.never(c.event.camera_id)]

    def spans(lookback: timedelta) -> list[list[CountedEvent]]:
        starts = {c.event.created_at for c in fit}
        return [
            [c for c in fit if start <= c.event.created_at <= start + lookback]
            for start in starts
            if start <= new.event.created_at <= start + lookback
        ]

    own = rules.own(camera)
    if own is not None and any(
        sum(c.event.camera_id == camera for c in span) >= own.threshold
        for span in spans(own.lookback)
    ):
        return True
    for span in spans(rules.pool.lookback):
        pooled = [c for c in span if c.event.camera_id not in rules.cameras]
        seen = {c.event.camera_id for c in span}
        before = {c.event.camera_id for c in span if c != new}
        needed = own is None or len(before) < rules.distinct
        if len(pooled) >= rules.pool.threshold and len(seen) >= rules.distinct and needed:
            return True
    return False


rules = st.builds(
    TriggerRule, st.integers(1, 4), st.sampled_from([seconds(10), seconds(60), seconds(300)])
)
all_rules = st.builds(
    Rules,
    rules,
    st.integers(1, 3),
    st.dictionaries(st.sampled_from(NAMES), st.builds(CameraRule, st.none() | rules), max_size=3),
)


@how(max_examples=300, deadline=None, database=None)
@given(
    found=st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(NAMES), st.sampled_from([0, 0, 0, 1])),
        min_size=1,
        max_size=20,
    ),
    rules=all_rules,
)
def test_a_burst_is_found_exactly_where_the_definition_finds_one(
    found: list[tuple[int, str, int]], rules: Rules
) -> None:
    events = [
        CountedEvent(clip(NOON + seconds(at), n, camera=camera), NOON - seconds(period))
        for n, (at, camera, period) in enumerate(found)
    ]
    new = events[-1]
    tripped = tripping(events, new, rules)
    assert (tripped is not None) is trips(events, new, rules)
    if tripped is not None:
        assert new in tripped.burst
        assert not any(rules.never(event.camera_id) for event in tripped.events)
        times = [event.created_at for event in tripped.events]
        assert times == sorted(times)


def opened(events: Sequence[CountedEvent], rules: Rules) -> datetime | None:
    """Return when the first of events that come one by one trips a rule."""
    for number, event in enumerate(events, start=1):
        if trips(events[:number], event, rules):
            return event.event.created_at
    return None


@how(max_examples=150, deadline=None, database=None)
@given(
    found=st.lists(st.tuples(st.integers(0, 600), st.sampled_from(NAMES)), min_size=1, max_size=15),
    rules=all_rules,
)
def test_the_alarm_rings_exactly_where_the_definition_says(
    found: list[tuple[int, str]], rules: Rules
) -> None:
    home = armed(distinct=rules.distinct, **rules.cameras)
    home.set_rule(rules.pool)
    since = home.now
    events = [clip(since + seconds(at), n, camera=c) for n, (at, c) in enumerate(found)]
    for event in events:
        home.do(EventsListed((event,)))
    counted = [CountedEvent(event, since) for event in events if not rules.never(event.camera_id)]
    assert triggered(home) is (opened(counted, rules) is not None)


@how(max_examples=150, deadline=None, database=None)
@example(
    after=[(1, "yard"), (1, "hall")],
    rules=Rules(TriggerRule(1, seconds(10)), 2, {"hall": CameraRule(TriggerRule(2, seconds(10)))}),
)
@given(
    after=st.lists(st.tuples(st.integers(1, 280), st.sampled_from(NAMES)), min_size=1, max_size=8),
    rules=all_rules,
)
def test_ringing_again_asks_the_same_rules(after: list[tuple[int, str]], rules: Rules) -> None:
    later = [clip(NOON + seconds(at), n, camera=c) for n, (at, c) in enumerate(after)]
    uncounted = frozenset(e.key for e in later if rules.never(e.camera_id))
    # Without a camera known before, every burst after the acknowledgement holds another one.
    incident = replace(
        Home().arm_now().burglary(),
        acknowledged_at=NOON,
        cameras=frozenset(),
        events=tuple(later),
        uncounted=uncounted,
    )
    counted = [CountedEvent(e, NOON) for e in later if e.key not in uncounted]
    new = CountedEvent(later[-1], NOON)
    assert rings_again(incident, later[-1], rules) is trips(counted, new, rules)


@pytest.mark.parametrize("distinct", [1, 2, 3])
def test_a_camera_alone_trips_only_where_one_camera_is_enough(distinct: int) -> None:
    events = [CountedEvent(clip(NOON + seconds(n), n), NOON) for n in range(9)]
    tripped = tripping(events, events[-1], Rules(TriggerRule(2), distinct))
    assert (tripped is not None) is (distinct == 1)
