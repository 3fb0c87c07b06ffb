"""The home screen, and the answers to /cameras and /threshold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from alarm.core.settings import TriggerRule
from alarm.core.state import Health, Login, LoginStatus, State
from bot.words import phones, screen, status
from bot.words.view import View
from tests.bot.words import scenes
from tests.bot.words.looks import NIGHT, camera, look, pressable, seen, well, without_icon
from tests.core.home import HOUR, MINUTE, SECOND, Home, clip

STATE_WORD = re.compile(r"\b(disarmed|arming|armed|pending|triggered)\b", re.IGNORECASE)


def status_of(home: Home, **changes: Any) -> str:
    return seen(screen.status(home.state, look(home.now, **changes)))


@pytest.mark.parametrize("make", scenes.SCENES.values())
def test_the_state_of_the_panel_is_the_first_word_and_the_first_of_the_five(
    make: Callable[[], Home],
) -> None:
    home = make()
    text = status_of(home)
    found = STATE_WORD.search(text)
    assert found is not None
    assert found[1].casefold() == home.area.panel.value
    assert without_icon(text).startswith(f"Now {found[1]}")


def test_a_home_in_order_is_told_in_a_few_lines() -> None:
    home = scenes.armed()
    home.wait(3 * HOUR)
    home.state = well(home.state)
    assert status_of(home, version="1.2") == (
        "🔒 Now armed since Wed 22:03 by Ann\n"
        "✅ Everything works.\n"
        "\n"
        "Cameras: 2 of 2 ready\n"
        "🟢 Garage\n"
        "🟢 Hall\n"
        "\n"
        "Blink: answered 8 s ago\n"
        "Phone: calls Phone 1 (+49 ... 01), then Phone 2 (+49 ... 02)\n"
        "Rule: 2 events within 2 min\n"
        "Last test call: none yet. /contacts makes one.\n"
        "\n"
        "Blink Alarm 1.2"
    )


def test_a_program_that_never_saw_blink_has_a_status() -> None:
    text = seen(screen.status(State(), look(polled_at=None)))
    assert text.startswith("🔓 Now disarmed\n⚠️ ")
    assert "Everything works" not in text
    assert "Blink: not logged in" in text
    assert "Cameras: none known yet" in text
    assert "chat only: no phone will ring" in text


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"polled_at": NIGHT - 2 * MINUTE}, "Blink: answered 2 min ago"),
        ({"polled_at": None}, "Blink: not asked yet"),
    ],
)
def test_the_age_of_the_last_look_at_blink_is_told(changes: dict[str, Any], line: str) -> None:
    assert line in status_of(scenes.at_home(), **changes).splitlines()


def test_trouble_comes_right_after_the_state() -> None:
    home = scenes.armed()
    home.state = replace(home.state, cameras={"g": camera("Garage", online=False)})
    assert status_of(home).splitlines()[1].startswith("⚠️ Offline: Garage.")
    assert "Everything works" not in status_of(home)


def test_cameras_that_are_not_checked_say_how_old_their_list_is() -> None:
    home = scenes.at_home()
    health = Health(devices_blind_since=NIGHT - 12 * MINUTE, devices_blind_reason="silent")
    home.state = replace(home.state, health=health)
    text = status_of(home)
    old = "ready when last checked, before 21:51 (12 min ago)"
    assert f"Cameras: 2 of 2 {old}" in text.splitlines()
    assert "Everything works" not in text
    cameras = seen(status.cameras(home.state, look(home.now)))
    assert cameras.startswith(f"2 of 2 cameras {old}\n")


def test_commands_that_are_not_heard_are_no_home_in_order() -> None:
    home = scenes.at_home()
    home.state = replace(home.state, health=Health(deaf_since=NIGHT, deaf_reason="silent"))
    assert "Commands are not heard since 22:03" in status_of(home)
    assert "Everything works" not in status_of(home)


@pytest.mark.parametrize("make", [scenes.pending, scenes.alarmed, scenes.acknowledged])
def test_nothing_is_called_fine_while_an_alarm_is_on(make: Callable[[], Home]) -> None:
    assert "✅" not in status_of(make())


@pytest.mark.parametrize(
    ("make", "buttons"),
    [
        (scenes.disarmed, ["Arm", "Refresh"]),
        (scenes.arming, ["Disarm", "Refresh"]),
        (scenes.armed, ["Disarm", "Refresh"]),
        (scenes.pending, ["Disarm", "Refresh"]),
        (scenes.ringing, ["Acknowledge", "False alarm", "Disarm", "Refresh"]),
        (scenes.acknowledged, ["False alarm", "Disarm", "Refresh"]),
        (scenes.judged, ["Disarm", "Refresh"]),
        (scenes.drilled, ["Arm", "Refresh"]),
    ],
)
def test_the_buttons_are_what_the_moment_asks_for(
    make: Callable[[], Home], buttons: list[str]
) -> None:
    home = make()
    assert pressable(screen.status(home.state, look(home.now))) == buttons


def test_a_login_that_is_needed_is_one_press_away() -> None:
    state = replace(well(), login=Login(LoginStatus.CODE_LOST))
    assert pressable(screen.status(state, look())) == ["Send a new code", "Arm", "Refresh"]


def test_a_doubtful_state_offers_both_answers() -> None:
    state = replace(well(), in_doubt=True)
    assert pressable(screen.status(state, look())) == ["Arm", "Disarm", "Refresh"]


def test_a_blink_that_is_still_armed_after_a_disarm_is_told() -> None:
    home = scenes.armed()
    home.disarm()
    assert "Blink itself is not disarmed yet: it may still record." in status_of(home)


@pytest.mark.parametrize(
    ("make", "story"),
    [
        (scenes.alarmed, "Last alarm: 22:07 (just now), Garage, Hall (2), nobody has acknowledged"),
        (
            scenes.acknowledged,
            "Last alarm: 22:07 (30 s ago), Garage, Hall (2), acknowledged by Ann",
        ),
        (scenes.judged, "Last alarm: 22:07 (30 s ago), Garage, Hall (2), false alarm (Ann)"),
        (scenes.drilled, "Last test: 22:03 (just now), nobody has acknowledged"),
    ],
)
def test_the_last_incident_is_told_with_what_became_of_it(
    make: Callable[[], Home], story: str
) -> None:
    assert story in status_of(make()).splitlines()


def test_an_alarm_that_a_disarm_or_time_ended_is_told_so() -> None:
    home = scenes.alarmed()
    home.disarm()
    assert "Hall (2), disarmed by Ann" in status_of(home)
    home = scenes.acknowledged()
    home.wait(31 * MINUTE)
    assert "Hall (2), closed by itself" in status_of(home)


# -- phones ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (look(), "Phone: calls Phone 1 (+49 ... 01), then Phone 2 (+49 ... 02)"),
        (look(phone_ready=False), "Phone: chat only: no phone will ring"),
    ],
)
def test_numbers_are_masked_and_silence_is_told(view: View, line: str) -> None:
    assert phones.contacts_line(well(), view) == line


# -- cameras ---------------------------------------------------------------------------------------


def test_cameras_are_listed_troubled_ones_first() -> None:
    state = replace(
        well(),
        cameras={
            "a": camera("Attic"),
            "g": camera("Garage", online=False, battery_low=True),
            "s": camera("Shed", enabled=False),
        },
    )
    assert seen(status.cameras(state, look())) == (
        "1 of 3 cameras ready\n"
        "⚠️ Garage: OFFLINE, check batteries, power and Wi-Fi; motion detection on; "
        "BATTERY LOW, change it soon\n"
        "⚠️ Shed: online; motion detection OFF, switch it on in the Blink app\n"
        "✅ Attic: online; motion detection on"
    )


def test_the_last_known_motion_of_a_camera_is_told() -> None:
    home = scenes.armed()
    home.see(clip(home.now - 20 * SECOND, camera="garage"))
    text = seen(status.cameras(home.state, look(home.now)))
    assert "✅ Garage: online; motion detection on. Last motion 22:06 (20 s ago)" in text
    assert "✅ Hall: online; motion detection on\n" in f"{text}\n"


def test_without_cameras_the_cause_is_told() -> None:
    state = replace(well(), cameras={}, login=Login(LoginStatus.CODE_PENDING))
    text = seen(status.cameras(state, look()))
    assert text.startswith("No cameras known yet.\n⚠️ Blink sent a code")


def test_a_house_full_of_cameras_fits_into_one_message() -> None:
    many = {str(n): camera(f"Camera {n:03} {'x' * 40}", online=False) for n in range(200)}
    text = seen(status.cameras(replace(well(), cameras=many), look()))
    assert text.startswith("0 of 200 cameras ready\n")
    assert re.search(r"\n… and \d+ more lines$", text)


# -- the rule --------------------------------------------------------------------------------------


def test_the_rule_is_explained_with_how_to_change_it() -> None:
    text = seen(status.threshold(well(), look()))
    assert text.startswith("Rule: 2 events within 2 min.\n")
    assert "motion 2 times within 2 min while armed" in text
    assert "/threshold 3 in 2m" in text
    assert "1 to 50 events within 10 s to 60 min" in text


def test_a_rule_of_one_event_needs_no_time() -> None:
    home = scenes.at_home()
    home.set_rule(TriggerRule(1))
    text = seen(status.threshold(home.state, look()))
    assert text.startswith("Rule: 1 event.\nThe alarm starts with the first motion")
