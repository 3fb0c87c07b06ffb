"""Odds and ends of commands, and the panel message in an alarm."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.commands import ExtendExit
from alarm.core.deliveries import PanelEditBody
from alarm.core.incident import IncidentStatus
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import (
    ANN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    said,
    settings,
)

# -- the panel message tells of alarms, too --------------------------------------------------------


def test_the_panel_message_follows_an_incident_to_its_end() -> None:
    home = Home().arm_now()
    home.deliver_chat()
    edits = len(of_kind(home.effects, PanelEditBody))
    home.burglary()
    assert len(of_kind(home.effects, PanelEditBody)) == edits + 1
    home.deliver_chat()
    home.false_alarm()
    assert len(of_kind(home.effects, PanelEditBody)) == edits + 2
    home.deliver_chat()
    home.now += SECOND
    home.burglary(3, camera="yard")
    home.acknowledge()
    home.deliver_chat()
    before = len(of_kind(home.effects, PanelEditBody))
    home.wait(HOUR)
    assert home.status() is IncidentStatus.CLOSED
    assert home.panel() is PanelState.ARMED
    assert len(of_kind(home.effects, PanelEditBody)) == before + 1


# -- odds and ends of commands ---------------------------------------------------------------------


def test_disarming_ends_a_drill_that_runs_beside_it() -> None:
    home = Home()
    home.drill()
    decision = home.disarm()
    assert said(decision.effects, ANN) == [Notice.DRILL_ENDED, Notice.DISARMED]
    assert home.open_incidents == []


def test_a_command_ends_the_doubt_about_a_lost_state() -> None:
    for act in (Home.arm, Home.disarm):
        home = Home(replace(household(), in_doubt=True))
        act(home)
        assert not home.state.in_doubt


def test_more_time_to_leave_is_only_for_those_who_are_leaving() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND))).arm_now()
    home.see(clip(home.now, 1), clip(home.now, 2))
    deadline = home.area.deadline
    home.do(ExtendExit(home.actor()))
    assert home.area.deadline == deadline


def test_a_late_event_is_never_shown_in_a_drill() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm()
    at = home.now
    home.state = replace(home.state, incidents={})
    home.drill()
    home.now += MINUTE
    home.wait(10 * MINUTE)
    home.see(clip(at, 7))
    (drill,) = home.state.incidents.values()
    assert drill.events == ()
