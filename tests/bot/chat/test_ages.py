"""What becomes of commands that were written while nobody listened, at each limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.ages import (
    ARM_LIFE,
    DISARM_LIFE,
    FRESH,
    LATE_PRESSES,
    Age,
    age_of,
    comes_too_late,
)
from bot.pages import Press
from tests.bot.chat.bench import NOON

SECOND = timedelta(seconds=1)
OTHERS = ("status", "threshold", "cameras", "clip", "ack", "code", "test", "help", "")

# They change something, or start something that costs: not hours after they were pressed.
FRESH_PRESSES = frozenset(
    {
        Press.EXTEND,
        Press.SET,
        Press.MODE_CAMERAS,
        Press.CAMERA,
        Press.CAMERAS_DONE,
        Press.SKIP_ARMING,
        Press.ARM_LATER,
        Press.DROP_PLAN,
        Press.KEEP,
        Press.PROLONG,
        Press.END_VACATION,
        Press.SAVE_WINDOW,
        Press.PAUSE_WINDOW,
        Press.REMOVE_WINDOW,
        Press.SWITCH_SCHEDULE,
        Press.PRIVACY,
        Press.LEAVE_OUT,
        Press.COUNT_AGAIN,
        Press.CAMERA_RULE,
        Press.CONTACT,
        Press.PLAN,
        Press.NEW_CODE,
        Press.PIN,
        Press.UNLOCK_PIN,
        Press.INVITE,
        Press.WITHDRAW,
        Press.USER_DO,
        Press.HOME_HERE,
        Press.HOME_OFF,
    }
)


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


def test_of_every_press_is_said_whether_it_may_come_late() -> None:
    assert set(Press) == LATE_PRESSES | FRESH_PRESSES
    assert not LATE_PRESSES & FRESH_PRESSES


@pytest.mark.parametrize("press", Press)
def test_a_press_of_the_last_two_minutes_is_done_and_an_older_one_by_the_table(
    press: Press,
) -> None:
    assert not comes_too_late(press, FRESH.total_seconds())
    assert comes_too_late(press, FRESH.total_seconds() + 1) is (press in FRESH_PRESSES)
