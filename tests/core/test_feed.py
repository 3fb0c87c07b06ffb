"""Which clips count: by their own time, their source, and whether they are news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alarm.core.deliveries import BlinkArmBody
from alarm.core.feed import listing_start
from alarm.core.inputs import Arm, DevicesSeen, EventsListed, ListingFinished
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import ArmedSpan, Feed
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
    sentences,
)

DAY = timedelta(days=1)


def armed(hours: float = 0) -> Home:
    """Return a home armed at 12:01 and watched for so many hours since, without a gap."""
    home = Home().arm_now()
    home.list_all()
    for _ in range(round(hours * 4)):
        home.now += 15 * MINUTE
        home.list_all()
    return home


def counts(home: Home) -> list[bool]:
    """Tell which of the events noted so far counted."""
    return [row.data["counted"] is True for row in home.rows if row.kind == "event"]


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


# -- the doorbell ----------------------------------------------------------------------------------


def test_a_doorbell_press_is_told() -> None:
    home = armed()
    decision = home.see(clip(home.now, source="button_press", camera="door"))
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.DOORBELL
    assert words.args == {"camera": "Door", "at": home.now.isoformat()}


def test_a_doorbell_press_while_disarmed_is_not_told() -> None:
    home = Home()
    decision = home.see(clip(home.now, source="button_press"))
    assert decision.effects == ()


def test_a_doorbell_press_before_a_person_disarmed_is_not_told_afterwards() -> None:
    home = armed()
    at = home.now
    home.now += MINUTE
    home.disarm()
    assert home.see(clip(at, source="button_press")).effects == ()


def test_a_doorbell_pressed_often_while_telegram_is_down_is_told_once() -> None:
    home = armed()
    for n in range(5):
        home.see(clip(home.now, n, source="button_press", camera="door"))
    waiting = said(home.waiting(), ANN)
    assert waiting.count(Notice.DOORBELL) == 1


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
    assert listing_start(Feed(), NOON) == NOON - 10 * MINUTE
    assert listing_start(Feed(NOON - HOUR), NOON) == NOON - 70 * MINUTE


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


def test_doorbells_of_two_cameras_are_two_pieces_of_news() -> None:
    home = armed()
    home.see(clip(home.now, source="button_press", camera="door"))
    home.see(clip(home.now, source="button_press", camera="gate"))
    assert said(home.waiting(), ANN).count(Notice.DOORBELL) == 2


@pytest.mark.parametrize(("age", "kept"), [(7 * DAY - SECOND, 2), (7 * DAY, 1)])
def test_armed_periods_are_remembered_for_seven_days(age: timedelta, kept: int) -> None:
    home = armed()
    home.disarm()
    home.now += age - MINUTE
    home.arm_now()
    assert len(home.area.spans) == kept
