"""The duress PIN: disarmed in appearance, loud in other people's private chats and phones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core import secrecy
from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.commands import Acknowledge, FalseAlarm
from alarm.core.contact import Contact
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import AlertBody, OverCallBody
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.inputs import Started
from alarm.core.notices import Notice
from alarm.core.pin_commands import EnterPin
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import PanelState
from alarm.core.state import Person, Role
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    alerts,
    of_kind,
    said,
    seconds,
    sentences,
)
from tests.core.pinned import DURESS, PIN, disarm, enter, pinned_home

GROUP, CAT = -4001, 44


def forced() -> Home:
    home = pinned_home().arm_now()
    disarm(home, DURESS)
    return home


def secret(home: Home) -> Incident:
    return next(i for i in home.state.incidents.values() if i.kind is IncidentKind.DURESS)


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


def test_nobody_is_told_by_phone_that_it_is_over() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    home.live(seconds(31))
    home.call(CallStatus.IN_PROGRESS, AnsweredBy.HUMAN)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, 20)
    (over,) = of_kind(disarm(home, DURESS).effects, OverCallBody)
    home.claim(over)
    assert over.id not in home.state.outbox


def test_an_alarm_button_of_what_is_hidden_only_says_that_it_is_over() -> None:
    home = forced()
    id_ = secret(home).id
    for chat in (ANN, GROUP):
        for command in (Acknowledge, FalseAlarm):
            decision = home.do(command(home.actor(ANN, chat), id_))
            assert said(decision.effects, chat) == [Notice.INCIDENT_OVER]
    assert secret(home).status is IncidentStatus.OPEN


@pytest.mark.parametrize(("user", "chat"), [(ANN, ANN), (ANN, GROUP), (BEN, GROUP)])
def test_ack_where_it_is_hidden_finds_nothing_to_do(user: int, chat: int) -> None:
    home = forced()
    decision = home.do(Acknowledge(home.actor(user, chat)))
    assert said(decision.effects, chat) == [Notice.NOTHING_TO_DO]
    assert secret(home).status is IncidentStatus.OPEN


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


def test_it_takes_no_number_from_other_incidents() -> None:
    home = forced()
    home.arm_now()
    assert home.burglary().id == "i1"


def test_five_closed_calls_for_help_push_out_no_alarm_that_people_see() -> None:
    home = pinned_home().arm_now()
    shown = home.burglary()
    disarm(home, PIN)
    for _ in range(7):
        disarm(home, DURESS)
        home.do(FalseAlarm(home.actor(BEN), home.open_incidents[0].id, PIN))
    assert shown.id in home.state.incidents
    assert len(home.state.incidents) == 6


def test_a_restart_counts_no_hidden_message_that_may_come_twice() -> None:
    home = forced()
    (alert,) = of_kind(home.waiting(), AlertBody)
    home.deliver_chat()
    home.state = replace(home.state, outbox={alert.id: alert})
    home.claim(alert)
    home.now += HOUR
    (started, *_) = [w for w in home.do(Started()).effects if w.target == str(ANN)]
    assert "again=0" in repr(started).replace("'again': 0", "again=0")


def test_a_lost_chat_is_no_news_where_only_what_is_hidden_was_lost() -> None:
    home = forced()
    (alert,) = of_kind(home.waiting(), AlertBody)
    decision = home.fail(alert, permanent=True)
    assert said(decision.effects) == []
    assert home.state.people[str(BEN)].reachable
    assert [row.kind for row in decision.rows] == ["secret"]


def test_no_row_that_a_chat_shows_knows_of_it() -> None:
    home, other = pinned_home().arm_now(), pinned_home().arm_now()
    for one, pin in ((home, DURESS), (other, PIN)):
        disarm(one, pin)
        one.live(seconds(10))
        one.acknowledge(BEN)
    shown = [(r.kind, r.data) for r in home.rows if r.kind != "secret"]
    assert shown == [(r.kind, r.data) for r in other.rows]
    assert any(r.kind == "secret" for r in home.rows)


def test_the_state_as_a_chat_may_know_it() -> None:
    home = forced()
    id_ = secret(home).id
    assert id_ in secrecy.seen_from(home.state, BEN).incidents
    for chat in (ANN, GROUP):
        assert secrecy.seen_from(home.state, chat).incidents == {}
    assert secrecy.seen_from(pinned_home().state, ANN) is not None


# -- phones and what they betray -------------------------------------------------------------------


def test_a_call_for_help_ends_a_test_call_without_saying_what_for() -> None:
    home = pinned_home().arm_now()
    home.do(TryPhone(home.actor(ANN), "env1"))
    home.effects.clear()
    disarm(home, DURESS)
    assert home.state.trial is None
    (words,) = [w for w in sentences(home.effects, ANN) if w.notice is Notice.TRIAL_OVER]
    assert words.args["outcome"] == "no result"


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


def test_a_test_call_is_refused_only_to_those_who_know_of_the_call_for_help() -> None:
    home = forced()
    home.do(TryPhone(home.actor(BEN), "env2"))
    assert [w.args["why"] for w in sentences(home.effects, BEN) if "why" in w.args] == ["alarm"]
    home.do(TryPhone(home.actor(ANN), "env2"))
    assert said(home.effects, ANN)[-1] is Notice.TRIAL_BEGUN


def test_the_calls_for_help_are_not_counted_where_they_are_hidden() -> None:
    home = pinned_home().arm_now()
    earlier = (home.now - HOUR, home.now - MINUTE)
    home.state = replace(home.state, calls_at=earlier)
    disarm(home, DURESS)
    home.wait(3 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    assert len(home.state.calls_at) == 4
    assert secrecy.seen_from(home.state, ANN).calls_at == earlier
    assert len(secrecy.seen_from(home.state, BEN).calls_at) == 4
