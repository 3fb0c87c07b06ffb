"""What becomes of commands that were written while nobody listened, at each limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.ages import ARM_LIFE, DISARM_LIFE, FRESH, Age, age_of
from tests.bot.chat.bench import NOON

SECOND = timedelta(seconds=1)
OTHERS = ("status", "threshold", "cameras", "clip", "ack", "code", "test", "help", "")


def aged(command: str, age: timedelta) -> Age:
    return age_of(command, NOON - age, NOON)


def test_the_limits_are_those_of_the_design() -> None:
    assert timedelta(minutes=2) == FRESH
    assert timedelta(hours=24) == DISARM_LIFE
    assert timedelta(hours=1) == ARM_LIFE


@pytest.mark.parametrize("command", ["arm", "disarm", "start", *OTHERS])
@pytest.mark.parametrize("age", [-SECOND, 0 * SECOND, FRESH - SECOND, FRESH])
def test_what_is_two_minutes_old_is_fresh(command: str, age: timedelta) -> None:
    assert aged(command, age) is Age.FRESH


@pytest.mark.parametrize("command", OTHERS)
@pytest.mark.parametrize("age", [FRESH + SECOND, DISARM_LIFE, timedelta(days=9)])
def test_most_commands_are_dropped_when_older(command: str, age: timedelta) -> None:
    assert aged(command, age) is Age.TOO_OLD


@pytest.mark.parametrize(
    ("age", "what"),
    [
        (FRESH + SECOND, Age.LATE),
        (DISARM_LIFE - SECOND, Age.LATE),
        (DISARM_LIFE, Age.LATE),
        (DISARM_LIFE + SECOND, Age.TOO_OLD),
    ],
)
def test_a_disarm_lives_a_day(age: timedelta, what: Age) -> None:
    assert aged("disarm", age) is what


@pytest.mark.parametrize(
    ("age", "what"),
    [
        (FRESH + SECOND, Age.LATE),
        (ARM_LIFE - SECOND, Age.LATE),
        (ARM_LIFE, Age.LATE),
        (ARM_LIFE + SECOND, Age.ASK),
        (timedelta(days=9), Age.ASK),
    ],
)
def test_an_arm_lives_an_hour_and_then_asks(age: timedelta, what: Age) -> None:
    assert aged("arm", age) is what


@pytest.mark.parametrize("age", [FRESH + SECOND, timedelta(days=9)])
def test_a_start_never_gets_old(age: timedelta) -> None:
    assert aged("start", age) is Age.FRESH


@given(
    command=st.sampled_from(["arm", "disarm", *OTHERS]),
    younger=st.timedeltas(timedelta(0), timedelta(days=3)),
    older=st.timedeltas(timedelta(0), timedelta(days=3)),
)
@settings(deadline=None)
def test_a_command_never_gets_fresher_with_age(
    command: str, younger: timedelta, older: timedelta
) -> None:
    order = [Age.FRESH, Age.LATE, Age.ASK, Age.TOO_OLD]
    young, old = sorted([younger, younger + older])
    assert order.index(aged(command, young)) <= order.index(aged(command, old))
