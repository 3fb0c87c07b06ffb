"""The schedule, timed commands and vacation in chat: by text and by buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.inputs import ClockConfirmed, Tick
from alarm.core.notices import Notice
from alarm.core.schedule.notation import written
from alarm.core.settings import Mode, ModeSettings, PanelState
from bot.pages import Press
from bot.words.window_editor import about
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.written import CABIN, NETWORK, Talk, talk

HOUR = timedelta(hours=1)


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann) as chat:
        set_up(chat)
        yield chat


@pytest.fixture
async def two_areas(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann, areas=("House", "Cabin")) as chat:
        set_up(chat)
        yield chat


def set_up(chat: Talk) -> None:
    """Set up night, and let a cloud confirm the clock."""
    controller = chat.rooms.controller
    night = ModeSettings(exit_delay=timedelta(0), cameras=frozenset({"hall"}))
    settings = controller.state.settings.with_mode(Mode.NIGHT, night)
    controller.state = replace(controller.state, settings=settings)
    controller.apply(ClockConfirmed(timedelta(0)))


def windows(chat: Talk) -> list[str]:
    return [f"{w.id}: {written(w)}" for w in chat.state.calendar.schedule.windows]


def is_off(chat: Talk) -> bool:
    return chat.state.calendar.schedule.off


def panel(chat: Talk, network: str = NETWORK) -> str:
    area = chat.state.areas[network]
    return area.panel.value if area.panel is PanelState.DISARMED else area.mode.value


def pass_time(chat: Talk, by: timedelta) -> None:
    chat.rooms.clock.passed += by
    chat.rooms.controller.apply(Tick())


# -- by text ---------------------------------------------------------------------------------------


async def test_windows_are_added_changed_paused_and_removed_by_text(chat: Talk) -> None:
    await chat.write("/schedule add mon-fri 22:00-6:30 night")
    await chat.write("/schedule add sat,sun 9:00-17:00 away")
    assert windows(chat) == ["1: mon-fri 22:00-6:30 night", "2: sat,sun 9:00-17:00 away"]
    await chat.write("/schedule change 2 10:00-17:00")
    await chat.write("/schedule pause 1")
    assert windows(chat) == ["1: mon-fri 22:00-6:30 night (paused)", "2: sat,sun 10:00-17:00 away"]
    await chat.write("/schedule resume 1")
    await chat.write("/schedule remove 2")
    assert windows(chat) == ["1: mon-fri 22:00-6:30 night"]
    await chat.write("/schedule off")
    assert is_off(chat)
    await chat.write("/schedule on")
    assert not is_off(chat)
    await chat.write("/schedule off")
    assert is_off(chat)
    assert chat.waiting(Notice.SCHEDULE_CHANGED)


async def test_schedule_alone_shows_the_week(chat: Talk) -> None:
    await chat.write("/schedule add mon-fri 22:00-6:30 night")
    await chat.write("/schedule")
    text = await chat.read("MTWTFSS")
    assert " 1 MTWTF·· 22:00-06:30 night" in text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/schedule sometimes", "Write /schedule add mon-fri"),
        ("/schedule add", "From when to when"),
        ("/schedule add mon-fri 22:00-6:30", "In which mode"),
        ("/schedule add fri 6:00-7:00 away", "both want Fri 06:00-06:30"),
        ("/schedule add fri 23:00-5:00 night", "covers fri 23:00-5:00 night already"),
        ("/schedule remove", "Which window? There are: 1."),
        ("/schedule remove 7", "There is no window 7. There are: 1."),
        ("/schedule remove 1 2", "One window at a time"),
        ("/schedule pause x", "Which window"),
        ("/schedule pause", "Which window? There are: 1. All of them: /schedule off"),
        ("/schedule change 1", "What is to change"),
        ("/schedule change 1 night", "Window 1 is so already"),
    ],
)
async def test_what_cannot_be_done_is_said_with_an_example_and_changes_nothing(
    chat: Talk, text: str, answer: str
) -> None:
    await chat.write("/schedule add daily 22:00-6:30 night")
    before = chat.state.calendar
    await chat.write(text)
    await chat.read(answer)
    assert chat.state.calendar == before


# -- by buttons ------------------------------------------------------------------------------------


async def test_a_window_is_made_changed_paused_and_removed_by_buttons(chat: Talk) -> None:
    await chat.write("/schedule")
    page = await chat.telegram.wait_for("No window yet", chat=chat.ann.chat)
    await chat.press(Press.WINDOW, "0.127.1320.390.night", page.id)
    await chat.read("New window")
    await chat.press(Press.SAVE_WINDOW, "0.31.1320.420.night", page.id)
    assert windows(chat) == ["1: mon-fri 22:00-7:00 night"]
    await chat.press(Press.SAVE_WINDOW, "1.127.1320.420.night", page.id)
    assert windows(chat) == ["1: daily 22:00-7:00 night"]
    await chat.press(Press.PAUSE_WINDOW, "1.127.1320.420.night", page.id)
    assert windows(chat) == ["1: daily 22:00-7:00 night (paused)"]
    await chat.press(Press.SAVE_WINDOW, "1.127.1320.480.night", page.id)
    assert windows(chat) == ["1: daily 22:00-8:00 night (paused)"]
    await chat.press(Press.REMOVE_WINDOW, "1.127.1320.480.night", page.id)
    assert windows(chat) == []
    await chat.rooms.replies.settle(1.0)
    assert "No window yet" in page.text


async def test_the_switch_and_back_turn_the_page(chat: Talk) -> None:
    await chat.write("/schedule add daily 22:00-6:30 night")
    await chat.write("/schedule")
    page = await chat.telegram.wait_for("MTWTFSS", chat=chat.ann.chat)
    await chat.press(Press.SWITCH_SCHEDULE, "off", page.id)
    assert is_off(chat)
    await chat.press(Press.SWITCH_SCHEDULE, "on", page.id)
    assert not is_off(chat)
    (window,) = chat.state.calendar.schedule.windows
    await chat.press(Press.WINDOW, about(window), page.id)
    await chat.read("✏️ Window 1")
    await chat.press(Press.WEEK, "", page.id)
    await chat.read("🗓 Schedule")


async def test_buttons_of_a_window_that_has_changed_do_nothing(chat: Talk) -> None:
    await chat.write("/schedule add daily 22:00-6:30 night")
    before = chat.state.calendar
    for press in (Press.REMOVE_WINDOW, Press.PAUSE_WINDOW):
        await chat.press(press, "1.127.1320.420.night")
    await chat.read("has changed meanwhile")
    await chat.press(Press.SAVE_WINDOW, "4.127.1320.420.night")
    await chat.read("There is no window 4")
    await chat.press(Press.SAVE_WINDOW, "nonsense")
    await chat.read("not known any more")
    assert chat.state.calendar == before


# -- times in commands -----------------------------------------------------------------------------


async def test_disarmed_for_two_hours_is_armed_again(chat: Talk) -> None:
    await chat.write("/arm")
    await chat.write("/disarm 2h")
    assert panel(chat) == "disarmed"
    pass_time(chat, 2 * HOUR - timedelta(minutes=3))
    assert panel(chat) == "disarmed"
    assert chat.waiting(Notice.HOLD_ENDS)
    pass_time(chat, timedelta(minutes=4))
    assert panel(chat) == "away"


async def test_the_buttons_under_the_notice_prolong_and_keep(chat: Talk) -> None:
    await chat.write("/arm")
    await chat.write("/disarm 2h")
    hold = chat.state.areas[NETWORK].timing.hold
    assert hold is not None
    await chat.press(Press.PROLONG, f"{hold.until.timestamp():.0f}")
    pass_time(chat, 2 * HOUR + timedelta(minutes=1))
    assert panel(chat) == "disarmed"
    await chat.press(Press.KEEP, f"{(hold.until + HOUR).timestamp():.0f}")
    pass_time(chat, 2 * HOUR)
    assert panel(chat) == "disarmed"
    await chat.press(Press.KEEP, "soon")
    await chat.read("not known any more")


async def test_armed_night_until_a_time_is_disarmed_then(chat: Talk) -> None:
    await chat.write("/arm night for 1h")
    assert panel(chat) == "night"
    pass_time(chat, HOUR + timedelta(seconds=1))
    assert panel(chat) == "disarmed"


async def test_armed_in_ten_minutes_can_be_called_off(chat: Talk) -> None:
    await chat.write("/arm in 10m")
    assert panel(chat) == "disarmed"
    pass_time(chat, timedelta(minutes=11))
    assert panel(chat) == "away"
    await chat.write("/disarm")
    await chat.write("/arm night in 10m")
    await chat.press(Press.DROP_PLAN)
    pass_time(chat, timedelta(minutes=11))
    assert panel(chat) == "disarmed"


async def test_cancel_under_an_overtaken_plan_leaves_a_newer_one(chat: Talk) -> None:
    await chat.write("/arm night in 10m")
    planned = chat.state.areas[NETWORK].timing.planned
    await chat.write("/arm night in 20m")
    await chat.press(Press.DROP_PLAN, f"{planned.at.timestamp():.0f}" if planned else "")
    assert chat.waiting(Notice.NOTHING_TO_SKIP)
    pass_time(chat, timedelta(minutes=21))
    assert panel(chat) == "night"


async def test_a_mode_that_is_not_set_up_is_asked_for_when_it_is_planned(chat: Talk) -> None:
    await chat.write("/arm home in 10m")
    assert chat.waiting(Notice.WHICH_CAMERAS)
    pass_time(chat, timedelta(minutes=11))
    assert panel(chat) == "disarmed"
    assert chat.waiting(Notice.MODE_NOT_CHOSEN)


async def test_the_end_that_was_named_holds_after_the_question_for_cameras(chat: Talk) -> None:
    await chat.write("/arm home for 1h")
    await chat.press(Press.CAMERA, "home:1:hall")
    await chat.press(Press.CAMERAS_DONE, "home")
    assert panel(chat) == "home"
    pass_time(chat, HOUR + timedelta(seconds=1))
    assert panel(chat) == "disarmed"


async def test_one_area_is_held_and_the_other_is_not(two_areas: Talk) -> None:
    chat = two_areas
    await chat.write("/arm")
    await chat.write("/disarm cabin 2h")
    assert (panel(chat), panel(chat, CABIN)) == ("away", "disarmed")
    pass_time(chat, 2 * HOUR + timedelta(seconds=1))
    assert (panel(chat), panel(chat, CABIN)) == ("away", "away")
    await chat.write("/disarm")
    await chat.write("/arm cabin in 10m")
    pass_time(chat, timedelta(minutes=11))
    assert (panel(chat), panel(chat, CABIN)) == ("disarmed", "away")


# -- the scheduled arming and vacation -------------------------------------------------------------


async def test_not_tonight_and_in_an_hour(chat: Talk) -> None:
    controller = chat.rooms.controller
    start = controller.now() + timedelta(minutes=8)
    minute = start.hour * 60 + start.minute
    await chat.press(Press.SAVE_WINDOW, f"0.127.{minute}.{(minute + 300) % 1440}.away")
    controller.apply(Tick())
    assert chat.waiting(Notice.AWAY_SOON)
    edge = start.replace(second=0, microsecond=0)
    await chat.press(Press.ARM_LATER, f"{edge.timestamp():.0f}")
    pass_time(chat, timedelta(minutes=30))
    assert panel(chat) == "disarmed"
    await chat.press(Press.SKIP_ARMING, f"{(edge + HOUR).timestamp():.0f}")
    pass_time(chat, timedelta(minutes=60))
    assert panel(chat) == "disarmed"


async def test_vacation_is_set_shown_and_ended(chat: Talk) -> None:
    await chat.write("/vacation")
    assert "/vacation until 12 dec" in await chat.read("No vacation is set")
    await chat.write("/vacation for 10 days")
    assert panel(chat) == "away"
    vacation = chat.state.calendar.vacation
    assert vacation is not None
    assert timedelta(days=10) < vacation.until - chat.now <= timedelta(days=11)
    await chat.write("/vacation")
    await chat.read("🌴 Vacation until")
    await chat.write("/vacation sometime")
    await chat.read("12 dec 18:00")
    await chat.write("/vacation off")
    assert chat.state.calendar.vacation is None
    assert panel(chat) == "away"
    await chat.write("/vacation until tomorrow")
    await chat.press(Press.END_VACATION)
    assert chat.state.calendar.vacation is None
