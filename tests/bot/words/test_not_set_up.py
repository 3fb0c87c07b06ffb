"""A schedule that wants a mode whose cameras nobody chose: its promise is said to be none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.schedule.windows import Schedule, Window
from bot.words import schedule, screen
from tests.bot.words.looks import look, seen, well
from tests.core.schedule.timed import AWAY, DAYS_OUT, HOME, NIGHT, NIGHTS, TimedHome, home_with

WARNING = "⚠️ The schedule cannot arm night: no cameras chosen. /arm night asks."


def without_night(*windows: Window) -> TimedHome:
    home = home_with(*windows, at="21:00")
    settings = home.state.settings
    modes = {mode: of for mode, of in settings.modes.items() if mode is AWAY}
    home.state = well(replace(home.state, settings=replace(settings, modes=modes)))
    return home


def pages(home: TimedHome) -> list[list[str]]:
    """Return the lines of /status and of /schedule."""
    view = look(home.now)
    both = screen.status(home.state, view), schedule.schedule_page(home.state, view)
    return [seen(page).splitlines() for page in both]


def test_both_pages_say_what_the_schedule_cannot_do_and_how_it_can() -> None:
    for lines in pages(without_night(NIGHTS)):
        assert WARNING in lines
        assert "✅ Everything works." not in lines
        assert (
            "Next: armed (night) at 22:00 (in 1 h), if its cameras are chosen by then: "
            "/arm night asks."
        ) in lines


def test_they_say_it_although_something_else_comes_first() -> None:
    for lines in pages(without_night(replace(NIGHTS, start=1380), Window((2,), 1290, 1320, AWAY))):
        assert WARNING in lines
        assert "Next: armed (away) at 21:30 (in 30 min)." in lines


def test_each_mode_that_is_missing_is_named() -> None:
    at_home = Window((5,), 600, 660, HOME, 3)
    for lines in pages(without_night(NIGHTS, at_home)):
        assert "⚠️ The schedule cannot arm home: no cameras chosen. /arm home asks." in lines
        assert WARNING in lines


@pytest.mark.parametrize(
    "schedule_",
    [
        Schedule((DAYS_OUT,)),
        Schedule((replace(NIGHTS, paused=True),)),
        Schedule((NIGHTS,), off=True),
    ],
    ids=["away alone", "paused", "switched off"],
)
def test_windows_that_want_nothing_impossible_are_no_trouble(schedule_: Schedule) -> None:
    home = without_night()
    home.state = replace(home.state, calendar=replace(home.state.calendar, schedule=schedule_))
    for lines in pages(home):
        assert WARNING not in lines


def test_a_command_that_ends_in_the_window_makes_no_promise_either() -> None:
    home = without_night(NIGHTS)
    home.hold("23:00", armed=False)
    for lines in pages(home):
        assert (
            "Until 23:00, then armed (night), if its cameras are chosen by then: /arm night asks."
        ) in lines


def test_once_the_cameras_are_chosen_nothing_is_said() -> None:
    for lines in pages(home_with(NIGHTS, at="21:00")):
        assert WARNING not in lines
        assert not any("if its cameras" in line for line in lines)
    assert NIGHT in home_with().state.settings.modes
