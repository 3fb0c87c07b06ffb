"""Quiet hours of a contact only order: last, and never forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.contact import Contact
from alarm.core.contact_commands import RemoveContact
from alarm.core.deliveries import HangUpBody
from alarm.core.errors import BadInput
from alarm.core.inputs import NumbersConfigured, Started
from alarm.core.quiet_hours import QuietHours, zone_of
from alarm.core.settings import Plan
from tests.core.called import (
    alarm_in,
    contact_lists,
    home_of,
    minutes,
    nobody_reacts,
    person,
    plans,
    span,
)
from tests.core.home import HOUR, MINUTE, NOON, SECOND, Home, of_kind
from tests.core.story import reread
from tests.core.waves import wave

BERLIN = ZoneInfo("Europe/Berlin")
ALL_DAY = span(11 * 60, 16 * 60)
AWAKE = span(60, 120)


def called(home: Home) -> list[str]:
    """Return who is called until the plan is used up, nobody answering."""
    names: list[str] = []
    for _ in range(2000):
        names += [who for _, who in nobody_reacts(home, timedelta(seconds=5))]
        if wave(home).exhausted_at is not None:
            return names
    raise AssertionError("the plan has no end")


# -- the span --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("22:59", False), ("23:00", True), ("2:00", True), ("6:59", True), ("7:00", False)],
)
def test_a_span_may_pass_midnight(clock: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 3, 4, hour, minute, 59, tzinfo=BERLIN)
    assert span(23 * 60, 7 * 60).hold(at.astimezone(UTC), BERLIN) is quiet


@pytest.mark.parametrize(
    ("minute", "quiet"), [(779, False), (780, True), (839, True), (840, False)]
)
def test_a_span_within_a_day_holds_from_its_first_minute_to_before_its_last(
    minute: int, quiet: bool
) -> None:
    at = datetime(2026, 3, 4, minute // 60, minute % 60, tzinfo=UTC)
    assert span(780, 840).hold(at, UTC) is quiet


def test_quiet_hours_go_by_the_clock_on_the_wall_in_summer_and_winter() -> None:
    night = span(23 * 60, 7 * 60)
    assert not night.hold(datetime(2026, 1, 4, 6, 30, tzinfo=UTC), BERLIN)
    assert night.hold(datetime(2026, 1, 4, 5, 30, tzinfo=UTC), BERLIN)
    assert not night.hold(datetime(2026, 7, 4, 5, 30, tzinfo=UTC), BERLIN)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, -1), (1440, 5), (5, 1440), (7, 7)])
def test_a_span_that_no_clock_shows_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadInput, match="Quiet hours must"):
        QuietHours(start, end)


@given(start=minutes, end=minutes, minute=minutes)
def test_the_rest_of_the_day_is_never_quiet(start: int, end: int, minute: int) -> None:
    at = datetime(2026, 3, 4, minute // 60, minute % 60, tzinfo=UTC)
    if start != end:
        assert span(start, end).hold(at, UTC) is not span(end, start).hold(at, UTC)


@pytest.mark.parametrize("name", ["", "Nowhere/Town", "../etc/passwd", "a\0b"])
def test_a_zone_that_is_not_known_stops_nothing(name: str) -> None:
    assert zone_of(name) is UTC


# -- the order -------------------------------------------------------------------------------------


def test_who_has_quiet_hours_is_called_last_and_not_in_the_first_round() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2), person(3, AWAKE))))
    assert called(home) == ["c2", "c3", "c2", "c3", "c1"]


def test_with_one_cycle_they_are_called_at_its_end() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2)), Plan(cycles=1)))
    assert called(home) == ["c2", "c1"]


def test_where_everybody_has_quiet_hours_the_order_stays() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2, ALL_DAY))))
    assert called(home) == ["c1", "c2", "c1", "c2"]


def test_outside_quiet_hours_the_order_stays() -> None:
    home = alarm_in(home_of((person(1, AWAKE), person(2))))
    assert called(home) == ["c1", "c2", "c1", "c2"]


def test_in_every_round_but_the_first_they_are_called_last() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2)), Plan(cycles=3)))
    assert called(home) == ["c2", "c2", "c1", "c2", "c1"]


def test_after_an_answered_call_that_nobody_acknowledged_the_next_in_the_order_is_called() -> None:
    home = ringing(person(1), person(2), person(3))
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.wait(59 * SECOND)
    assert home.calls() == []
    home.wait(SECOND)
    assert [call.target for call in home.calls()] == [person(2).number]


def test_slow_rounds_call_them_last() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2))))
    called(home)
    assert [who for _, who in nobody_reacts(home, 31 * MINUTE)] == ["c2", "c1"]


def test_an_acknowledgement_in_the_first_round_lets_them_sleep() -> None:
    home = alarm_in(home_of((person(1, ALL_DAY), person(2))))
    home.wait(30 * SECOND)
    home.call(CallStatus.NO_ANSWER)
    home.acknowledge()
    assert nobody_reacts(home, HOUR) == []


def test_a_drill_lets_them_sleep() -> None:
    home = home_of((person(1, ALL_DAY), person(2)))
    home.drill(with_calls=True)
    home.deliver_chat()
    home.effects.clear()
    assert [who for _, who in nobody_reacts(home, 8 * MINUTE)] == ["c2"]


def test_quiet_hours_are_those_of_the_home() -> None:
    home = home_of((person(1, span(13 * 60, 14 * 60)), person(2)))
    home.state = replace(home.state, settings=replace(home.state.settings, zone="Europe/Berlin"))
    assert called(alarm_in(home)) == ["c2", "c2", "c1"]


@pytest.mark.parametrize("edge", [span(12 * 60 + 2, 13 * 60), span(10 * 60, 12 * 60 + 2)])
def test_an_edge_within_a_round_neither_skips_nor_doubles(edge: QuietHours) -> None:
    # The alarm begins at 12:01:00, the first round at 12:01:30.
    contacts = (person(1, edge), person(2), person(3), person(4))
    home = alarm_in(home_of(contacts, Plan(cycles=1)))
    assert sorted(called(home)) == ["c1", "c2", "c3", "c4"]


# -- contacts that come and go ---------------------------------------------------------------------


def ringing(*contacts: Contact, cycles: int = 1) -> Home:
    """Return a home where the first contact rings."""
    home = alarm_in(home_of(contacts, Plan(cycles=cycles)))
    home.wait(30 * SECOND)
    home.effects.clear()
    return home


def with_contacts(home: Home, *contacts: Contact) -> Home:
    home.state = replace(home.state, contacts=contacts)
    return home


def test_a_contact_added_in_the_last_round_is_called_at_its_end() -> None:
    one, two, new = person(1), person(2), person(3)
    home = with_contacts(ringing(one, two), new, one, two)
    assert called(home) == ["c2", "c3"]


def test_a_contact_removed_before_its_turn_is_not_called() -> None:
    one, two, three = person(1), person(2), person(3)
    home = with_contacts(ringing(one, two, three), one, three)
    assert called(home) == ["c3"]


def test_contacts_that_change_places_are_called_once_each() -> None:
    one, two, three = person(1), person(2), person(3)
    home = with_contacts(ringing(one, two, three), three, two, one)
    assert called(home) == ["c2", "c3"]


def test_a_contact_removed_while_it_rings_is_hung_up_and_the_next_one_called() -> None:
    one, two = person(1), person(2)
    home = ringing(one, two)
    home.call(CallStatus.RINGING)
    with_contacts(home, two)
    home.call(CallStatus.RINGING)
    home.wait(SECOND)
    assert home.calls()[0].target == two.number


def test_removing_a_contact_by_command_calls_the_next_one_at_once() -> None:
    home = ringing(person(1), person(2), person(3))
    home.call(CallStatus.RINGING)
    decision = home.do(RemoveContact(home.actor(), "c1"))
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    assert [d.target for d in home.calls()] == [person(2).number]
    decision = home.do(NumbersConfigured(()))
    assert [d.target for d in home.calls()] == [person(2).number]


def test_numbers_that_leave_the_environment_are_called_no_more() -> None:
    gone = replace(person(1), from_env=True)
    home = ringing(gone, person(2))
    home.do(NumbersConfigured(()))
    assert [d.target for d in home.calls()] == [person(2).number]


def test_a_call_to_a_contact_removed_before_it_left_does_not_leave() -> None:
    one, two = person(1), person(2)
    home = with_contacts(ringing(one, two), two)
    (call,) = home.calls()
    home.claim(call)
    assert home.calls() == []
    home.wait(SECOND)
    assert home.calls()[0].target == two.number


def test_the_order_of_the_round_survives_a_restart_at_an_edge_of_quiet_hours() -> None:
    home = ringing(person(1), person(2, span(12 * 60 + 2, 13 * 60)), person(3))
    home.state = reread(home.state)
    home.now += MINUTE
    home.do(Started())
    assert called(home) == ["c2", "c3"]


def test_a_wave_of_an_older_program_goes_on_by_the_place_in_the_list() -> None:
    home = ringing(person(1), person(2))
    old = replace(wave(home), order=())
    incident = replace(home.incident, wave=old)
    home.state = replace(home.state, incidents={incident.id: incident})
    assert called(home) == ["c2"]


@test_settings(max_examples=60, deadline=None)
@given(contacts=contact_lists(), plan=plans, begin=minutes, data=st.data())
def test_nobody_is_skipped_whatever_changes_meanwhile(
    contacts: tuple[Contact, ...], plan: Plan, begin: int, data: st.DataObject
) -> None:
    home = alarm_in(home_of(contacts, plan, NOON + begin * MINUTE))
    names: list[str] = []
    while wave(home).exhausted_at is None:
        names += [who for _, who in nobody_reacts(home, timedelta(seconds=30))]
        if data.draw(st.booleans()):
            home.state = replace(
                home.state, contacts=tuple(data.draw(st.permutations(home.state.contacts)))
            )
            home.state = reread(home.state)
    # Four contacts in four cycles stay below the limit of an incident.
    for contact in contacts:
        assert 1 <= names.count(contact.id) <= plan.cycles
