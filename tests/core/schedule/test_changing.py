"""Changing the schedule: numbers, what is told, and that nothing of the past is caught up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.clock_commands import RemoveWindow, SetWindow, SwitchSchedule
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.notation import written, written_days
from alarm.core.schedule.windows import EVERY_DAY, Window
from tests.core.home import ANN, BEN, SECOND, said, sentences
from tests.core.schedule.timed import AWAY, DAYS_OUT, NIGHT, NIGHTS, home_with

NEW = Window((5,), 600, 660, AWAY)


def test_a_new_window_takes_the_first_free_number_and_is_told_and_journaled() -> None:
    home = home_with(replace(NIGHTS, id=1), replace(DAYS_OUT, id=3))
    decision = home.set_window(NEW)
    assert home.state.calendar.schedule.find(2) == replace(NEW, id=2)
    assert said(decision.effects, BEN) == [Notice.SCHEDULE_CHANGED]
    (words,) = sentences(decision.effects, ANN)
    told = {"window": 2, "old": "", "new": "sat 10:00-11:00 away", "by": "Ann"}
    assert words.args == told
    assert decision.rows[-1].data == {"what": "schedule", **told}


def test_a_changed_window_is_told_with_old_and_new() -> None:
    home = home_with(NIGHTS)
    decision = home.set_window(replace(NIGHTS, paused=True))
    (words,) = sentences(decision.effects, ANN)
    assert words.args["old"] == "daily 22:00-6:30 night"
    assert words.args["new"] == "daily 22:00-6:30 night (paused)"
    home.at("22:01")
    assert home.is_now() == "disarmed"


def test_a_removed_window_is_told_with_what_it_was() -> None:
    home = home_with(NIGHTS)
    decision = home.do(RemoveWindow(home.actor(), 1))
    assert home.state.calendar.schedule.windows == ()
    assert sentences(decision.effects, ANN)[0].args["old"] == "daily 22:00-6:30 night"


def test_the_whole_schedule_is_switched_off_and_on() -> None:
    home = home_with(NIGHTS)
    home.do(SwitchSchedule(home.actor(), on=False))
    home.at("22:01")
    assert home.is_now() == "disarmed"
    decision = home.do(SwitchSchedule(home.actor(), on=True))
    assert sentences(decision.effects, ANN)[0].args["new"] == "on"
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 22:00")
    assert home.is_now() == "armed night"


def test_a_window_that_would_have_begun_arms_from_its_next_beginning() -> None:
    home = home_with(at="23:00")
    home.set_window(replace(NIGHTS, id=0))
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.at("2026-03-05 22:00")
    assert home.is_now() == "armed night"


@pytest.mark.parametrize("window", [replace(NIGHTS, id=7), replace(NEW, start=0, end=0)])
def test_what_is_not_known_or_clashes_is_refused_and_changes_nothing(window: Window) -> None:
    home = home_with(NIGHTS)
    before = home.state
    with pytest.raises(BadInput):
        home.do(SetWindow(home.actor(), window))
    with pytest.raises(BadInput):
        home.do(RemoveWindow(home.actor(), 7))
    assert home.state is before


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (EVERY_DAY, "daily"),
        ((0, 1, 2, 3, 4), "mon-fri"),
        ((5, 6), "sat,sun"),
        ((0, 2, 3, 4, 6), "mon,wed-fri,sun"),
        ((3,), "thu"),
    ],
)
def test_days_are_written_shortly(days: tuple[int, ...], text: str) -> None:
    assert written_days(days) == text


def test_an_end_at_midnight_is_written_as_such() -> None:
    assert written(Window((0,), 1200, 0, NIGHT)) == "mon 20:00-24:00 night"
    assert written(Window((0,), 0, 0, NIGHT)) == "mon 0:00-24:00 night"
