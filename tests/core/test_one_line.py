"""One call at a time to one number, whatever it belongs to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.commands import Acknowledge, Disarm, Panic
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import (
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    OverCallBody,
    TrialBody,
)
from alarm.core.incident import IncidentKind
from alarm.core.inputs import CallProgress, Claimed, Delivered, DeliveryFailed, Started, Tick
from alarm.core.settings import Plan
from tests.core.called import home_of, person, plans
from tests.core.home import (
    BEN,
    HOUR,
    MINUTE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    household,
    of_kind,
    settings,
)
from tests.core.pinned import DURESS, pinned_home

RINGS = 25 * SECOND


def both(home: Home | None = None) -> Home:
    """Return a home where the first phone rings for a panic alarm and is due for a burglary."""
    home = home or Home(replace(household(), settings=settings(plan=Plan(abort_window=0 * SECOND))))
    home.arm_now()
    home.do(Panic(home.actor(BEN), home.now))
    home.do(Tick())
    report(home, call_of(home, IncidentKind.PANIC), CallStatus.RINGING)
    home.burglary()
    home.do(Tick())
    return home


def call_of(home: Home, kind: IncidentKind) -> Delivery:
    return next(
        call
        for call in home.calls()
        if isinstance(call.body, CallBody)
        and home.state.incidents[call.body.incident_id].kind is kind
    )


def report(home: Home, call: Delivery, status: CallStatus) -> None:
    home.claim(call)
    seen = CallReport(f"CA-{call.id}", call.target, status, AnsweredBy.HUMAN, 5)
    home.do(CallProgress(call.id, seen))


def leaves(home: Home, call: Delivery) -> bool:
    """Try to dial; tell whether it went out."""
    home.claim(call)
    return home.state.outbox[call.id].status is DeliveryStatus.SENDING


def test_a_second_alarm_waits_until_the_phone_rings_no_more() -> None:
    home = both()
    second = call_of(home, IncidentKind.BURGLARY)
    assert second.target == PHONE_1
    assert not leaves(home, second)
    assert home.state.outbox[second.id] == second
    report(home, call_of(home, IncidentKind.PANIC), CallStatus.NO_ANSWER)
    assert leaves(home, second)


def test_two_that_are_claimed_together_leave_one_by_one() -> None:
    home = Home(replace(household(), settings=settings(plan=Plan(abort_window=0 * SECOND))))
    home.arm_now()
    home.do(Panic(home.actor(BEN), home.now))
    home.burglary()
    home.do(Tick())
    home.do(Claimed(tuple(call.id for call in home.calls())))
    assert [call.status for call in home.calls()] == [
        DeliveryStatus.SENDING,
        DeliveryStatus.PENDING,
    ]


def test_the_phone_is_hung_up_before_it_rings_for_the_other_alarm() -> None:
    home = both()
    second = call_of(home, IncidentKind.BURGLARY)
    panic = next(i for i in home.open_incidents if i.kind is IncidentKind.PANIC)
    home.do(Acknowledge(home.actor(), panic.id))
    assert not leaves(home, second)
    (hang_up,) = of_kind(home.state.outbox.values(), HangUpBody)
    home.deliver(hang_up)
    assert leaves(home, second)


def test_a_hang_up_that_fails_keeps_no_alarm_waiting() -> None:
    home = both()
    panic = next(i for i in home.open_incidents if i.kind is IncidentKind.PANIC)
    home.do(Acknowledge(home.actor(), panic.id))
    (hang_up,) = of_kind(home.state.outbox.values(), HangUpBody)
    home.fail(hang_up)
    assert leaves(home, call_of(home, IncidentKind.BURGLARY))


def test_a_call_that_may_have_left_holds_the_line() -> None:
    home = both()
    first = call_of(home, IncidentKind.PANIC)
    doubt = replace(first, status=DeliveryStatus.SENDING, provider_id="")
    home.state = replace(home.state, outbox={**home.state.outbox, first.id: doubt})
    home.do(Started())
    assert home.state.outbox[first.id].repeat
    assert not leaves(home, call_of(home, IncidentKind.BURGLARY))
    home.do(DeliveryFailed(first.id, "refused", permanent=True))
    assert leaves(home, call_of(home, IncidentKind.BURGLARY))


def test_of_two_in_doubt_neither_waits_for_ever() -> None:
    home = both()
    doubtful = {
        call.id: replace(call, status=DeliveryStatus.PENDING, repeat=True, provider_id="")
        for call in home.calls()
    }
    home.state = replace(home.state, outbox={**home.state.outbox, **doubtful})
    assert leaves(home, call_of(home, IncidentKind.BURGLARY))


def test_one_disarm_stops_the_waiting_call_too() -> None:
    home = both()
    home.do(Disarm(home.actor()))
    assert home.calls() == []


def test_an_alarm_waits_for_the_end_of_a_test_call_that_is_being_placed() -> None:
    home = Home()
    home.do(TryPhone(home.actor(), "env1"))
    (trial,) = of_kind(home.state.outbox.values(), TrialBody)
    home.claim(trial)
    home.do(Panic(home.actor(BEN), home.now))
    home.do(Tick())
    (call,) = home.calls()
    assert not leaves(home, call)
    report(home, trial, CallStatus.RINGING)
    (hang_up,) = of_kind(home.state.outbox.values(), HangUpBody)
    home.deliver(hang_up)
    assert leaves(home, call)


def test_an_alarm_waits_for_the_call_that_says_the_last_one_is_over() -> None:
    home = Home()
    home.do(Panic(home.actor(BEN), home.now))
    home.do(Tick())
    (call,) = home.calls()
    incident = home.open_incidents[0]
    over = replace(
        call, id="over", body=OverCallBody(incident.id, "env1"), status=DeliveryStatus.SENDING
    )
    home.state = replace(home.state, outbox={**home.state.outbox, "over": over})
    assert not leaves(home, call)
    home.do(Delivered("over", sid="CA-over"))
    assert leaves(home, call)


def test_a_call_for_help_waits_for_what_all_may_know_and_never_holds_it_up() -> None:
    home = pinned_home()
    home.arm_now()
    home.do(Disarm(home.actor(), pin=DURESS))
    home.wait(3 * SECOND)
    hidden = call_of(home, IncidentKind.DURESS)
    home.do(Panic(home.actor(BEN), home.now))
    home.do(Tick())
    same = replace(call_of(home, IncidentKind.PANIC), target=hidden.target)
    home.state = replace(home.state, outbox={**home.state.outbox, same.id: same})
    before = home.state
    assert leaves(home, same)
    assert not leaves(home, hidden)
    home.state = before
    assert leaves(home, hidden)
    assert leaves(home, same)


class Line:
    """A provider that takes every order at once; its phones ring in vain."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.called: list[tuple[str, str]] = []

    def carry(self) -> None:
        for delivery in self.home.waiting(lanes=(Lane.PHONE,)):
            self.home.claim(delivery)
            left = self.home.state.outbox.get(delivery.id)
            if left is None or left.status is not DeliveryStatus.SENDING:
                continue
            if isinstance(left.body, CallBody):
                report(self.home, left, CallStatus.RINGING)
                self.called.append((left.body.incident_id, left.target))
            else:
                self.home.do(Delivered(left.id))

    def end(self) -> None:
        for call in self.home.calls():
            since = self.home.state.outbox[call.id].claimed_at
            if since is not None and self.home.now - since >= RINGS:
                report(self.home, call, CallStatus.NO_ANSWER)

    def ringing(self) -> list[str]:
        return [c.target for c in self.home.calls() if c.status is DeliveryStatus.PLACED]


