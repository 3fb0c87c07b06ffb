"""Incidents: what joins, who acts, what rings again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import CallStatus
from alarm.core.deliveries import AlertBody, AlertEditBody, HangUpBody
from alarm.core.incident import IncidentStatus
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
    sentences,
)

# -- opening ---------------------------------------------------------------------------------------


def test_every_owner_and_member_is_alerted_and_nobody_else() -> None:
    home = Home().arm_now()
    home.effects.clear()
    home.burglary()
    assert alerts(home.effects) == [str(ANN), str(BEN)]


def test_all_counted_events_are_spent_by_the_opening() -> None:
    home = Home().arm_now()
    home.see(clip(home.now, camera="shed"))
    home.wait(HOUR)
    home.burglary()
    assert home.area.unspent == ()
    assert [e.camera_id for e in home.incident.events] == ["hall", "hall"]


def test_while_it_is_open_every_event_joins_it() -> None:
    home = alarmed()
    for camera in ("yard", "shed", "yard"):
        home.now += MINUTE
        home.see(clip(home.now, camera=camera))
    assert home.incident.event_count == 5
    assert len(home.state.incidents) == 1
    assert alerts(home.effects) == []


def test_what_an_incident_keeps_of_its_events_is_bounded_and_their_count_is_not() -> None:
    home = alarmed()
    for n in range(150):
        home.see(clip(home.now, n + 10))
    assert len(home.incident.events) == 100
    assert home.incident.event_count == 152


# -- acknowledging ---------------------------------------------------------------------------------


def test_an_acknowledgement_stops_the_wave_and_leaves_the_panel() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    decision = home.acknowledge(BEN)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    assert (home.incident.acted_by, home.incident.wave) == ("Ben", None)
    assert home.panel() is PanelState.TRIGGERED
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    home.live(5 * MINUTE)
    assert len(home.called()) == 1


def test_everybody_sees_who_acknowledged() -> None:
    home = alarmed()
    decision = home.acknowledge()
    edits = of_kind(decision.effects, AlertEditBody)
    assert [d.target for d in edits] == [str(ANN), str(BEN)]
    (words,) = sentences(decision.effects, ANN)
    assert words.args == {"by": "Ann", "calls": 0, "no_call": True}


def test_a_second_acknowledgement_names_the_first() -> None:
    home = acknowledged()
    (words,) = sentences(home.acknowledge(BEN).effects, BEN)
    assert words.args["by"] == "Ann"


def test_acknowledging_nothing_is_answered() -> None:
    home = Home().arm_now()
    (words,) = sentences(home.acknowledge().effects, ANN)
    assert words.notice is Notice.NOTHING_TO_DO


@pytest.mark.parametrize("known", [True, False], ids=["closed", "forgotten"])
def test_buttons_of_an_alert_that_is_over_only_answer(known: bool) -> None:
    home = alarmed()
    incident = home.incident
    home.false_alarm()
    if not known:
        home.state = replace(home.state, incidents={})
    for decision in (home.acknowledge(BEN, incident.id), home.false_alarm(BEN, incident.id)):
        (words,) = sentences(decision.effects, BEN)
        assert words.notice is Notice.INCIDENT_OVER
        assert words.args == {"panel": "armed"}


def test_events_created_before_it_join_silently() -> None:
    home = acknowledged()
    at = home.now
    home.now += 40 * SECOND
    home.see(clip(at - SECOND, 7, camera="yard"), clip(at, 8, camera="yard"))
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    assert home.incident.event_count == 4
    assert alerts(home.effects) == []


# -- ringing again ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("quiet", "rings"), [(299, False), (300, True)])
def test_the_same_camera_rings_again_after_five_quiet_minutes(quiet: int, rings: bool) -> None:
    home = acknowledged()
    home.now += quiet * SECOND
    burst(home)
    assert (home.status() is IncidentStatus.OPEN) is rings
    assert alerts(home.effects) == ([str(ANN), str(BEN)] if rings else [])


def test_another_camera_needs_no_quiet() -> None:
    home = acknowledged()
    home.now += SECOND
    burst(home, "yard")
    assert home.status() is IncidentStatus.OPEN


def test_another_camera_as_one_part_of_the_burst_is_enough() -> None:
    home = acknowledged()
    home.now += 10 * SECOND
    home.see(clip(home.now, 1, camera="hall"), clip(home.now, 2, camera="yard"))
    assert home.status() is IncidentStatus.OPEN


def test_another_camera_beside_a_larger_burst_is_found() -> None:
    home = acknowledged()
    start = home.now + SECOND
    home.now += 5 * MINUTE - SECOND
    home.see(clip(start, 1), clip(start + 60 * SECOND, 2))
    home.see(clip(start + 200 * SECOND, 3, camera="yard"))
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    home.see(clip(start + 120 * SECOND, 4))
    assert home.status() is IncidentStatus.OPEN


def test_a_single_event_of_another_camera_does_not_ring() -> None:
    home = acknowledged()
    home.now += MINUTE
    home.see(clip(home.now, camera="yard"))
    assert home.status() is IncidentStatus.ACKNOWLEDGED


def test_a_tree_that_never_rests_does_not_ring_again() -> None:
    home = acknowledged()
    for _ in range(60):
        home.now += 4 * MINUTE
        burst(home, first=home.updates)
    assert home.status() is IncidentStatus.ACKNOWLEDGED
    assert alerts(home.effects) == []


def test_a_camera_stays_known_however_much_comes_after_it() -> None:
    home = Home().arm_now()
    home.burglary(camera="yard")
    home.see(*(clip(home.now, n + 10) for n in range(150)))
    home.deliver_chat()
    home.acknowledge()
    home.now += MINUTE
    burst(home, "yard")
    assert home.status() is IncidentStatus.ACKNOWLEDGED


def test_a_new_wave_calls_like_the_first_and_can_be_acknowledged_like_it() -> None:
    home = acknowledged()
    home.now += 10 * MINUTE
    burst(home)
    assert home.incident.waves == 2
    home.deliver_chat()
    home.wait(29 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert len(home.called()) == 1
    home.acknowledge()
    home.live(3 * MINUTE)
    assert len(home.called()) == 1


def test_a_new_wave_does_not_queue_a_second_alert_behind_one_that_waits() -> None:
    home = Home().arm_now()
    home.burglary()
    home.acknowledge()
    home.now += 10 * MINUTE
    burst(home)
    assert len(of_kind(home.waiting(), AlertBody)) == 2


def test_what_was_seen_in_the_very_second_of_the_acknowledgement_helps_no_new_ring() -> None:
    home = alarmed()
    home.acknowledge()
    same = clip(home.now, 5)
    home.wait(10 * SECOND)
    home.see(same, clip(home.now, camera="attic"))
    assert home.incident.waves == 1
    home.see(clip(home.now, 1, camera="attic"))
    assert home.incident.waves == 2
