"""Which clips count, by their source and by whether they are news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alarm.core.feed import listing_start
from alarm.core.inputs import EventsListed, ListingFinished
from alarm.core.listing import (
    Feed,
)
from alarm.core.settings import PanelState
from alarm.core.state import (
    Clock,
)
from tests.core.home import (
    HOUR,
    HOUSE,
    MINUTE,
    NOON,
    SECOND,
    Home,
    clip,
    household,
)
from tests.core.watched import DAY, armed, counts

# -- source ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["liveview", "snapshot", "button_press"])
def test_a_clip_that_no_intruder_made_never_counts(source: str) -> None:
    home = armed()
    home.see(*(clip(home.now, n, source=source) for n in range(20)))
    assert home.panel() is PanelState.ARMED
    assert counts(home) == [False] * 20
    home.see(clip(home.now, 100))
    assert home.panel() is PanelState.ARMED


@pytest.mark.parametrize("source", ["pir", "cv_motion", "", "something Blink invents tomorrow"])
def test_a_clip_of_any_other_source_counts(source: str) -> None:
    home = armed()
    home.see(*(clip(home.now, n, source=source) for n in range(2)))
    assert home.panel() is PanelState.TRIGGERED


def test_a_clip_deleted_before_it_was_first_seen_does_not_count() -> None:
    home = armed()
    home.see(clip(home.now, 1, deleted=True), clip(home.now, 2))
    assert counts(home) == [False, True]
    assert home.panel() is PanelState.ARMED


def test_a_clip_deleted_after_it_was_seen_stays_counted() -> None:
    home = armed()
    seen = clip(home.now, 1)
    home.see(seen)
    home.see(replace(seen, deleted=True))
    home.see(clip(home.now, 2))
    assert home.panel() is PanelState.TRIGGERED


# -- memory ----------------------------------------------------------------------------------------


def test_a_clip_listed_twice_counts_once() -> None:
    home = armed()
    again = clip(home.now)
    home.see(again, again)
    home.see(again)
    home.now += SECOND
    home.list_all(again)
    assert home.panel() is PanelState.ARMED
    assert counts(home) == [True]


def test_an_id_is_remembered_for_seven_days() -> None:
    home = armed()
    event = clip(home.now)
    home.see(event)
    home.now += 7 * DAY - SECOND
    home.see(clip(home.now, camera="yard"))
    assert event.key in home.state.seen
    home.now += SECOND
    home.see(clip(home.now, camera="shed"))
    assert event.key not in home.state.seen


def test_a_forgotten_clip_that_is_watched_after_weeks_is_no_news_even_after_an_outage() -> None:
    home = armed()
    old = clip(home.now + MINUTE)
    home.now += 9 * DAY
    home.list_all()
    decision = home.see(old, replace(old, key="other"))
    assert counts(home) == [False, False]
    assert decision.effects == ()


@pytest.mark.parametrize(("age", "news"), [(HOUR, True), (HOUR + SECOND, False)])
def test_a_stray_older_than_the_last_listing_minus_an_hour_is_recorded_silently(
    age: timedelta, news: bool
) -> None:
    home = armed(hours=3)
    at = home.now - age
    home.now += 30 * SECOND
    decision = home.see(clip(at, 1), clip(at, 2))
    assert (home.panel() is PanelState.TRIGGERED) is news
    assert bool(decision.effects) is news
    assert counts(home) == [news, news]


def outage(home: Home, length: timedelta) -> tuple[datetime, datetime]:
    """Let the listings fail for so long; return from when to when."""
    begin = home.now
    home.now += length
    home.do(ListingFinished(home.now))
    return begin, home.now


def test_a_stray_counts_where_an_outage_lies_between() -> None:
    home = armed(hours=1)
    begin, _ = outage(home, 3 * HOUR)
    home.see(clip(begin + MINUTE, 1), clip(begin + MINUTE, 2))
    assert home.panel() is PanelState.TRIGGERED


@pytest.mark.parametrize(("gap", "news"), [(15 * MINUTE, False), (15 * MINUTE + SECOND, True)])
def test_only_a_gap_longer_than_the_slowest_poll_is_an_outage(gap: timedelta, news: bool) -> None:
    home = armed(hours=1)
    begin, _ = outage(home, gap)
    for _ in range(8):
        home.now += 15 * MINUTE
        home.list_all()
    home.see(clip(begin + MINUTE, 1), clip(begin + MINUTE, 2))
    assert (home.panel() is PanelState.TRIGGERED) is news


def test_a_stray_from_after_an_outage_is_as_silent_as_any() -> None:
    home = armed(hours=1)
    _, end = outage(home, HOUR)
    for _ in range(8):
        home.now += 15 * MINUTE
        home.list_all()
    home.see(clip(end + SECOND, 1), clip(end + SECOND, 2))
    assert home.panel() is PanelState.ARMED


def test_before_the_first_complete_listing_nothing_is_a_stray() -> None:
    home = Home().arm_now()
    at = home.now
    home.now += 2 * HOUR
    home.see(clip(at, 1), clip(at, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_an_outage_is_forgotten_with_the_ids() -> None:
    home = armed()
    _, end = outage(home, HOUR)
    assert [o.end for o in home.state.feed.outages] == [end]
    outage(home, 7 * DAY)
    assert [o.end for o in home.state.feed.outages] == [home.now]


def test_a_listing_begun_before_the_last_one_changes_nothing() -> None:
    home = armed(hours=1)
    before = home.state
    home.do(ListingFinished(home.now - MINUTE))
    assert home.state is before


def test_the_next_listing_begins_ten_minutes_before_the_last_complete_one() -> None:
    state = replace(armed(hours=2).state, feed=Feed(NOON - HOUR))
    assert listing_start(state, NOON) == NOON - 70 * MINUTE


def test_without_a_complete_listing_the_first_begins_ten_minutes_ago() -> None:
    assert listing_start(Home().state, NOON) == NOON - 10 * MINUTE


def test_without_a_complete_listing_the_first_reaches_back_to_the_first_arming() -> None:
    home = Home(state=replace(household(), clock=Clock(skew=-MINUTE))).arm_now()
    armed_at = home.area.spans[0].since
    home.wait(HOUR)
    home.disarm()
    home.wait(HOUR)
    home.arm_now()
    assert listing_start(home.state, home.now - MINUTE) == armed_at - 10 * MINUTE


# -- what is written down --------------------------------------------------------------------------


def test_every_clip_is_written_down_once_with_what_became_of_it() -> None:
    home = armed()
    event = clip(home.now, 5, camera="hall")
    home.rows.clear()
    home.see(event, clip(home.now, 6, source="liveview"))
    rows = [row for row in home.rows if row.kind == "event"]
    assert [row.data["counted"] for row in rows] == [True, False]
    assert rows[0].data == {
        "key": event.key,
        "camera": "Hall",
        "network": HOUSE,
        "created_at": home.now.isoformat(),
        "source": "pir",
        "counted": True,
        "clip": event.clip_path,
    }


def test_a_listing_is_noted_in_blinks_clock() -> None:
    home = Home()
    home.do(EventsListed((), 5 * MINUTE))
    home.do(ListingFinished(home.now))
    assert home.state.feed.listed_at == home.now + 5 * MINUTE
    before = home.state
    home.do(ListingFinished(home.now))
    assert home.state is before


@pytest.mark.parametrize("before_end", [SECOND, 0 * SECOND])
def test_a_clip_up_to_the_end_of_an_outage_is_news(before_end: timedelta) -> None:
    home = armed(hours=1)
    _, end = outage(home, HOUR)
    for _ in range(8):
        home.now += 15 * MINUTE
        home.list_all()
    home.see(clip(end - before_end, 1), clip(end - before_end, 2))
    assert home.panel() is PanelState.TRIGGERED


@pytest.mark.parametrize(("age", "counted"), [(7 * DAY, True), (7 * DAY + SECOND, False)])
def test_what_is_older_than_the_memory_of_ids_is_no_news(age: timedelta, counted: bool) -> None:
    home = armed()
    at = home.now + MINUTE
    home.now = at + age
    home.see(clip(at))
    assert counts(home) == [counted]


@pytest.mark.parametrize(("age", "kept"), [(7 * DAY - SECOND, 2), (7 * DAY, 1)])
def test_armed_periods_are_remembered_for_seven_days(age: timedelta, kept: int) -> None:
    home = armed()
    home.disarm()
    home.now += age - MINUTE
    home.arm_now()
    assert len(home.area.spans) == kept
