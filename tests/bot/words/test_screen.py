"""The home screen that stays in a chat: it changes when something changes, and shows its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.state import Health
from bot.words import screen
from tests.bot.words import scenes
from tests.bot.words.looks import NIGHT, camera, look, pressable, seen, well
from tests.core.home import MINUTE, SECOND, Home, clip


def lines_of(home: Home, **changes: object) -> list[str]:
    return seen(screen.status(home.state, look(home.now, **changes))).splitlines()


@pytest.mark.parametrize("make", scenes.SCENES.values())
@pytest.mark.parametrize("later", [SECOND, 59 * SECOND, 10 * MINUTE])
def test_by_the_mere_time_the_screen_does_not_change(
    make: Callable[[], Home], later: timedelta
) -> None:
    home = make()
    view = look(home.now, polled_at=home.now)
    then = replace(view, now=view.now + later, polled_at=view.now + later)
    assert screen.screen(home.state, view, None) == screen.screen(home.state, then, None)
    assert "ago" not in seen(screen.screen(home.state, then, None))


def test_troubles_that_last_do_not_change_it_either() -> None:
    state = replace(well(), health=Health(devices_blind_since=NIGHT, devices_blind_reason="x"))
    view = look(polled_at=NIGHT - 10 * MINUTE)
    then = replace(view, now=view.now + MINUTE)
    assert screen.screen(state, view, None) == screen.screen(state, then, None)
    assert "since 21:53" in seen(screen.screen(state, then, None))


def test_it_says_as_of_when_it_is_true_and_how_to_tell_that_it_is_not() -> None:
    home = scenes.armed()
    lines = seen(screen.screen(home.state, look(home.now), home.now)).splitlines()
    assert lines[0] == "🔒 Now armed since 22:03 by Ann"
    assert lines[1] == "🕓 As of 22:07. More than 10 min old? Then I am off or offline."


def test_a_running_delay_shows_its_end_and_no_countdown() -> None:
    home = scenes.arming()
    assert seen(screen.screen(home.state, look(home.now), None)).startswith(
        "⏳ Now arming by Ann, armed at 22:04:10\n"
    )


def test_cameras_are_shown_at_a_glance_the_troubled_ones_first() -> None:
    home = scenes.at_home()
    cameras = {
        "a": camera("Attic", enabled=False),
        "g": camera("Garage"),
        "h": camera("Hall", battery_low=True),
        "y": camera("Yard", online=False, battery_low=True),
    }
    home.state = replace(home.state, cameras={c.id: c for c in cameras.values()})
    home.see(clip(home.now - 12 * MINUTE, camera="garage"))
    lines = lines_of(home)
    start = lines.index("Cameras: 2 of 4 ready")
    assert lines[start + 1 : start + 5] == [
        "⚠️ Attic · motion detection off",
        "⛔ Yard · offline, battery low",
        "🟢 Garage · motion 21:51 (12 min ago)",
        "🪫 Hall · battery low",
    ]


def test_of_many_cameras_the_rest_is_a_command_away() -> None:
    home = scenes.at_home()
    many = {str(n): camera(f"Camera {n:02}") for n in range(14)}
    home.state = replace(home.state, cameras=many)
    assert "and 2 more: /cameras" in lines_of(home)


def test_an_ended_screen_says_so_and_has_no_buttons() -> None:
    page = screen.screen_ended(look())
    assert seen(page) == "💤 No longer kept up to date, since 22:03. /status shows how it is."
    assert pressable(page) == []
