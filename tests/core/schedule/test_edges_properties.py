"""Wanted modes and edges against the minute-by-minute definition, where clocks change."""

from __future__ import annotations

from collections.abc import Sequence
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
AREAS = ("51001", "51002", "51003")
GONE = "51009"
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


def windows_of(number: int) -> st.SearchStrategy[Window]:
    """Draw single windows with this number, of all areas or of one."""
    return st.builds(
        Window,
        DAYS,
        TIMES,
        TIMES,
        st.sampled_from(Mode),
        st.just(number),
        area=st.sampled_from(["", *AREAS[:2]]),
    )


@st.composite
def weeks(draw: st.DrawFn, areas: Sequence[str] = ()) -> Schedule:
    """Draw a schedule of all areas and these; a window that clashes with one before is left out."""
    kept: tuple[Window, ...] = ()
    for number in range(draw(st.integers(0, 6))):
        window = Window(
            draw(DAYS),
            draw(TIMES),
            draw(TIMES),
            draw(st.sampled_from(Mode)),
            number,
            paused=draw(st.integers(0, 5)) == 0,
            area=draw(st.sampled_from(["", *areas])),
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


@settings(CHECKED, max_examples=50)
@given(
    schedule=st.integers(1, 3).flatmap(lambda number: weeks([*AREAS[:number], GONE])),
    night=nights(),
    area=st.sampled_from(AREAS),
)
def test_an_area_is_wanted_as_its_own_windows_define_minute_by_minute(
    schedule: Schedule, night: tuple[ZoneInfo, datetime], area: str
) -> None:
    zone, start = night
    own = schedule.of(area)
    defined = list(naive.minutes(schedule.windows, zone, start, 2 * DAY, area))
    assert [(at, wanted_at(own, zone, at)) for at, _ in defined] == defined
    changes = [Edge(at, mode) for (_, before), (at, mode) in pairwise(defined) if mode != before]
    assert list(edges(own, zone, start, defined[-1][0])) == changes


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
    first=windows_of(1),
    second=windows_of(2),
)
def test_two_windows_are_refused_exactly_when_a_minute_of_an_area_is_wanted_twice(
    first: Window, second: Window
) -> None:
    monday = datetime(2026, 3, 2)  # noqa: DTZ001 - a time on the wall has no zone
    walls = [monday + n * MINUTE for n in range(WEEK)]
    apart = first.area and second.area and first.area != second.area
    both = [w for w in walls if naive.covers(first, w) and naive.covers(second, w)]
    clash = clash_of((first, second))
    if first.mode is second.mode or apart or not both:
        assert clash is None
        return
    assert clash is not None
    length = (clash.end - clash.start) % WEEK or WEEK
    for minute in range(clash.start, clash.start + length):
        assert walls[minute % WEEK] in both
    with pytest.raises(BadInput):
        Schedule((first, second))
