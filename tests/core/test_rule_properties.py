"""The trigger rule against its definition, on random sets of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.commands import Disarm
from alarm.core.events import IGNORED_SOURCES, MotionEvent
from alarm.core.inputs import EventsListed
from alarm.core.notices import Notice
from alarm.core.rule import Rules, rings_again, tripping
from alarm.core.settings import PanelState, TriggerRule
from alarm.core.state import CountedEvent
from tests.core.home import (
    ANN,
    HOUR,
    NOON,
    Home,
    alerts,
    clip,
    household,
    said,
    seconds,
)
from tests.core.home import settings as chosen

CHECKED = settings(max_examples=150, deadline=None, database=None)
SLOWER = settings(max_examples=80, deadline=None, database=None)

RULES = st.builds(
    TriggerRule,
    st.integers(1, 6),
    st.sampled_from([seconds(10), seconds(60), seconds(120), seconds(600)]),
)


def trips(times: Sequence[datetime], new: datetime, rule: TriggerRule) -> bool:
    """Say by trying every span whether enough events lie within one that holds the new one."""
    return any(
        sum(start <= at <= start + rule.lookback for at in times) >= rule.threshold
        for start in times
        if start <= new <= start + rule.lookback
    )


# -- the rule alone --------------------------------------------------------------------------------


@CHECKED
@given(
    offsets=st.lists(st.integers(0, 400), min_size=1, max_size=30),
    periods=st.lists(st.sampled_from([0, 1]), min_size=30, max_size=30),
    rule=RULES,
)
def test_a_burst_is_found_exactly_where_the_definition_finds_one(
    offsets: list[int], periods: list[int], rule: TriggerRule
) -> None:
    events = [
        CountedEvent(clip(NOON + seconds(at), n), NOON - seconds(periods[n]))
        for n, at in enumerate(offsets)
    ]
    new = events[-1]
    same = [c.event.created_at for c in events if c.armed_at == new.armed_at]
    tripped = tripping(events, new, Rules(rule))
    burst = tripped.burst if tripped else ()
    assert bool(burst) is trips(same, new.event.created_at, rule)
    if burst:
        times = [c.event.created_at for c in burst]
        assert new in burst
        assert times == sorted(times)
        assert times[-1] - times[0] <= rule.lookback
        assert {c.armed_at for c in burst} == {new.armed_at}
        largest = max(
            sum(start <= at <= start + rule.lookback for at in same)
            for start in same
            if start <= new.event.created_at <= start + rule.lookback
        )
        assert len(burst) == largest


# -- the rule as the alarm applies it --------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A clip so many seconds after arming, and in which order it comes on the list."""

    offset: int
    camera: str
    source: str
    deleted: bool
    order: int

    def clip(self, number: int, armed_at: datetime) -> MotionEvent:
        return clip(
            armed_at + seconds(self.offset),
            number,
            camera=self.camera,
            source=self.source,
            deleted=self.deleted,
        )


LISTED = st.builds(
    Listed,
    offset=st.integers(-120, 600),
    camera=st.sampled_from(["hall", "yard", "shed"]),
    source=st.sampled_from(["pir", "pir", "pir", "cv_motion", "liveview", "button_press", "new"]),
    deleted=st.sampled_from([False, False, False, True]),
    order=st.integers(0, 100),
)
LISTS = st.lists(LISTED, max_size=25)
REPEATS = st.lists(st.integers(0, 24), max_size=10)


def as_listed(found: list[Listed], repeats: list[int], armed_at: datetime) -> list[MotionEvent]:
    """Return the clips in the order of the list, some of them twice."""
    clips = [one.clip(n, armed_at) for n, one in enumerate(found)]
    order = sorted(range(len(found)), key=lambda n: found[n].order)
    again = [n for n in repeats if n < len(found)]
    return [clips[n] for n in [*order, *again]]


def pages(events: list[MotionEvent], size: int) -> Iterable[tuple[MotionEvent, ...]]:
    return (tuple(events[n : n + size]) for n in range(0, len(events), size))


def counted(event: MotionEvent, since: datetime, until: datetime | None) -> bool:
    inside = since <= event.created_at and (until is None or event.created_at <= until)
    plain = event.source not in {*IGNORED_SOURCES, "button_press"}
    return inside and plain and not event.deleted


@dataclass
class Expectation:
    """What the definition says of clips that come one by one."""

    since: datetime
    until: datetime | None
    rule: TriggerRule

    def first_trip(self, events: Iterable[MotionEvent]) -> int | None:
        """Return how many different counted clips had come when the rule first tripped."""
        known: set[str] = set()
        times: list[datetime] = []
        for event in events:
            if event.key in known:
                continue
            known.add(event.key)
            if counted(event, self.since, self.until):
                times.append(event.created_at)
                if trips(times, event.created_at, self.rule):
                    return len(times)
        return None


