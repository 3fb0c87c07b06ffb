"""Edges arm and disarm at their moment, around commands of people and around alarms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import BlinkArmBody, WordsBody
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import Tick
from alarm.core.notices import Notice
from alarm.core.settings import ModeSettings, PanelState
from alarm.core.state import Area
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUSE,
    MINUTE,
    SECOND,
    VIC,
    clip,
    of_kind,
    said,
    sentences,
    settings,
)
from tests.core.schedule.timed import (
    DAYS_OUT,
    NIGHT,
    NIGHTS,
    berlin,
    home_with,
)


def test_the_panel_is_armed_at_the_edge_and_not_a_second_before() -> None:
    home = home_with(NIGHTS)
    home.at("21:59:59")
    assert home.is_now() == "disarmed"
    decision = home.at("22:00")
    assert home.is_now() == "armed night"
    assert home.area.changed_by == "schedule"
    assert BlinkArmBody(HOUSE, armed=True) in [d.body for d in decision.effects]


def test_the_panel_is_disarmed_at_the_end_and_not_a_second_before() -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    home.at("2026-03-05 06:29:59")
    assert home.is_now() == "armed night"
    decision = home.at("2026-03-05 06:30")
    assert home.is_now() == "disarmed"
    assert BlinkArmBody(HOUSE, armed=False) in [d.body for d in decision.effects]


def test_everyone_is_told_silently_with_the_time_and_who() -> None:
    home = home_with(NIGHTS)
    decision = home.at("22:00")
    words = sentences(decision.effects)
    assert [w.notice for w in words] == [Notice.SCHEDULE_ARMED] * 2
    assert words[0].args == {
        "at": berlin("22:00").isoformat(),
        "by": "schedule",
        "why": "schedule",
        "mode": "night",
    }
    assert said(decision.effects, VIC) == []
    bodies = [d.body for d in of_kind(decision.effects, WordsBody)]
    assert all(isinstance(b, WordsBody) and b.silent for b in bodies)
    assert ("arm", "schedule") in [(r.data["what"], r.data["by"]) for r in decision.rows]
    disarmed = home.at("2026-03-05 06:30")
    assert said(disarmed.effects, BEN) == [Notice.SCHEDULE_DISARMED]


def test_an_arming_to_away_leaves_time_to_go() -> None:
    home = home_with(DAYS_OUT, at="07:30")
    home.at("08:00")
    assert home.is_now() == "arming away"
    home.at("08:01")
    assert home.is_now() == "armed away"


def test_an_edge_to_what_is_so_already_tells_nothing() -> None:
    home = home_with(NIGHTS)
    home.at("2026-03-05 06:30")
    home.arm()
    home.at("2026-03-05 12:00")
    home.disarm()
    decision = home.at("2026-03-06 06:31")
    assert home.is_now() == "disarmed"
    assert said(decision.effects) == []


def test_all_areas_follow_and_are_told_of_in_one_message() -> None:
    home = home_with(NIGHTS)
    garden = Area(GARDEN, "Garden")
    home.state = replace(home.state, areas={**home.state.areas, GARDEN: garden})
    home.wait(SECOND)
    decision = home.at("22:00")
    assert {a.panel for a in home.state.areas.values()} == {PanelState.ARMED}
    (words,) = sentences(decision.effects, ANN)
    assert "area" not in words.args


def test_an_area_that_is_new_waits_for_the_next_edge() -> None:
    home = home_with(NIGHTS, at="23:00")
    home.wait(MINUTE)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 22:00")
    assert home.is_now() == "armed night"


def test_without_a_schedule_a_tick_changes_nothing() -> None:
    home = home_with()
    home.wait(SECOND)
    before = home.state
    home.do(Tick())
    assert home.state is before


def test_between_edges_a_tick_changes_nothing() -> None:
    home = home_with(NIGHTS)
    home.wait(SECOND)
    before = home.state
    home.wait(SECOND)
    assert home.state is before


# -- people ----------------------------------------------------------------------------------------


def test_a_command_holds_until_the_next_edge() -> None:
    home = home_with(NIGHTS)
    home.at("22:00")
    home.at("22:30")
    home.disarm(BEN)
    home.tick_through("2026-03-05 06:31", timedelta(minutes=3))
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 22:00")
    assert home.is_now() == "armed night"


def test_a_command_in_the_second_of_the_edge_is_newer_than_it() -> None:
    home = home_with(NIGHTS)
    home.now = berlin("22:00")
    home.disarm()
    home.do(Tick())
    assert home.is_now() == "disarmed"


def test_an_armed_panel_changes_its_mode_at_the_edge_and_keeps_its_past() -> None:
    home = home_with(NIGHTS)
    home.arm_now()
    armed_at = home.area.spans[-1].armed_at
    home.at("22:00")
    assert home.is_now() == "armed night"
    assert [s.until is None for s in home.area.spans] == [False, True]
    assert home.area.spans[-1].armed_at == armed_at


def test_a_mode_that_nobody_set_up_is_not_armed_and_everyone_is_told_aloud() -> None:
    home = home_with(NIGHTS)
    home.state = replace(home.state, settings=replace(settings(), zone="Europe/Berlin"))
    decision = home.at("22:00")
    assert home.is_now() == "disarmed"
    assert said(decision.effects) == [Notice.MODE_NOT_CHOSEN] * 2
    assert not any(isinstance(d.body, WordsBody) and d.body.silent for d in decision.effects)
    assert said(home.wait(SECOND).effects) == []


# -- alarms ----------------------------------------------------------------------------------------


def test_no_edge_ends_an_alarm_and_it_is_carried_out_when_a_person_closes_it() -> None:
    home = home_with(NIGHTS)
    home.at("2026-03-05 06:20")
    incident = home.burglary()
    home.tick_through("2026-03-05 07:00", MINUTE)
    assert home.panel() is PanelState.TRIGGERED
    home.false_alarm(incident=incident.id)
    assert home.is_now() == "armed night"
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    assert home.area.spans[-1].ended_by_person is False


def test_a_person_who_disarms_during_the_alarm_is_newer_than_the_edge_that_waited() -> None:
    home = home_with(NIGHTS, at="21:00")
    home.arm_now()
    home.at("21:58")
    incident = home.burglary()
    home.at("22:05")
    home.disarm(incident=incident.id)
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    assert home.incident.status is IncidentStatus.CLOSED


def test_no_edge_ends_an_entry_delay() -> None:
    home = home_with(NIGHTS)
    night = ModeSettings(exit_delay=timedelta(0), entry_delay=timedelta(seconds=40))
    home.state = replace(home.state, settings=home.state.settings.with_mode(NIGHT, night))
    home.at("2026-03-05 06:29:45")
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.PENDING
    home.at("2026-03-05 06:30:05")
    assert home.panel() is PanelState.PENDING
    home.at("2026-03-05 06:30:30")
    assert home.panel() is PanelState.TRIGGERED


def test_a_burst_that_is_listed_after_a_scheduled_disarming_rings() -> None:
    home = home_with(NIGHTS)
    home.at("2026-03-05 06:29")
    burst = [clip(home.now, n) for n in (1, 2)]
    home.at("2026-03-05 06:30")
    assert home.is_now() == "disarmed"
    home.see(*burst)
    assert home.panel() is PanelState.TRIGGERED
