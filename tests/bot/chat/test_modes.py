"""Setting up home and night in chat, by buttons and by words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState, TriggerRule
from bot.pages import Press
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN
from tests.bot.chat.written import CABIN, NETWORK, Talk, talk


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann) as chat:
        yield chat


@pytest.fixture
async def two_areas(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann, areas=("House", "Cabin")) as chat:
        yield chat


def panel(chat: Talk, network: str = NETWORK) -> PanelState:
    return chat.state.areas[network].panel


async def test_the_first_arm_night_asks_and_done_arms(chat: Talk) -> None:
    await chat.write("/arm night")
    assert panel(chat) is PanelState.DISARMED
    assert chat.waiting(Notice.WHICH_CAMERAS)
    assert chat.state.choices[str(ANN)].cameras == frozenset()
    await chat.press(Press.CAMERA, "night:1:hall")
    await chat.press(Press.CAMERA, "night:1:yard")
    await chat.press(Press.CAMERA, "night:0:yard")
    assert panel(chat) is PanelState.DISARMED
    await chat.press(Press.CAMERAS_DONE, "night")
    assert chat.state.settings.modes[Mode.NIGHT].cameras == frozenset({"hall"})
    assert (panel(chat), chat.state.areas[NETWORK].mode) == (PanelState.ARMED, Mode.NIGHT)
    assert chat.state.choices == {}
    await chat.write("/disarm")
    await chat.write("/arm night")
    assert panel(chat) is PanelState.ARMED


async def test_done_without_a_camera_asks_once_more_and_arms_nothing(chat: Talk) -> None:
    await chat.write("/arm home")
    await chat.press(Press.CAMERAS_DONE, "home")
    assert Mode.HOME not in chat.state.settings.modes
    assert panel(chat) is PanelState.DISARMED
    assert chat.state.choices[str(ANN)].arm


async def test_a_page_that_outlived_its_choice_begins_a_new_one(chat: Talk) -> None:
    await chat.write("/arm night")
    await chat.press(Press.CAMERA, "night:1:hall")
    await chat.press(Press.CAMERAS_DONE, "night")
    await chat.press(Press.CAMERA, "night:1:garage")
    assert chat.state.settings.modes[Mode.NIGHT].cameras == frozenset({"hall"})
    await chat.press(Press.CAMERAS_DONE, "night")
    assert chat.state.settings.modes[Mode.NIGHT].cameras == frozenset({"garage", "hall"})
    assert chat.state.areas[NETWORK].spans[-1].cameras == frozenset({"garage", "hall"})


async def test_a_camera_that_is_no_more_cannot_be_ticked(chat: Talk) -> None:
    await chat.write("/arm night")
    await chat.press(Press.CAMERA, "night:1:gone")
    assert chat.state.choices[str(ANN)].cameras == frozenset()


async def test_the_area_that_was_named_first_is_armed_after_the_question(two_areas: Talk) -> None:
    chat = two_areas
    await chat.write("/arm cabin night")
    await chat.press(Press.CAMERA, "night:1:hall")
    await chat.press(Press.CAMERAS_DONE, "night")
    assert (panel(chat), panel(chat, CABIN)) == (PanelState.DISARMED, PanelState.ARMED)


async def test_areas_are_armed_and_disarmed_by_name(two_areas: Talk) -> None:
    chat = two_areas
    await chat.write("/arm cabin")
    assert (panel(chat), panel(chat, CABIN)) == (PanelState.DISARMED, PanelState.ARMING)
    await chat.write("/arm garage")
    assert "House" in await chat.read("No area is called garage")
    await chat.write("/arm")
    await chat.write("/disarm cabin")
    assert (panel(chat), panel(chat, CABIN)) == (PanelState.ARMING, PanelState.DISARMED)
    await chat.write("/disarm shed")
    await chat.read("Nothing was changed: “shed” is no area here. Which one?")
    assert [[b.text for b in row] for row in chat.ann.chat.last.buttons] == [
        ["Disarm House"],
        ["Disarm"],
    ]
    assert panel(chat) is PanelState.ARMING
    await chat.press(Press.DISARM_AREA, CABIN)
    assert panel(chat) is PanelState.ARMING
    await chat.press(Press.CANCEL, CABIN)
    assert panel(chat) is PanelState.ARMING
    await chat.press(Press.CANCEL)
    assert panel(chat) is PanelState.DISARMED


async def test_settings_of_a_mode_that_is_not_set_up_ask_for_its_cameras_first(chat: Talk) -> None:
    for text in ("/threshold night 3 in 2m", "/mode night exit delay 30s", "/distinct night 2"):
        await chat.write(text)
        assert Mode.NIGHT not in chat.state.settings.modes
        assert not chat.state.choices[str(ANN)].arm
    await chat.press(Press.CAMERA, "night:1:hall")
    await chat.press(Press.CAMERAS_DONE, "night")
    assert panel(chat) is PanelState.DISARMED


async def test_every_setting_of_a_mode_is_changed_by_words(chat: Talk) -> None:
    for text in (
        "/mode night cameras hall, gar",
        "/threshold night 3 in 5m",
        "/mode night exit delay 30s",
        "/mode night entry delay 20s",
        "/distinct night 2",
    ):
        await chat.write(text)
    night = chat.state.settings.modes[Mode.NIGHT]
    assert night.cameras == frozenset({"garage", "hall"})
    assert night.rule == TriggerRule(3, timedelta(minutes=5))
    assert (night.exit_delay, night.entry_delay) == (timedelta(seconds=30), timedelta(seconds=20))
    assert night.distinct == 2
    assert chat.state.settings.modes[Mode.AWAY].rule == TriggerRule()
    await chat.write("/distinct night off")
    assert chat.state.settings.modes[Mode.NIGHT].distinct == 1
    await chat.write("/threshold 1")
    assert chat.state.settings.modes[Mode.AWAY].rule.threshold == 1


async def test_settings_of_a_mode_are_one_button_away(chat: Talk) -> None:
    await chat.write("/mode night cameras hall")
    await chat.press(Press.SET, "night-entry-delay=15 s")
    assert chat.state.settings.modes[Mode.NIGHT].entry_delay == timedelta(seconds=15)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/mode evening", "Write /mode night"),
        ("/mode night colour blue", "no such setting"),
        ("/mode away exit delay", "Write /mode night"),
        ("/mode away exit delay 6m", "The exit delay must be 0 s to 5 min"),
        ("/mode away entry delay 241s", "The entry delay must be 0 s to 4 min"),
        ("/mode away exit delay soon", "Write a time like"),
        ("/mode away cameras hall", "every camera counts"),
        ("/mode away cameras", "every camera counts"),
        ("/mode night cameras attic", "There are: Garage, Hall, Yard"),
        ("/mode night cameras ,", "Write /mode night"),
        ("/distinct", "different cameras must see"),
        ("/distinct 0", "must be 1 to 10"),
        ("/distinct 11", "must be 1 to 10"),
        ("/distinct many", "1 to 10"),
        ("/threshold away 51", "1 to 50 events"),
    ],
)
async def test_bad_values_get_the_allowed_range_and_change_nothing(
    chat: Talk, text: str, answer: str
) -> None:
    before = chat.state.settings
    await chat.write(text)
    await chat.read(answer)
    assert chat.state.settings is before


@pytest.mark.parametrize(
    ("press", "about"),
    [
        (Press.MODE, "noon"),
        (Press.MODE_CAMERAS, "away"),
        (Press.CAMERA, "night"),
        (Press.CAMERAS_DONE, ""),
    ],
)
async def test_a_button_that_nobody_made_changes_nothing(
    chat: Talk, press: Press, about: str
) -> None:
    before = chat.state.settings
    await chat.press(press, about)
    await chat.read("✋")
    assert chat.state.settings is before


async def test_mode_shows_every_mode_and_the_values_in_force(chat: Talk) -> None:
    await chat.write("/mode")
    text = await chat.read("Modes")
    assert "Night: not set up yet" in text
    await chat.write("/mode night cameras hall")
    await chat.write("/mode night entry delay 20s")
    await chat.write("/mode night")
    text = await chat.read("Night, when you are asleep")
    assert "Cameras: Hall" in text
    assert "Entry delay: 20 s" in text
