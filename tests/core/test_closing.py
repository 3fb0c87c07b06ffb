"""How incidents end, and what comes after their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import AlertBody, MediaBody
from alarm.core.incident import IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.alarmed import acknowledged, alarmed, burst
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    alerts,
    clip,
    of_kind,
    said,
)

# -- false alarm -----------------------------------------------------------------------------------


def test_a_false_alarm_closes_with_that_verdict_and_the_panel_stays_armed() -> None:
    home = alarmed()
    decision = home.false_alarm()
    assert home.status() is IncidentStatus.CLOSED
    assert home.incident.verdict is Verdict.FALSE_ALARM
    assert home.panel() is PanelState.ARMED
    assert said(decision.effects, ANN) == [Notice.FALSE_ALARM]
    assert said(decision.effects, BEN) == [Notice.FALSE_ALARM]


def test_a_false_alarm_of_an_acknowledged_incident_is_taken() -> None:
    home = acknowledged()
    home.false_alarm()
    assert home.incident.verdict is Verdict.FALSE_ALARM


def test_events_created_up_to_the_close_are_shown_and_never_ring() -> None:
    home = alarmed()
    home.now += 20 * SECOND
    home.false_alarm()
    closed_at = home.now
    home.effects.clear()
    home.now += 40 * SECOND
    home.see(*(clip(closed_at - n * SECOND, n + 10, camera="yard") for n in range(4)))
    assert home.panel() is PanelState.ARMED
    assert home.incident.event_count == 6
    assert len(of_kind(home.effects, MediaBody)) == 8
    assert alerts(home.effects) == []
    assert said(home.effects) == []


def test_a_burst_after_the_close_opens_the_next_incident() -> None:
    home = alarmed()
    home.false_alarm()
    home.now += SECOND
    burst(home)
    assert home.panel() is PanelState.TRIGGERED
    assert len(home.state.incidents) == 2


def test_a_late_event_is_shown_in_the_incident_that_it_belongs_to() -> None:
    home = alarmed()
    first = home.incident
    home.false_alarm()
    at = home.now
    home.now += HOUR
    burst(home)
    home.false_alarm()
    home.see(clip(at, 77, camera="yard"))
    assert home.state.incidents[first.id].event_count == 3
    assert home.incident.event_count == 2


def test_a_late_event_of_a_forgotten_incident_is_only_recorded() -> None:
    home = alarmed()
    home.false_alarm()
    home.state = replace(home.state, incidents={})
    assert home.see(clip(home.now, 77)).effects == ()


def test_alerts_that_did_not_leave_are_forgotten() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm()
    assert of_kind(home.state.outbox.values(), AlertBody) == []
    assert of_kind(home.state.outbox.values(), MediaBody) == []


def test_only_the_last_closed_incidents_are_kept() -> None:
    home = Home().arm_now()
    for _ in range(8):
        home.now += MINUTE
        home.burglary()
        home.false_alarm()
    assert len(home.state.incidents) == 5
    assert home.incident.id == "i8"


# -- closing by itself -----------------------------------------------------------------------------


def test_an_acknowledged_incident_closes_thirty_minutes_after_the_acknowledgement() -> None:
    home = acknowledged()
    home.wait(30 * MINUTE - SECOND)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    home.wait(SECOND)
    assert home.status() is IncidentStatus.CLOSED
    assert (home.incident.verdict, home.incident.acted_by) == (Verdict.UNJUDGED, "")
    assert home.panel() is PanelState.ARMED
    assert said(home.effects, ANN) == [Notice.AUTO_CLOSED]


def test_a_clip_of_the_far_future_does_not_keep_an_incident_open() -> None:
    home = acknowledged()
    home.see(clip(home.now.replace(year=9999)))
    home.wait(30 * MINUTE - SECOND)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    home.wait(SECOND)
    assert home.status() is IncidentStatus.CLOSED


def test_or_after_its_last_event_if_that_is_later() -> None:
    home = acknowledged()
    home.now += 20 * MINUTE
    home.see(clip(home.now))
    home.wait(30 * MINUTE - SECOND)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    home.wait(SECOND)
    assert home.status() is IncidentStatus.CLOSED


def test_an_open_incident_never_closes_by_itself() -> None:
    home = alarmed()
    home.wait(timedelta(days=30))
    home.wait(SECOND)
    assert home.status() is IncidentStatus.OPEN
    assert home.panel() is PanelState.TRIGGERED


def test_the_panel_goes_back_to_what_it_was_before() -> None:
    home = alarmed()
    incident = replace(home.incident, panel_before=PanelState.DISARMED)
    home.state = replace(home.state, incidents={incident.id: incident})
    home.false_alarm()
    assert home.panel() is PanelState.DISARMED
