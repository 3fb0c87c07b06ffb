"""The duress PIN: disarmed in appearance, loud in other people's private chats and phones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.calls import CallStatus
from alarm.core.commands import FalseAlarm
from alarm.core.contact import Contact
from alarm.core.incident import IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.pin_commands import EnterPin
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import PanelState
from alarm.core.state import Person, Role
from tests.core.home import ANN, BEN, HOUR, MINUTE, PHONE_1, PHONE_2, SECOND, alerts, said
from tests.core.pinned import DURESS, PIN, disarm, enter, forced, pinned_home, secret

CAT = 44


def test_it_disarms_and_answers_as_the_pin_does() -> None:
    home, other = pinned_home().arm_now(), pinned_home().arm_now()
    decision, normal = disarm(home, DURESS), disarm(other, PIN)
    assert home.panel() is PanelState.DISARMED
    assert home.area.wish == other.area.wish
    assert said(decision.effects) == said(normal.effects)
    assert said(decision.effects, ANN) == [Notice.DISARMED]


def test_the_others_get_the_alert_and_the_forced_person_does_not() -> None:
    home = pinned_home().arm_now()
    assert alerts(disarm(home, DURESS).effects) == [str(BEN)]


def test_the_keypad_takes_it_too() -> None:
    home = pinned_home().arm_now()
    disarm(home)
    assert alerts(enter(home, DURESS).effects) == [str(BEN)]


def test_false_alarm_with_the_duress_pin_closes_the_alarm_in_appearance() -> None:
    home = pinned_home().arm_now()
    incident = home.burglary()
    home.do(FalseAlarm(home.actor(), incident.id, DURESS))
    assert home.state.incidents[incident.id].verdict is Verdict.FALSE_ALARM
    assert secret(home).status is IncidentStatus.OPEN


def test_it_calls_without_an_abort_window_as_soon_as_the_line_is_free() -> None:
    home = forced()
    home.wait(2 * SECOND)
    assert home.called() == []
    home.wait(SECOND)
    assert home.called() == [PHONE_1]


def test_the_whole_plan_runs() -> None:
    home = forced()
    for _ in range(4):
        while not home.calls():
            home.wait(SECOND)
        home.call(CallStatus.NO_ANSWER)
    assert home.called() == [PHONE_1, PHONE_2, PHONE_1, PHONE_2]
    home.wait(SECOND)
    assert said(home.effects, BEN).count(Notice.EXHAUSTED) == 1
    home.live(timedelta(minutes=11))
    assert Notice.STILL_OPEN in said(home.effects, BEN)
    for notice in (Notice.EXHAUSTED, Notice.STILL_OPEN):
        assert notice not in said(home.effects, ANN)


def test_the_phone_of_the_forced_person_does_not_ring() -> None:
    home = pinned_home().arm_now()
    contacts = (
        Contact("a", "Ann", PHONE_1, user_id=ANN),
        Contact("b", "Ben", PHONE_2, user_id=BEN),
    )
    home.state = replace(home.state, contacts=contacts)
    disarm(home, DURESS)
    for _ in range(2):
        while not home.calls():
            home.wait(SECOND)
        home.call(CallStatus.BUSY)
    assert home.called() == [PHONE_2, PHONE_2]


def test_with_nobody_else_at_home_the_phones_ring_all_the_same() -> None:
    home = pinned_home()
    ann = home.state.people[str(ANN)]
    home.state = replace(home.state, people={str(ANN): ann})
    home.arm_now()
    assert alerts(disarm(home, DURESS).effects) == []
    home.wait(3 * SECOND)
    assert home.called() == [PHONE_1]


def test_another_acknowledges_in_private_and_the_calls_stop() -> None:
    home = forced()
    home.wait(3 * SECOND)
    decision = home.acknowledge(BEN)
    assert said(decision.effects) == [Notice.ACKNOWLEDGED]
    assert said(decision.effects, BEN) == [Notice.ACKNOWLEDGED]
    assert secret(home).status is IncidentStatus.ACKNOWLEDGED
    assert home.calls() == []


def test_acknowledged_it_closes_by_itself_and_silently_after_half_an_hour() -> None:
    home = forced()
    home.acknowledge(BEN)
    home.wait(30 * MINUTE - SECOND)
    assert secret(home).status is IncidentStatus.ACKNOWLEDGED
    decision = home.wait(SECOND)
    assert secret(home).status is IncidentStatus.CLOSED
    assert said(decision.effects) == []


def test_an_open_one_never_closes_by_itself() -> None:
    home = forced()
    home.wait(48 * HOUR)
    assert secret(home).status is IncidentStatus.OPEN


def test_another_ends_it_as_false_alarm_with_the_pin() -> None:
    home = forced()
    home.do(FalseAlarm(home.actor(BEN), secret(home).id))
    decision = home.do(EnterPin(home.actor(BEN), PIN))
    assert secret(home).verdict is Verdict.FALSE_ALARM
    assert said(decision.effects) == [Notice.DURESS_OVER]
    assert said(decision.effects, BEN) == [Notice.DURESS_OVER]


def test_a_second_use_goes_on_with_the_first() -> None:
    home = forced()
    home.arm_now()
    assert alerts(disarm(home, DURESS).effects) == []
    assert len(home.state.incidents) == 1


def test_used_again_after_an_acknowledgement_it_rings_anew() -> None:
    home = forced()
    home.deliver_chat()
    home.acknowledge(BEN)
    home.arm_now()
    assert alerts(disarm(home, DURESS).effects) == [str(BEN)]
    assert (secret(home).status, secret(home).waves) == (IncidentStatus.OPEN, 2)
    home.wait(3 * SECOND)
    assert home.called() == [PHONE_1]


def test_who_is_forced_later_calls_only_those_who_are_free() -> None:
    home = pinned_home()
    people = {**home.state.people, str(CAT): Person(CAT, "Cat", Role.MEMBER)}
    home.state = replace(home.state, people=people)
    home.arm_now()
    assert alerts(disarm(home, DURESS).effects) == [str(BEN), str(CAT)]
    # Whoever holds Ann's phone must not learn that Ben called for help.
    assert alerts(disarm(home, DURESS, BEN).effects) == [str(CAT)]


def test_who_has_quiet_hours_is_called_at_once_where_nobody_else_can_be() -> None:
    home = pinned_home().arm_now()
    asleep = QuietHours(0, 1439)
    contacts = (
        Contact("a", "Ann", PHONE_1, user_id=ANN),
        Contact("b", "Ben", PHONE_2, quiet=asleep),
    )
    home.state = replace(home.state, contacts=contacts)
    disarm(home, DURESS)
    home.wait(3 * SECOND)
    assert home.called() == [PHONE_2]
