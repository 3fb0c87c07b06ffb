"""Leaving cameras out and giving them a rule of their own, by buttons and by words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.events import Camera
from alarm.core.left_out import Bypass, BypassKind
from alarm.core.settings import CameraRule, Mode, TriggerRule
from alarm.core.state import Area
from bot.pages import Press
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.written import CABIN, NETWORK, Talk, talk


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    cameras = ("Front door", "Garage", "Garden 2")
    async with talk(tmp_path, telegram, blink, ann, cameras=cameras) as chat:
        yield chat


def left_out(chat: Talk) -> dict[str, Bypass]:
    return {b.camera_id: b for b in chat.state.areas[NETWORK].bypasses if b.until is None}


async def test_bypass_holds_until_the_next_disarm(chat: Talk) -> None:
    await chat.write("/bypass garage")
    assert left_out(chat)["garage"].kind is BypassKind.UNTIL_DISARM
    await chat.write("/disarm")
    assert left_out(chat) == {}


@pytest.mark.parametrize(
    ("text", "camera", "minutes"),
    [
        ("/snooze garage 30m", "garage", 30),
        ("/snooze Garden 2 1h", "garden 2", 60),
        ("/snooze front door 1 h 30 min", "front door", 90),
        ("/snooze garage for 10m", "garage", 10),
        ("/snooze garage 1m", "garage", 1),
        ("/snooze garage 7d", "garage", 7 * 24 * 60),
    ],
)
async def test_snooze_holds_for_a_time(chat: Talk, text: str, camera: str, minutes: int) -> None:
    now = chat.now
    await chat.write(text)
    deadline = left_out(chat)[camera].deadline
    assert deadline is not None
    assert abs(deadline - now - timedelta(minutes=minutes)) < timedelta(seconds=5)


async def test_unbypass_ends_it_and_alone_ends_the_only_one(chat: Talk) -> None:
    for text in ("/bypass garage", "/snooze front door 1h", "/unbypass front", "/unbypass"):
        await chat.write(text)
    assert left_out(chat) == {}
    await chat.write("/unbypass")
    await chat.read("all count")


async def test_unbypass_all_ends_every_one_and_bypass_all_is_refused(chat: Talk) -> None:
    await chat.write("/unbypass all")
    await chat.read("No camera is left out: all count.")
    for text in ("/bypass garage", "/snooze front door 1h", "/unbypass all"):
        await chat.write(text)
    assert left_out(chat) == {}
    for text in ("/bypass all", "/snooze all cameras 1h"):
        await chat.write(text)
        await chat.read("Without a camera nothing watches. To stop guarding write /disarm.")
        assert left_out(chat) == {}


async def test_two_cameras_of_one_name_are_told_apart_by_their_areas(chat: Talk) -> None:
    house = chat.state.areas[NETWORK]
    areas = {NETWORK: house, CABIN: Area(CABIN, "Cabin")}
    cameras = {
        "h1": Camera("h1", NETWORK, "Hall"),
        "h2": Camera("h2", CABIN, "Hall"),
    }
    chat.rooms.controller.state = replace(chat.state, areas=areas, cameras=cameras)
    await chat.write("/bypass hall")
    await chat.read("Which one? Hall (House), Hall (Cabin)")
    await chat.write("/bypass hall (cabin)")
    assert [b.camera_id for b in chat.state.areas[CABIN].bypasses] == ["h2"]
    assert chat.state.areas[NETWORK].bypasses == ()
    await chat.write("/unbypass hall")
    assert [b for b in chat.state.areas[CABIN].bypasses if b.until is None] == []
    await chat.write("/unbypass hall")
    await chat.write("/bypass cabin hall")
    await chat.write("/status")
    text = await chat.read("Cameras: 2 of 2 ready")
    assert "🟢 Hall (House)" in text
    assert "⏸ Hall (Cabin) · left out" in text
    await chat.write("/cameras")
    await chat.read("2 of 2 cameras ready")
    labels = [b.text for row in chat.ann.chat.last.buttons for b in row]
    assert labels == ["Hall (House)", "Hall (Cabin)"]
    await chat.write("/mode home cameras cabin hall, hall house")
    assert chat.state.settings.modes[Mode.HOME].cameras == frozenset({"h1", "h2"})


async def test_buttons_leave_a_camera_out_and_let_it_count_again(chat: Talk) -> None:
    await chat.press(Press.CAMERAS)
    await chat.press(Press.CAMERA_PAGE, "garage")
    await chat.press(Press.LEAVE_OUT, "30:garage")
    assert left_out(chat)["garage"].kind is BypassKind.TIMED
    await chat.press(Press.LEAVE_OUT, "0:garage")
    assert left_out(chat)["garage"].kind is BypassKind.UNTIL_DISARM
    await chat.press(Press.COUNT_AGAIN, "garage")
    assert left_out(chat) == {}


async def test_a_camera_gets_a_rule_of_its_own_by_words(chat: Talk) -> None:
    await chat.write("/camera front door rule 1")
    await chat.write("/camera garden 2 rule 3 in 5m")
    await chat.write("/camera garage never")
    assert chat.state.settings.cameras == {
        "front door": CameraRule(TriggerRule(1)),
        "garden 2": CameraRule(TriggerRule(3, timedelta(minutes=5))),
        "garage": CameraRule(),
    }
    await chat.write("/camera front door default")
    assert "front door" not in chat.state.settings.cameras
    await chat.write("/camera garage")
    await chat.read("Garage: never counts, is only shown.")


async def test_a_camera_gets_a_rule_of_its_own_by_buttons(chat: Talk) -> None:
    await chat.press(Press.CAMERA_RULE, "1:front door")
    await chat.press(Press.CAMERA_RULE, "never:garage")
    assert chat.state.settings.cameras == {
        "front door": CameraRule(TriggerRule(1)),
        "garage": CameraRule(),
    }
    await chat.press(Press.CAMERA_RULE, "default:garage")
    assert list(chat.state.settings.cameras) == ["front door"]


async def test_swinger_is_a_setting(chat: Talk) -> None:
    await chat.write("/swinger 3")
    assert chat.state.settings.swinger == 3
    await chat.write("/swinger off")
    assert chat.state.settings.swinger == 0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/bypass", "Which camera?"),
        ("/bypass attic", "There are: Front door, Garage, Garden 2"),
        ("/bypass gar", "More than one camera fits"),
        ("/snooze", "/snooze Garage 30m"),
        ("/snooze garage", "/snooze Garage 30m"),
        ("/snooze garage 59s", "1 min to 7 days"),
        ("/snooze garage 8d", "1 min to 7 days"),
        ("/snooze 30m", "Which camera?"),
        ("/camera", "/camera Garage rule 1"),
        ("/camera garage rule", "/camera Garage rule 1"),
        ("/camera garage rule 51", "like /camera Garage rule 3 in 2m"),
        ("/camera attic never", "There are: Front door"),
        ("/swinger", "1 to 6, or off"),
        ("/swinger 7", "1 to 6"),
        ("/swinger often", "1 to 6, or off"),
    ],
)
async def test_bad_words_get_the_range_and_change_nothing(
    chat: Talk, text: str, answer: str
) -> None:
    before = chat.state.settings, chat.state.areas
    await chat.write(text)
    await chat.read(answer)
    assert (chat.state.settings, chat.state.areas) == before


@pytest.mark.parametrize(
    ("press", "about"),
    [
        (Press.CAMERA_PAGE, "gone"),
        (Press.LEAVE_OUT, "garage"),
        (Press.LEAVE_OUT, "-1:garage"),
        (Press.LEAVE_OUT, "99999:garage"),
        (Press.CAMERA_RULE, "1:gone"),
        (Press.CAMERA_RULE, "often:garage"),
    ],
)
async def test_a_button_that_nobody_made_changes_nothing(
    chat: Talk, press: Press, about: str
) -> None:
    before = chat.state.settings, chat.state.areas
    await chat.press(press, about)
    await chat.read("✋")
    assert (chat.state.settings, chat.state.areas) == before
