"""What is said of single cameras: left out, by a rule of their own, never counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm, Disarm, LeaveOut
from alarm.core.deliveries import WordsBody, say
from alarm.core.events import Camera
from alarm.core.notices import Notice
from alarm.core.settings import CameraRule, Mode, TriggerRule
from alarm.core.state import Area
from bot.words import left_out, status
from bot.words.alert import alert
from bot.words.notices import sentence
from bot.words.readiness import weak_points
from tests.bot.words.looks import look, pressable, seen
from tests.bot.words.scenes import armed
from tests.core.home import GARDEN, HOUSE, MINUTE, Home, clip


def with_cameras(**changes: bool) -> Home:
    home = armed()
    cameras = {i: Camera(i, HOUSE, n) for i, n in (("1", "Hall"), ("2", "Garage"))}
    cameras["2"] = replace(cameras["2"], **changes)  # type: ignore[arg-type]
    home.state = replace(home.state, cameras=cameras)
    return home


def weak(home: Home) -> list[str]:
    return weak_points(home.state, look(home.now))


def answered(home: Home, notice: Notice) -> str:
    (words,) = {
        d.body.words.notice: d.body.words
        for d in home.effects
        if isinstance(d.body, WordsBody) and d.body.words.notice is notice
    }.values()
    return seen(sentence(words, home.state, look(home.now)))


def test_readiness_names_what_is_left_out_and_until_when() -> None:
    home = with_cameras()
    home.do(LeaveOut(home.actor(), "2"))
    assert "Left out: Garage until the next disarm." in weak(home)
    home.do(LeaveOut(home.actor(), "1", 30 * MINUTE))
    (line,) = [line for line in weak(home) if line.startswith("Left out")]
    until = f"{(home.now + 30 * MINUTE).astimezone(look(home.now).zone):%H:%M}"
    assert line == f"Left out: Hall until {until}, Garage until the next disarm."


def test_with_every_camera_left_out_nobody_watches() -> None:
    home = with_cameras()
    assert weak(home) == []
    for camera in ("1", "2"):
        home.do(LeaveOut(home.actor(), camera))
    assert any("NOT WATCHING" in line and "No camera counts" in line for line in weak(home))


@pytest.mark.parametrize("trouble", [{"online": False}, {"enabled": False}, {"battery_low": True}])
def test_a_camera_that_does_not_count_in_the_mode_is_not_complained_about(
    trouble: dict[str, bool],
) -> None:
    home = with_cameras(**trouble)
    assert any("Garage" in line for line in weak(home))
    night = replace(home.state.settings.mode(Mode.NIGHT), cameras=frozenset({"1"}))
    home.state = replace(home.state, settings=home.state.settings.with_mode(Mode.NIGHT, night))
    home.do(Arm(home.actor(), Mode.NIGHT))
    assert not any("Garage" in line for line in weak(home))


def test_more_cameras_wanted_than_count_is_told_as_blindness() -> None:
    home = with_cameras()
    away = replace(home.state.settings.mode(Mode.AWAY), distinct=2)
    home.state = replace(home.state, settings=home.state.settings.with_mode(Mode.AWAY, away))
    assert weak(home) == []
    home.do(LeaveOut(home.actor(), "2"))
    (line,) = [line for line in weak(home) if "NOT WATCHING" in line]
    assert "2 different cameras must see motion, and only 1 can" in line


def test_cameras_offers_each_by_a_button_and_tells_how_it_counts() -> None:
    home = with_cameras()
    home.do(LeaveOut(home.actor(), "2"))
    rules = {"1": CameraRule(TriggerRule(1))}
    home.state = replace(home.state, settings=replace(home.state.settings, cameras=rules))
    shown = status.cameras(home.state, look(home.now))
    assert sorted(pressable(shown)) == ["Garage", "Hall"]
    assert "left out until the next disarm" in seen(shown)
    assert "rule: its own, 1 event" in seen(shown)


def test_the_page_of_a_camera_offers_what_makes_sense_now() -> None:
    home = with_cameras()
    hall, garage = home.state.cameras["1"], home.state.cameras["2"]
    home.do(LeaveOut(home.actor(), "2"))
    rules = {"1": CameraRule()}
    home.state = replace(home.state, settings=replace(home.state.settings, cameras=rules))
    view = look(home.now)
    of_hall, of_garage = (left_out.camera_page(c, home.state, view) for c in (hall, garage))
    assert "Count it again" in pressable(of_garage)
    assert "Rule of the mode" not in pressable(of_garage)
    assert "Leave out until disarm" in pressable(of_hall)
    assert "Rule of the mode" in pressable(of_hall)
    assert "Never counts, only shown" not in pressable(of_hall)
    assert all(len(b.data.encode()) <= 64 for row in of_hall.buttons for b in row)


def test_a_disarm_names_what_counts_again_and_what_stays_armed() -> None:
    home = with_cameras()
    home.do(LeaveOut(home.actor(), "2"))
    home.effects.clear()
    home.state = replace(
        home.state, areas={**home.state.areas, GARDEN: replace(home.area, network_id=GARDEN)}
    )
    home.do(Disarm(home.actor(), area=HOUSE))
    text = answered(home, Notice.DISARMED)
    assert text.startswith("🔓 Now disarmed")
    assert "Counts again: Garage." in text
    assert "Now armed" in text


def test_the_alert_tells_apart_what_never_counts() -> None:
    home = with_cameras()
    rules = {"2": CameraRule()}
    home.state = replace(home.state, settings=replace(home.state.settings, cameras=rules))
    home.see(clip(home.now, 1, camera="1"), clip(home.now, 2, camera="1"))
    home.see(clip(home.now, camera="2"))
    text = seen(alert(home.incident, home.state, look(home.now)))
    assert "2 events" in text
    assert "Also seen, never counts: 2" in text


def test_an_area_that_is_empty_complains_of_nothing() -> None:
    home = with_cameras()
    areas = {**home.state.areas, GARDEN: Area(GARDEN, "Garden")}
    home.state = replace(home.state, areas=areas)
    assert not any("No camera counts" in line for line in weak(home))


def test_one_that_counts_again_because_nothing_else_could_ring_says_why() -> None:
    words = say(Notice.COUNTS_AGAIN, camera="Hall", why="last", mode="night")
    text = seen(sentence(words, armed().state, look(armed().now)))
    assert text == (
        "👁 Counts again: Hall, because without it nothing could raise the alarm in mode night."
    )


@pytest.mark.parametrize(
    ("seconds", "how_long"),
    [(1800.0, "for 30 min"), (1830.5, "until 22:33"), (None, "until the next disarm")],
)
def test_a_time_is_said_as_it_was_written(seconds: float | None, how_long: str) -> None:
    until = "2026-03-04T21:33:40+00:00"
    words = say(Notice.LEFT_OUT, camera="Hall", seconds=seconds, until=until)
    text = seen(sentence(words, armed().state, look()))
    assert text.startswith(f"🙈 Left out: Hall {how_long}.")
