"""What is foretold of the plan is what the alarm does when nobody reacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import settings as test_settings
from hypothesis import strategies as st

from alarm.core.contact import Contact
from alarm.core.forecast import Happening, forecast
from alarm.core.settings import Mode, Plan
from alarm.core.state import State
from tests.core.called import (
    alarm_in,
    contact_lists,
    home_of,
    nobody_reacts,
    person,
    plans,
    span,
)
from tests.core.home import HOUR, MINUTE, NOON, SECOND, seconds


def foretold(state: State, now: datetime, *, told: bool = True) -> list[tuple[datetime, str]]:
    steps = forecast(state, now, Mode.AWAY, told=told)
    return [(s.at, s.contact_id) for s in steps if s.what is Happening.CALL]


def happenings(state: State, now: datetime = NOON) -> list[tuple[timedelta, Happening]]:
    return [(s.at - now, s.what) for s in forecast(state, now, Mode.AWAY)]


@test_settings(max_examples=60, deadline=None)
@given(
    contacts=contact_lists(),
    plan=plans,
    begin=st.integers(0, 24 * 60 - 1),
    used=st.integers(0, 64),
    told=st.booleans(),
)
@example((person(1, span(60, 61)), person(2)), Plan(cycles=1), 55, 0, True)
@example((person(1), person(2), person(3), person(4)), Plan(cycles=4), 0, 50, False)
@example((person(1), person(2)), Plan(abort_window=seconds(0), pause=seconds(0)), 0, 0, True)
def test_the_foretold_calls_are_those_that_are_made(
    contacts: tuple[Contact, ...], plan: Plan, begin: int, used: int, told: bool
) -> None:
    home = home_of(contacts, plan, NOON + begin * MINUTE)
    home = alarm_in(home, told=told)
    ended = home.now - timedelta(hours=23)
    home.state = replace(home.state, calls_at=(ended,) * used)
    wanted = foretold(home.state, home.now, told=told)
    called = nobody_reacts(home, 2 * HOUR)
    assert called == [(at, who) for at, who in wanted if at <= home.now]


def test_a_whole_day_is_foretold() -> None:
    home = alarm_in(home_of((person(1),), Plan(cycles=1)))
    wanted = foretold(home.state, home.now)
    assert nobody_reacts(home, 25 * HOUR) == wanted
    assert len(wanted) == 10


def test_the_end_of_the_plan_comes_after_the_last_cycle() -> None:
    state = home_of((person(1),), Plan(cycles=2)).state
    first, second = seconds(30), seconds(30 + 25 + 90)
    assert happenings(state)[:4] == [
        (first, Happening.CALL),
        (second, Happening.CALL),
        (second + seconds(25), Happening.EXHAUSTED),
        (second + seconds(25) + 30 * MINUTE, Happening.CALL),
    ]


def test_rounds_are_counted_on_after_the_cycles() -> None:
    state = home_of((person(1), person(2)), Plan(cycles=2)).state
    steps = [s for s in forecast(state, NOON, Mode.AWAY) if s.what is Happening.CALL]
    assert [s.round for s in steps[:6]] == [1, 1, 2, 2, 3, 3]


def test_the_limit_of_an_incident_ends_the_forecast() -> None:
    state = home_of(tuple(person(n) for n in range(1, 5))).state
    what = [what for _, what in happenings(state)]
    assert what.count(Happening.CALL) == 20
    assert what[-1] is Happening.LIMIT


def test_a_day_without_calls_left_is_foretold() -> None:
    state = replace(home_of((person(1),)).state, calls_at=(NOON - SECOND,) * 60)
    kinds = happenings(state)
    assert kinds[:2] == [(seconds(30), Happening.LIMIT), (seconds(30 + 90), Happening.EXHAUSTED)]
    assert Happening.CALL not in {what for at, what in kinds if at < 23 * HOUR}


def test_without_a_phone_only_the_end_of_the_plan_is_foretold() -> None:
    assert happenings(home_of(()).state) == [(seconds(30), Happening.EXHAUSTED)]


def test_a_chat_that_is_not_reached_lets_the_calls_begin_sooner() -> None:
    state = home_of((person(1),)).state
    assert foretold(state, NOON, told=False)[0] == (NOON + seconds(10), "c1")


def test_foretelling_changes_nothing() -> None:
    home = alarm_in(home_of((person(1),)))
    before = home.state
    forecast(home.state, home.now, Mode.AWAY)
    assert home.state is before
