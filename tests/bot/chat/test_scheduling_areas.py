"""The schedule of a home with several areas in chat: by text and by buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.inputs import Tick
from bot.pages import Press
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.test_scheduling import panel, pass_time, set_up, windows
from tests.bot.chat.written import CABIN, NETWORK, Talk, talk

HOUR = timedelta(hours=1)


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann, areas=("House", "Cabin")) as chat:
        set_up(chat)
        yield chat


def of_areas(chat: Talk) -> list[str]:
    return [window.area for window in chat.state.calendar.schedule.windows]


# -- by text ---------------------------------------------------------------------------------------


async def test_windows_of_one_area_and_of_all_are_added_and_changed(chat: Talk) -> None:
    await chat.write("/schedule add cabin fri 18:00-20:00 away")
    await chat.write("/schedule add daily 22:00-6:30 night")
    assert windows(chat) == ["1: fri 18:00-20:00 away", "2: daily 22:00-6:30 night"]
    assert of_areas(chat) == [CABIN, ""]
    await chat.write("/schedule change 2 in the house")
    await chat.write("/schedule change 1 all areas")
    assert of_areas(chat) == ["", NETWORK]
    await chat.write("/schedule")
    text = await chat.read("In all areas:\n 1 ····F·· 18:00-20:00 away\nIn House:\n 2 MTWTFSS")
    assert "Next: armed (night) in House at" in text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/schedule add shed fri 18:00-20:00 away", "The areas are: House, Cabin."),
        ("/schedule add cabin house fri 18:00-20:00 away", "of one area or of all areas"),
        ("/schedule add cabin fri 6:00-7:00 away", "(daily 22:00-6:30 night in all areas) both"),
        ("/schedule add cabin fri 23:00-5:00 night", "covers fri 23:00-5:00 night in Cabin"),
        ("/schedule change 1 all areas", "Window 1 is so already"),
        ("/schedule change 1 in atlantis", "The areas are: House, Cabin."),
        ("/schedule off cabin", "One window is paused alone: /schedule pause 1."),
        ("/schedule pause cabin", "Which window? There are: 1."),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    chat: Talk, text: str, answer: str
) -> None:
    await chat.write("/schedule add daily 22:00-6:30 night")
    before = chat.state.calendar
    await chat.write(text)
    await chat.read(answer)
    assert chat.state.calendar == before


async def test_all_areas_are_switched_off_and_on_together(chat: Talk) -> None:
    await chat.write("/schedule add daily 22:00-6:30 night in cabin")
    await chat.write("/schedule off in all areas")
    assert chat.state.calendar.schedule.off
    await chat.write("/schedule on cabin")
    await chat.read("One window is resumed alone: /schedule resume 1.")
    assert chat.state.calendar.schedule.off
    await chat.write("/schedule on all")
    assert not chat.state.calendar.schedule.off


async def test_the_week_of_the_house_leaves_the_cabin_alone(chat: Talk) -> None:
    start = chat.now.replace(second=0) + timedelta(minutes=30)
    minute = start.hour * 60 + start.minute
    span = f"{start:%H:%M}-{(minute + 60) % 1440 // 60}:{minute % 60:02}"
    await chat.write(f"/schedule add daily {span} night in house")
    await chat.write("/arm cabin")
    pass_time(chat, timedelta(minutes=31))
    assert (panel(chat), panel(chat, CABIN)) == ("night", "away")
    pass_time(chat, HOUR)
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "away")


# -- by the buttons of a window --------------------------------------------------------------------


async def test_a_window_is_given_to_an_area_by_a_button(chat: Talk) -> None:
    await chat.write("/schedule add fri 18:00-20:00 away")
    await chat.write("/schedule")
    page = await chat.telegram.wait_for("MTWTFSS", chat=chat.ann.chat)
    await chat.press(Press.WINDOW, "1.16.1080.1200.away", page.id)
    await chat.read("✏️ Window 1: fri 18:00-20:00 away")
    await chat.press(Press.WINDOW, f"1.16.1080.1200.away.{CABIN}", page.id)
    await chat.read("✏️ Window 1: fri 18:00-20:00 away in Cabin")
    assert of_areas(chat) == [""]
    await chat.press(Press.SAVE_WINDOW, f"1.16.1080.1200.away.{CABIN}", page.id)
    assert of_areas(chat) == [CABIN]
    await chat.press(Press.PAUSE_WINDOW, "1.16.1080.1200.away", page.id)
    await chat.read("has changed meanwhile")
    await chat.press(Press.PAUSE_WINDOW, f"1.16.1080.1200.away.{CABIN}", page.id)
    assert windows(chat) == ["1: fri 18:00-20:00 away (paused)"]
    await chat.press(Press.REMOVE_WINDOW, f"1.16.1080.1200.away.{CABIN}", page.id)
    assert windows(chat) == []


async def test_a_button_of_an_area_that_is_not_there_is_refused(chat: Talk) -> None:
    await chat.press(Press.SAVE_WINDOW, "0.16.1080.1200.away.51009")
    await chat.read("That area is not known here.")
    assert windows(chat) == []


# -- by the buttons of notices ---------------------------------------------------------------------


async def test_not_tonight_and_in_an_hour_are_about_the_areas_of_their_notice(chat: Talk) -> None:
    start = chat.now.replace(second=0, microsecond=0) + timedelta(minutes=8)
    minute = start.hour * 60 + start.minute
    await chat.press(Press.SAVE_WINDOW, f"0.127.{minute}.{(minute + 300) % 1440}.away")
    chat.rooms.controller.apply(Tick())
    await chat.press(Press.SKIP_ARMING, f"{start.timestamp():.0f}:{CABIN}")
    await chat.press(Press.ARM_LATER, f"{start.timestamp():.0f}:{NETWORK}")
    pass_time(chat, timedelta(minutes=30))
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "disarmed")
    pass_time(chat, HOUR)
    assert (panel(chat), panel(chat, CABIN)) == ("away", "disarmed")


async def test_keep_and_longer_are_about_the_areas_of_their_notice(chat: Talk) -> None:
    await chat.write("/arm for 2h")
    hold = chat.state.areas[NETWORK].timing.hold
    assert hold is not None
    await chat.press(Press.PROLONG, f"{hold.until.timestamp():.0f}:{CABIN}")
    pass_time(chat, 2 * HOUR + timedelta(minutes=1))
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "away")
    await chat.press(Press.KEEP, f"{(hold.until + HOUR).timestamp():.0f}:{CABIN},{NETWORK}")
    pass_time(chat, 2 * HOUR)
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "away")


async def test_calling_off_one_planned_arming_leaves_the_other(chat: Talk) -> None:
    await chat.write("/arm house in 10m")
    await chat.write("/arm cabin in 20m")
    await chat.press(Press.DROP_PLAN, f":{NETWORK}")
    pass_time(chat, timedelta(minutes=21))
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "away")


async def test_help_tells_of_areas_where_there_are_several(chat: Talk) -> None:
    await chat.write("/help schedule")
    page = await chat.telegram.wait_for("in cabin: for one area alone", chat=chat.ann.chat)
    await chat.press(Press.HELP, "guarding", page.id)
    await chat.read("/arm cabin, /disarm cabin")
