"""What a duress PIN leaves where the forced person may look: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core import secrecy
from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.commands import Acknowledge, FalseAlarm
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import AlertBody, OverCallBody
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import Started
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, of_kind, said, seconds, sentences
from tests.core.pinned import DURESS, GROUP, PIN, disarm, forced, pinned_home, secret


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


def test_a_call_for_help_ends_a_test_call_without_saying_what_for() -> None:
    home = pinned_home().arm_now()
    home.do(TryPhone(home.actor(ANN), "env1"))
    home.effects.clear()
    disarm(home, DURESS)
    assert home.state.trial is None
    (words,) = [w for w in sentences(home.effects, ANN) if w.notice is Notice.TRIAL_OVER]
    assert words.args["outcome"] == "no result"


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
