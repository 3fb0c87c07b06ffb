"""The entry delay: told at once, only ever shorter, then an incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import SetOption
from alarm.core.deliveries import AlertBody
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState, Settings, TriggerRule
from tests.core.home import (
    ANN,
    HOUR,
    HOUSE,
    MINUTE,
    SECOND,
    Home,
    alerts,
    clip,
    household,
    of_kind,
    said,
    seconds,
    sentences,
    settings,
)

DELAY = seconds(30)


def home_with(entry_delay: timedelta = DELAY, lookback: timedelta = 2 * MINUTE) -> Home:
    chosen = settings(entry_delay=entry_delay, lookback=lookback)
    return Home(replace(household(), settings=chosen)).arm_now()


def trip(home: Home, camera: str = "hall") -> None:
    home.see(clip(home.now, 1, camera=camera), clip(home.now, 2, camera=camera))


def test_a_burst_makes_the_panel_pending_and_tells_cause_and_seconds() -> None:
    home = home_with()
    home.effects.clear()
    trip(home)
    assert home.panel() is PanelState.PENDING
    assert home.area.deadline == home.now + DELAY
    (words,) = sentences(home.effects, ANN)
    assert words.notice is Notice.ENTRY_DELAY
    assert words.args == {
        "area": "House",
        "network": HOUSE,
        "cameras": "Hall",
        "seconds": 30,
    }
    assert alerts(home.effects) == []


def test_it_ends_in_an_incident_and_not_a_second_before() -> None:
    home = home_with()
    trip(home)
    home.wait(29 * SECOND)
    assert home.panel() is PanelState.PENDING
    home.wait(SECOND)
    assert home.panel() is PanelState.TRIGGERED
    assert home.incident.event_count == 2


def test_the_delay_does_not_make_an_alert_late() -> None:
    home = home_with(240 * SECOND)
    trip(home)
    home.wait(240 * SECOND)
    assert home.incident.late == timedelta(0)
    assert not home.incident.is_late


def test_disarming_in_it_ends_the_matter() -> None:
    home = home_with()
    trip(home)
    home.wait(29 * SECOND)
    home.disarm()
    home.live(MINUTE)
    assert home.state.incidents == {}
    assert home.panel() is PanelState.DISARMED


def test_disarming_in_it_takes_back_a_warning_that_did_not_leave() -> None:
    home = home_with()
    trip(home)
    home.disarm()
    assert Notice.ENTRY_DELAY not in said(home.waiting())


def test_clips_of_the_way_in_that_are_listed_after_disarming_are_no_news() -> None:
    home = home_with()
    trip(home)
    at = home.now
    home.wait(20 * SECOND)
    home.disarm()
    home.effects.clear()
    home.now += 30 * SECOND
    home.see(clip(at + 5 * SECOND, 3), clip(at + 10 * SECOND, 4), clip(at + 15 * SECOND, 5))
    assert home.effects == []


def test_a_second_burst_never_makes_it_longer() -> None:
    home = home_with()
    trip(home)
    deadline = home.area.deadline
    home.wait(10 * SECOND)
    trip(home, "yard")
    assert home.area.deadline == deadline


def test_a_second_burst_under_a_shorter_delay_makes_it_shorter() -> None:
    home = home_with()
    trip(home)
    away = replace(home.state.settings.modes[Mode.AWAY], entry_delay=5 * SECOND)
    home.state = replace(home.state, settings=Settings({Mode.AWAY: away}))
    home.wait(10 * SECOND)
    trip(home, "yard")
    assert home.area.deadline == home.now + 5 * SECOND


def test_what_comes_in_it_belongs_to_the_incident_and_older_events_do_not() -> None:
    home = home_with()
    home.see(clip(home.now, camera="shed"))
    home.wait(HOUR)
    trip(home)
    home.wait(10 * SECOND)
    home.see(clip(home.now, camera="yard"))
    home.wait(20 * SECOND)
    assert [e.camera_id for e in home.incident.events] == ["hall", "hall", "yard"]
    assert home.area.unspent == ()
    assert home.area.entry is None


def test_what_clips_normally_take_to_be_listed_does_not_shorten_it() -> None:
    home = home_with()
    at = home.now
    home.now += 90 * SECOND
    home.see(clip(at, 1), clip(at, 2))
    assert home.area.deadline == home.now + DELAY


def test_what_they_take_beyond_that_does() -> None:
    home = home_with()
    at = home.now
    home.now += 100 * SECOND
    home.see(clip(at, 1), clip(at, 2))
    assert home.area.deadline == home.now + 20 * SECOND


@pytest.mark.parametrize("late", [120 * SECOND, 3 * HOUR])
def test_a_burst_that_is_too_late_for_it_rings_at_once(late: timedelta) -> None:
    home = home_with()
    at = home.now
    home.now += late
    home.see(clip(at, 1), clip(at, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_a_late_burst_in_it_rings_at_once() -> None:
    home = home_with(lookback=10 * SECOND)
    at = home.now
    home.wait(HOUR)
    trip(home)
    assert home.panel() is PanelState.PENDING
    home.see(clip(at, 8), clip(at, 9))
    assert home.panel() is PanelState.TRIGGERED
    home.wait(MINUTE)
    assert len(home.state.incidents) == 1


def test_it_opens_even_if_the_clock_forgot_its_events() -> None:
    home = home_with()
    trip(home)
    home.state = replace(home.state, areas={HOUSE: replace(home.area, unspent=())})
    home.wait(DELAY)
    assert home.incident.event_count == 2


def test_an_overdue_delay_fires_once_after_an_outage() -> None:
    home = home_with()
    trip(home)
    home.wait(2 * HOUR)
    home.wait(SECOND)
    assert len(home.state.incidents) == 1
    assert len(of_kind(home.effects, AlertBody)) == 2


def test_a_warning_is_not_sent_once_the_incident_is_open() -> None:
    home = home_with()
    trip(home)
    warnings = [d for d in home.waiting() if said([d]) == [Notice.ENTRY_DELAY]]
    home.wait(DELAY)
    for warning in warnings:
        home.claim(warning)
    assert [d.id for d in warnings if d.id in home.state.outbox] == []


def test_a_changed_rule_does_not_stop_it() -> None:
    home = home_with()
    trip(home)
    home.do(SetOption(home.actor(), "away-threshold", "9"))
    home.wait(DELAY)
    assert home.panel() is PanelState.TRIGGERED


@pytest.mark.parametrize(
    ("entry", "abort", "shortened"),
    [(0, 300, 300), (30, 30, 30), (31, 30, 29), (45, 30, 15), (60, 30, 0), (240, 30, 0)],
)
def test_entry_delay_and_abort_window_together_leave_a_minute(
    entry: int, abort: int, shortened: int
) -> None:
    chosen = settings(entry_delay=seconds(entry))
    chosen = replace(chosen, plan=replace(chosen.plan, abort_window=seconds(abort)))
    assert chosen.abort_window(Mode.AWAY) == seconds(shortened)


def test_the_first_call_comes_a_minute_after_the_entry_delay_began() -> None:
    home = home_with(45 * SECOND)
    trip(home)
    home.wait(45 * SECOND)
    home.deliver_chat()
    home.wait(14 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert len(home.called()) == 1


def test_the_alarm_notes_the_rule_that_began_the_delay() -> None:
    home = home_with()
    trip(home)
    home.set_rule(TriggerRule(5, MINUTE))
    home.wait(DELAY)
    assert home.incident.rule_text == "2 in 120 s"


def test_another_clip_of_the_very_second_in_which_it_began_belongs_to_the_alarm() -> None:
    home = home_with()
    trip(home)
    third = clip(home.now, 3)
    home.wait(5 * SECOND)
    home.see(third)
    home.wait(DELAY - 5 * SECOND)
    assert third in home.incident.events


def test_disarming_in_it_leaves_nothing_of_it() -> None:
    home = home_with()
    trip(home)
    home.disarm()
    assert (home.area.entry, home.area.deadline, home.area.unspent) == (None, None, ())


def test_disarming_in_the_exit_delay_leaves_nothing_of_that() -> None:
    home = Home(replace(household(), settings=settings()))
    home.arm()
    home.disarm()
    assert home.area.deadline is None
    home.wait(2 * MINUTE)
    assert home.panel() is PanelState.DISARMED