@SLOWER
@given(
    found=LISTS, repeats=REPEATS, rule=RULES, size=st.integers(1, 5), late=st.integers(600, 7200)
)
def test_the_alarm_rings_exactly_where_the_definition_says(
    found: list[Listed], repeats: list[int], rule: TriggerRule, size: int, late: int
) -> None:
    home = Home(replace(household(), settings=chosen(threshold=rule.threshold)))
    home.set_rule(rule)
    armed_at = home.arm_now().now
    home.now += seconds(late)
    listed = as_listed(found, repeats, armed_at)
    # Within a page the alarm takes events in the order of their times.
    in_order = [
        event
        for page in pages(listed, size)
        for event in sorted(page, key=lambda e: (e.created_at, e.key))
    ]
    expected = Expectation(armed_at, None, rule).first_trip(in_order)
    for page in pages(listed, size):
        home.do(EventsListed(page))
    assert (home.panel() is PanelState.TRIGGERED) is (expected is not None)
    assert len(home.state.incidents) == (expected is not None)
    if expected is not None:
        once = {e.key: e for e in listed}.values()
        later = sum(counted(e, armed_at, None) for e in once) - expected
        opened_with = home.incident.event_count - later
        assert rule.threshold <= opened_with <= expected


@SLOWER
@given(found=LISTS, repeats=REPEATS, rule=RULES, size=st.integers(1, 5))
def test_what_is_listed_after_a_person_disarmed_is_told_and_never_rings(
    found: list[Listed], repeats: list[int], rule: TriggerRule, size: int
) -> None:
    home = Home(replace(household(), settings=chosen()))
    home.set_rule(rule)
    armed_at = home.arm_now().now
    home.now += seconds(300)
    until = home.now
    home.do(Disarm(home.actor()))
    home.effects.clear()
    home.now += HOUR
    listed = as_listed(found, repeats, armed_at)
    in_order = [
        event
        for page in pages(listed, size)
        for event in sorted(page, key=lambda e: (e.created_at, e.key))
    ]
    expected = Expectation(armed_at, until, rule).first_trip(in_order)
    for page in pages(listed, size):
        home.do(EventsListed(page))
    assert home.panel() is PanelState.DISARMED
    assert home.state.incidents == {}
    assert alerts(home.effects) == []
    assert (Notice.MISSED_BURST in said(home.waiting(), ANN)) is (expected is not None)


@SLOWER
@given(found=LISTS, repeats=REPEATS, size=st.integers(1, 30))
def test_deciding_twice_on_the_same_events_changes_nothing(
    found: list[Listed], repeats: list[int], size: int
) -> None:
    home = Home().arm_now()
    armed_at = home.now
    home.now += seconds(600)
    for page in pages(as_listed(found, repeats, armed_at), size):
        home.do(EventsListed(page))
        before = home.state
        decision = home.do(EventsListed(page))
        assert decision.state is before
        assert (decision.effects, decision.rows) == ((), ())


# -- ringing again ---------------------------------------------------------------------------------


@CHECKED
@given(
    before=st.lists(st.integers(-300, 0), min_size=2, max_size=5),
    after=st.lists(st.integers(1, 1500), min_size=1, max_size=12),
    others=st.lists(st.booleans(), min_size=12, max_size=12),
    rule=RULES,
)
def test_a_new_wave_needs_a_burst_after_the_acknowledgement_and_quiet_or_another_camera(
    before: list[int], after: list[int], others: list[bool], rule: TriggerRule
) -> None:
    home = Home().arm_now()
    incident = replace(
        home.burglary(),
        acknowledged_at=NOON,
        cameras=frozenset({"hall"}),
        events=tuple(clip(NOON + seconds(at), 100 + n) for n, at in enumerate(before)),
    )
    later = [
        clip(NOON + seconds(at), n, camera="yard" if others[n] else "hall")
        for n, at in enumerate(after)
    ]
    new = later[-1]
    incident = replace(incident, events=(*incident.events, *later))
    spans = [
        [e for e in later if start <= e.created_at <= start + rule.lookback]
        for start in sorted({e.created_at for e in later})
        if start <= new.created_at <= start + rule.lookback
    ]
    tripping = [span for span in spans if len(span) >= rule.threshold]
    elsewhere = any(e.camera_id == "yard" for span in tripping for e in span)
    ordered = sorted([NOON, *(e.created_at for e in later)])
    gaps = [b for a, b in pairwise(ordered) if b - a >= timedelta(minutes=5)]
    quiet = bool(gaps) and any(
        len([e for e in span if e.created_at >= gaps[0]]) >= rule.threshold
        for span in spans
        if new.created_at >= gaps[0]
    )
    assert rings_again(incident, new, Rules(rule)) is (elsewhere or quiet)
