"""The drill: the whole path, beside whatever the panel does."""

from __future__ import annotations

from alarm.core.calls import CallStatus
from alarm.core.deliveries import AlertBody, AlertEditBody, CallBody, HangUpBody
from alarm.core.incident import IncidentKind, IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, HOUR, MINUTE, PHONE_1, SECOND, Home, alerts, of_kind, said


def drilled(home: Home) -> IncidentStatus:
    (drill,) = [i for i in home.state.incidents.values() if i.kind is IncidentKind.DRILL]
    return drill.status


def test_a_drill_alerts_the_household_and_leaves_the_panel_alone() -> None:
    home = Home()
    decision = home.drill()
    assert alerts(decision.effects) == [str(ANN), str(BEN)]
    assert home.panel() is PanelState.DISARMED
    (incident,) = home.state.incidents.values()
    assert incident.kind is IncidentKind.DRILL
    assert incident.opened_by == "Ann"


def test_a_drill_without_calls_has_nothing_of_calling() -> None:
    home = Home()
    home.drill()
    home.live(2 * MINUTE)
    (incident,) = home.state.incidents.values()
    assert incident.wave is None
    assert incident.calls == ()
    assert home.called() == []
    assert of_kind(home.effects, AlertEditBody) == []


def test_a_drill_with_calls_goes_through_the_contacts_once() -> None:
    home = Home()
    home.drill(with_calls=True)
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    home.call(CallStatus.BUSY)
    home.live(5 * MINUTE)
    assert len(home.called()) == 2
    assert Notice.EXHAUSTED not in said(home.effects)


def test_a_drill_ends_by_itself_after_ten_minutes() -> None:
    home = Home()
    home.drill()
    home.wait(10 * MINUTE - SECOND)
    assert drilled(home) is IncidentStatus.OPEN
    home.wait(SECOND)
    assert drilled(home) is IncidentStatus.CLOSED


def test_a_second_drill_is_refused_while_one_runs() -> None:
    home = Home()
    home.drill()
    assert said(home.drill().effects) == [Notice.DRILL_RUNNING]


def test_a_real_burst_during_a_drill_opens_a_real_incident_at_once() -> None:
    home = Home().arm_now()
    home.drill(with_calls=True)
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.effects.clear()
    incident = home.burglary()
    assert incident.status is IncidentStatus.OPEN
    assert home.panel() is PanelState.TRIGGERED
    assert alerts(home.effects) == [str(ANN), str(BEN)]


def test_a_real_burst_ends_the_drill_and_frees_the_phones() -> None:
    home = Home().arm_now()
    home.drill(with_calls=True)
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.burglary()
    assert drilled(home) is IncidentStatus.CLOSED
    assert len(of_kind(home.waiting(), HangUpBody)) == 1
    home.wait(30 * SECOND)
    (call,) = home.calls()
    assert call.target == PHONE_1
    assert call.body == CallBody(home.incident.id, "env1")


def test_a_drill_is_refused_during_an_alarm() -> None:
    home = Home().arm_now()
    home.burglary()
    assert said(home.drill().effects) == [Notice.DRILL_REFUSED]
    home.acknowledge()
    assert said(home.drill().effects) == [Notice.DRILL_REFUSED]
    home.false_alarm()
    assert alerts(home.drill().effects) != []


def test_the_disarm_button_of_a_drill_leaves_the_house_guarded() -> None:
    home = Home().arm_now()
    home.drill()
    drill = next(iter(home.state.incidents))
    decision = home.disarm(incident=drill)
    assert home.panel() is PanelState.ARMED
    assert said(decision.effects) == [Notice.DRILL_ENDED]
    assert home.state.incidents[drill].verdict is Verdict.TEST


def test_alerts_of_a_drill_that_did_not_leave_are_forgotten_with_it() -> None:
    home = Home()
    home.drill()
    home.disarm()
    home.wait(HOUR)
    assert of_kind(home.state.outbox.values(), AlertBody) == []


def test_a_drill_whose_calls_are_done_waits_for_its_end_in_peace() -> None:
    home = Home()
    home.drill(with_calls=True)
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    home.call(CallStatus.NO_ANSWER)
    (incident,) = home.state.incidents.values()
    assert incident.wave is None
    home.deliver_chat()
    before = home.state
    home.wait(MINUTE)
    assert home.state is before
