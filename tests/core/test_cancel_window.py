"""Those whom a call reached just before the end hear that it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.closing import Told
from alarm.core.deliveries import DeliveryStatus, HangUpBody, Lane, OverCallBody
from alarm.core.draft import Decision
from alarm.core.inputs import Claimed, Delivered, NumbersConfigured, Started
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    VIC,
    Home,
    of_kind,
    said,
    sentences,
)


def reached(by: AnsweredBy = AnsweredBy.HUMAN) -> Home:
    """Return a home where the first contact was just told of the alarm."""
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.IN_PROGRESS)
    home.call(CallStatus.COMPLETED, by, duration=20)
    home.effects.clear()
    return home


def over_calls(home: Home) -> list[str]:
    return [d.target for d in of_kind(home.effects, OverCallBody)]


End = Callable[..., Decision]
ENDS = pytest.mark.parametrize("end", [Home.false_alarm, Home.disarm], ids=["false", "disarm"])


@ENDS
def test_whoever_was_reached_gets_one_short_call(end: End) -> None:
    home = reached()
    decision = end(home, BEN)
    (call,) = of_kind(decision.effects, OverCallBody)
    assert (call.lane, call.target) == (Lane.PHONE, PHONE_1)
    assert call.body == OverCallBody(home.incident.id, "env1")
    home.live(2 * MINUTE)
    assert over_calls(home) == [PHONE_1]


@ENDS
def test_the_answer_says_who_is_told_by_phone(end: End) -> None:
    home = reached()
    (words,) = sentences(end(home, ANN).effects, ANN)
    assert words.args["called_off"] == "Phone 1"
    assert words.args["calls"] == 1


@ENDS
@pytest.mark.parametrize(("after", "told"), [(300, True), (301, False)])
def test_the_window_is_five_minutes_after_the_call(end: End, after: int, told: bool) -> None:
    home = reached()
    home.now += after * SECOND
    end(home)
    assert bool(over_calls(home)) is told


def test_an_acknowledgement_needs_no_call() -> None:
    home = reached()
    home.acknowledge()
    assert over_calls(home) == []


def test_a_false_alarm_after_an_acknowledgement_still_tells_those_reached() -> None:
    home = reached()
    home.acknowledge()
    home.now += MINUTE
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


@ENDS
def test_whoever_an_acknowledgement_cut_off_hears_of_the_end(end: End) -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.IN_PROGRESS)
    home.acknowledge()
    home.now += MINUTE
    end(home)
    assert over_calls(home) == [PHONE_1]


def test_an_incident_that_closes_by_itself_calls_nobody() -> None:
    home = reached()
    home.acknowledge()
    home.wait(HOUR)
    assert over_calls(home) == []


@pytest.mark.parametrize("status", [CallStatus.BUSY, CallStatus.NO_ANSWER])
def test_whoever_was_not_reached_is_not_called(status: CallStatus) -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.call(status)
    home.disarm()
    assert over_calls(home) == []


def test_an_answering_machine_is_not_called() -> None:
    home = reached(AnsweredBy.MACHINE)
    home.disarm()
    assert over_calls(home) == []


def test_whoever_is_listening_right_now_is_hung_up_and_told_that_it_is_over() -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.IN_PROGRESS)
    decision = home.disarm()
    hang_up, over = (d for d in decision.effects if d.lane is Lane.PHONE)
    assert isinstance(hang_up.body, HangUpBody)
    assert over.body == OverCallBody(home.incident.id, "env1")
    assert over.next_try > hang_up.next_try


def test_a_phone_that_only_rings_is_hung_up_and_left_alone() -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    home.disarm()
    assert over_calls(home) == []
    assert len(of_kind(home.effects, HangUpBody)) == 1


def test_everybody_reached_within_the_window_is_told() -> None:
    home = reached()
    home.wait(MINUTE)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.effects.clear()
    home.disarm()
    assert over_calls(home) == [PHONE_1, PHONE_2]


def test_a_drill_never_calls_that_it_is_over() -> None:
    home = Home()
    home.drill(with_calls=True)
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.disarm()
    assert over_calls(home) == []


def test_a_number_that_was_replaced_is_not_called() -> None:
    home = reached()
    home.do(NumbersConfigured((PHONE_2,)))
    home.disarm()
    assert over_calls(home) == []


def test_it_is_not_sent_when_the_next_alarm_is_on() -> None:
    home = reached()
    home.false_alarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.now += 2 * SECOND
    home.burglary()
    home.do(Claimed((over.id,)))
    assert over.id not in home.state.outbox


def test_a_failure_that_left_no_doubt_is_tried_again_for_two_minutes() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.fail(over)
    assert home.state.outbox[over.id].status is DeliveryStatus.PENDING
    home.wait(2 * MINUTE)
    assert over.id not in home.state.outbox


def test_a_call_that_may_have_been_placed_is_not_placed_again() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.fail(over, uncertain=True)
    assert over.id not in home.state.outbox


def test_a_crash_while_it_is_placed_does_not_place_it_again() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.claim(over)
    home.do(Started())
    assert over.id not in home.state.outbox


def test_it_is_over_when_it_is_delivered() -> None:
    home = reached()
    home.disarm()
    (over,) = of_kind(home.waiting(), OverCallBody)
    home.claim(over)
    home.do(Delivered(over.id))
    assert of_kind(home.state.outbox.values(), OverCallBody) == []


def test_it_counts_for_the_day_and_yields_to_the_limit_of_the_day() -> None:
    home = reached()
    made = len(home.state.calls_at)
    home.disarm()
    assert len(home.state.calls_at) == made + 1
    home = reached()
    home.state = replace(home.state, calls_at=tuple([home.now] * 60))
    home.disarm()
    assert over_calls(home) == []


def test_the_short_call_is_known_and_not_taken_for_another() -> None:
    home = reached()
    (alarm_call,) = home.state.known_calls
    home.disarm()
    (call,) = of_kind(home.effects, OverCallBody)
    home.claim(call)
    home.do(Delivered(call.id, sid="CA-over"))
    assert home.state.known_calls == (alarm_call, "CA-over")


# -- those who have a chat -------------------------------------------------------------------------


def linked(home: Home, user: int, number: str = PHONE_1) -> Home:
    """Say whose phone it is."""
    contacts = tuple(
        replace(c, user_id=user) if c.number == number else c for c in home.state.contacts
    )
    home.state = replace(home.state, contacts=contacts)
    return home


@ENDS
def test_whoever_has_a_chat_reads_it_there_instead_of_being_called(end: End) -> None:
    home = linked(reached(), BEN)
    decision = end(home, ANN)
    assert over_calls(home) == []
    over = [d for d in decision.effects if said([d]) == [Notice.ALARM_OVER]]
    assert [(d.target, d.lane) for d in over] == [(str(BEN), Lane.ALARM)]
    (words,) = sentences(over)
    assert words.args["by"] == "Ann"
    assert words.args["opened"] == home.incident.opened_at.isoformat()
    assert words.args["verdict"] == home.incident.verdict.value
    (answer,) = sentences(decision.effects, ANN)
    assert (answer.args["called_off"], answer.args["told_off"]) == ("", "Phone 1")


def test_a_viewer_reads_it_too() -> None:
    home = linked(reached(), VIC)
    assert said(home.false_alarm().effects, VIC) == [Notice.ALARM_OVER]


@ENDS
def test_whoever_ended_it_need_not_be_told(end: End) -> None:
    home = linked(reached(), BEN)
    assert Notice.ALARM_OVER not in said(end(home, BEN).effects)
    assert over_calls(home) == []


def test_a_chat_that_cannot_be_reached_does_not_stand_in_for_a_call() -> None:
    home = linked(reached(), BEN)
    ben = replace(home.state.people[str(BEN)], reachable=False)
    home.state = replace(home.state, people={**home.state.people, str(BEN): ben})
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


def test_somebody_who_left_the_household_is_called() -> None:
    home = linked(reached(), 4711)
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


@pytest.mark.parametrize(("after", "told"), [(300, True), (301, False)])
def test_the_window_is_five_minutes_in_chat_as_well(after: int, told: bool) -> None:
    home = linked(reached(), BEN)
    home.now += after * SECOND
    assert (Notice.ALARM_OVER in said(home.false_alarm().effects)) is told


def test_a_day_without_calls_left_still_tells_in_chat() -> None:
    home = linked(reached(), BEN)
    home.state = replace(home.state, calls_at=tuple([home.now] * 60))
    assert Notice.ALARM_OVER in said(home.false_alarm().effects)


def test_some_are_called_and_others_read_it() -> None:
    home = linked(reached(), BEN)
    home.wait(MINUTE)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.effects.clear()
    (answer,) = sentences(home.disarm().effects, ANN)
    assert (answer.args["called_off"], answer.args["told_off"]) == ("Phone 2", "Phone 1")


def test_told_together_each_name_comes_once() -> None:
    both = Told(("A",), ("B",)) + Told(("A", "C"), ("B",))
    assert both == Told(("A", "C"), ("B",))