@test_settings(max_examples=25, deadline=None)
@given(phones=st.integers(1, 4), plan=plans, apart=st.integers(0, 30))
def test_all_are_called_for_both_alarms_and_nobody_twice_at_once(
    phones: int, plan: Plan, apart: int
) -> None:
    home = home_of(tuple(person(n) for n in range(1, phones + 1)), plan).arm_now()
    home.do(Panic(home.actor(BEN), home.now))
    line = Line(home)
    end = home.now + HOUR / 2
    second = home.now + apart * 5 * SECOND
    while home.now < end:
        if home.now == second:
            home.burglary()
        home.deliver_chat()
        line.end()
        home.do(Tick())
        line.carry()
        assert len(line.ringing()) == len(set(line.ringing()))
        home.now += 5 * SECOND
    numbers = {contact.number for contact in home.state.contacts}
    for incident in home.open_incidents:
        assert {to for i, to in line.called if i == incident.id} == numbers


def test_a_line_that_never_gets_free_lets_the_next_be_called_after_a_quarter_hour() -> None:
    home = both()
    second = call_of(home, IncidentKind.BURGLARY)
    stuck = replace(call_of(home, IncidentKind.PANIC), status=DeliveryStatus.SENDING)
    home.state = replace(home.state, outbox={**home.state.outbox, stuck.id: stuck})
    home.wait(15 * MINUTE - SECOND)
    assert second.id in home.state.outbox
    home.wait(SECOND)
    assert second.id not in home.state.outbox
    assert call_of(home, IncidentKind.BURGLARY).target == PHONE_2
