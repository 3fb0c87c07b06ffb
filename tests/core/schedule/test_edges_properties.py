"""Wanted modes and edges against the minute-by-minute definition, where clocks change."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from alarm.core.schedule.edges import Edge, edges, last_edge, next_edge, wanted_at
from alarm.core.schedule.windows import DAY, WEEK, Schedule, Window, clash_of
from alarm.core.settings import Mode
from tests.core.schedule import naive
from tests.core.schedule.naive import MINUTE

CHECKED = settings(max_examples=100, deadline=None, database=None)

# Every clock change lies at a full or a half hour: near it, and anywhere.
TIMES = st.one_of(
    st.sampled_from([0, 30, 60, 90, 119, 120, 121, 135, 150, 180, 210, 1380, 1410, 1439]),
    st.integers(0, DAY - 1),
)
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@st.composite
def weeks(draw: st.DrawFn) -> Schedule:
    """Draw a schedule; a window that clashes with those before it is left out."""
    kept: tuple[Window, ...] = ()
    for number in range(draw(st.integers(0, 6))):
        window = Window(
            draw(DAYS),
            draw(TIMES),
            draw(TIMES),
            draw(st.sampled_from(Mode)),
            number,
            paused=draw(st.integers(0, 5)) == 0,
        )
        if clash_of((*kept, window)) is None:
            kept = (*kept, window)
    return Schedule(kept)


@st.composite
def nights(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """Draw a zone and a moment up to two days before one of its clock changes."""
    name = draw(st.sampled_from(naive.ZONES))
    change = draw(st.sampled_from(naive.changes_of(name)))
    return ZoneInfo(name), change - draw(st.integers(0, 36 * 60)) * MINUTE


@CHECKED
@given(schedule=weeks(), night=nights())
def test_every_minute_and_every_edge_is_as_defined(
    schedule: Schedule, night: tuple[ZoneInfo, datetime]
) -> None:
    zone, start = night
    defined = list(naive.minutes(schedule.windows, zone, start, 2 * DAY))
    assert [(at, wanted_at(schedule, zone, at)) for at, _ in defined] == defined
    until = defined[-1][0]
    changes = [Edge(at, mode) for (_, before), (at, mode) in pairwise(defined) if mode != before]
    assert list(edges(schedule, zone, start, until)) == changes
    assert last_edge(schedule, zone, start, until) == (changes[-1] if changes else None)


@CHECKED
@given(schedule=weeks(), night=nights(), microseconds=st.integers(1, 59_999_999))
def test_within_a_minute_nothing_changes(
    schedule: Schedule, night: tuple[ZoneInfo, datetime], microseconds: int
) -> None:
    zone, start = night
    moment = start + timedelta(microseconds=microseconds)
    assert wanted_at(schedule, zone, moment) == wanted_at(schedule, zone, start)
    assert next_edge(schedule, zone, moment) == next_edge(schedule, zone, start)


@CHECKED
@given(schedule=weeks(), night=nights())
def test_an_edge_is_the_first_instant_at_which_something_else_is_wanted(
    schedule: Schedule, night: tuple[ZoneInfo, datetime]
) -> None:
    zone, start = night
    edge = next_edge(schedule, zone, start)
    before = wanted_at(schedule, zone, start)
    if edge is None:
        assert len({wanted_at(schedule, zone, start + n * 7 * MINUTE) for n in range(WEEK)}) == 1
    else:
        assert edge.at > start
        assert edge.mode == wanted_at(schedule, zone, edge.at) != before
        assert wanted_at(schedule, zone, edge.at - timedelta(microseconds=1)) == before


@CHECKED
@given(
    first=st.builds(Window, DAYS, TIMES, TIMES, st.sampled_from(Mode), st.just(1)),
    second=st.builds(Window, DAYS, TIMES, TIMES, st.sampled_from(Mode), st.just(2)),
)
def test_two_windows_are_refused_exactly_when_a_minute_of_the_week_is_wanted_twice(
    first: Window, second: Window
) -> None:
    monday = datetime(2026, 3, 2)  # noqa: DTZ001 - a time on the wall has no zone
    walls = [monday + n * MINUTE for n in range(WEEK)]
    both = [w for w in walls if naive.covers(first, w) and naive.covers(second, w)]
    clash = clash_of((first, second))
    if first.mode is second.mode or not both:
        assert clash is None
        return
    assert clash is not None
    length = (clash.end - clash.start) % WEEK or WEEK
    for minute in range(clash.start, clash.start + length):
        assert walls[minute % WEEK] in both
    with pytest.raises(BadInput):
        Schedule((first, second))
