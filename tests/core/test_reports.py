"""Bursts that are told in chat instead of rung: once, together, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from alarm.core.deliveries import CallBody, Lane
from alarm.core.events import MotionEvent
from alarm.core.inputs import ListingFinished
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import (
    ANN,
    HOUR,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    alerts,
    clip,
    of_kind,
    said,
    sentences,
)


def come_home(hours: float = 2) -> tuple[Home, datetime]:
    """Return a home just disarmed, and a moment at which it was still armed."""
    home = Home().arm_now()
    home.do(ListingFinished(home.now))
    at = home.now + MINUTE
    home.now += hours * HOUR
    home.disarm()
    home.deliver_chat()
    home.effects.clear()
    home.now += MINUTE
    return home, at


def walk(
    at: datetime, count: int = 2, *, camera: str = "hall", first: int = 0
) -> list[MotionEvent]:
    return [clip(at + n * SECOND, first + n, camera=camera) for n in range(count)]


def test_a_burst_listed_after_a_person_disarmed_is_one_message_and_no_call() -> None:
    home, at = come_home()
    home.see(*walk(at, 6))
    (words,) = sentences(home.waiting(), ANN)
    assert words.notice is Notice.MISSED_BURST
    assert words.args["area"] == "House"
    assert words.args["cameras"] == "Hall"
    assert home.panel() is PanelState.DISARMED
    home.live(2 * MINUTE)
    assert alerts(home.effects) == []
    assert of_kind(home.effects, CallBody) == []


def test_a_single_event_listed_then_is_no_message() -> None:
    home, at = come_home()
    assert home.see(clip(at)).effects == ()


def test_more_of_the_same_walk_adds_no_message() -> None:
    home, at = come_home()
    home.see(*walk(at))
    home.deliver_chat()
    home.effects.clear()
    home.see(*walk(at + 4 * MINUTE, 5, first=10))
    home.see(*walk(at + 8 * MINUTE, 5, first=20))
    assert home.effects == []


@pytest.mark.parametrize(("quiet", "messages"), [(300, 0), (301, 1)])
def test_another_burst_more_than_five_quiet_minutes_away_is_told(quiet: int, messages: int) -> None:
    home, at = come_home()
    home.see(*walk(at))
    home.deliver_chat()
    home.effects.clear()
    again = at + SECOND + quiet * SECOND
    home.see(clip(again, 10), clip(again, 11))
    assert len(said(home.effects, ANN)) == messages


def test_what_is_found_while_the_message_waits_is_told_in_it() -> None:
    home, at = come_home()
    home.see(*walk(at, camera="hall"))
    (first,) = [d for d in home.waiting() if d.target == str(ANN)]
    home.now += 5 * SECOND
    home.see(*walk(at + HOUR, camera="yard"))
    (merged,) = [d for d in home.waiting() if d.target == str(ANN)]
    assert merged.next_try == first.next_try
    (words,) = sentences([merged])
    assert words.args == {
        "area": "House",
        "network": HOUSE,
        "cameras": "Hall, Yard",
        "count": 4,
        "first": at.isoformat(),
        "at": (at + HOUR + SECOND).isoformat(),
    }


def test_a_report_waits_a_moment_for_more_and_goes_before_chatter() -> None:
    home, at = come_home()
    home.rows.clear()
    home.see(*walk(at))
    reports = [d for d in home.waiting() if said([d]) == [Notice.MISSED_BURST]]
    assert {(d.lane, d.next_try) for d in reports} == {(Lane.ALARM, home.now + 10 * SECOND)}
    journal = [row.data for row in home.rows if row.kind == "journal"]
    assert journal == [{"what": Notice.MISSED_BURST.value, "area": "House", "count": 2}]


@pytest.mark.parametrize(("quiet", "messages"), [(300, 0), (301, 1)])
def test_a_burst_before_the_reported_one_is_told_like_one_after_it(
    quiet: int, messages: int
) -> None:
    home, at = come_home()
    at += HOUR
    home.see(*walk(at))
    home.deliver_chat()
    home.effects.clear()
    before = at - quiet * SECOND
    home.see(clip(before, 10), clip(before, 11))
    assert len(said(home.effects, ANN)) == messages


def test_a_stretch_grows_in_both_directions() -> None:
    home, at = come_home()
    at += HOUR
    home.see(*walk(at))
    home.see(clip(at - 4 * MINUTE, 10), clip(at + 4 * MINUTE, 11))
    home.deliver_chat()
    home.effects.clear()
    home.see(*walk(at - 8 * MINUTE, first=20), *walk(at + 8 * MINUTE, first=30))
    assert home.effects == []


def test_reported_events_are_spent() -> None:
    home, at = come_home()
    home.see(*walk(at))
    assert home.area.unspent == ()


def test_a_flood_after_a_long_outage_comes_in_few_messages() -> None:
    home = Home().arm_now()
    home.do(ListingFinished(home.now))
    at = home.now
    home.now += 72 * HOUR
    for page in range(60):
        start = at + page * HOUR
        home.see(*(clip(start + n * 2 * MINUTE, n) for n in range(25)))
    assert said(home.waiting(), ANN) == [Notice.OLD_BURST]


def test_an_old_report_does_not_swallow_what_can_still_ring() -> None:
    home = Home().arm_now()
    home.do(ListingFinished(home.now))
    at = home.now
    home.now += 12 * HOUR + 2 * MINUTE
    home.see(*walk(at))
    assert said(home.waiting(), ANN)[-1] is Notice.OLD_BURST
    home.see(*walk(at + 3 * MINUTE, first=10))
    assert home.panel() is PanelState.TRIGGERED


def test_a_burst_listed_after_a_scheduled_disarm_rings() -> None:
    home, at = come_home()
    spans = tuple(replace(s, ended_by_person=False) for s in home.area.spans)
    home.state = replace(home.state, areas={HOUSE: replace(home.area, spans=spans)})
    home.see(*walk(at))
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm()
    assert home.panel() is PanelState.DISARMED


def test_a_person_who_disarmed_after_a_mode_switch_ended_the_whole_period() -> None:
    home, at = come_home()
    (span,) = home.area.spans
    middle = at + MINUTE
    spans = (replace(span, until=middle, ended_by_person=False), replace(span, since=middle))
    home.state = replace(home.state, areas={HOUSE: replace(home.area, spans=spans)})
    home.see(*walk(at))
    assert said(home.waiting(), ANN) == [Notice.MISSED_BURST]


def test_arming_again_does_not_make_the_period_before_ring() -> None:
    home, at = come_home()
    home.arm_now()
    home.see(*walk(at))
    assert home.panel() is PanelState.ARMED
    assert Notice.MISSED_BURST in said(home.waiting(), ANN)
