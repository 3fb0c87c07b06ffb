"""What was written or pressed while nobody listened, and comes when other things have happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alarm.core import pins
from alarm.core.deliveries import WordsBody
from alarm.core.inputs import ClockConfirmed, Tick
from alarm.core.notices import Notice
from alarm.core.pins import Pins
from alarm.core.schedule.by_hand import SCHEDULE
from alarm.core.settings import Mode, PanelState
from bot.pages import Press
from bot.words.notices import sentence
from simulator.blink import BlinkStandIn
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import BEN
from tests.bot.chat.written import NETWORK, Talk, talk

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
SALT = "00112233445566778899aabbccddeeff"


@pytest.fixture
async def chat(
    tmp_path: Path, telegram: TelegramStandIn, blink: BlinkStandIn, ann: Person
) -> AsyncIterator[Talk]:
    async with talk(tmp_path, telegram, blink, ann) as chat:
        chat.rooms.controller.apply(ClockConfirmed(timedelta(0)))
        # Whole seconds: Telegram dates messages by these.
        now = datetime.now(UTC)
        chat.rooms.clock.passed = now.replace(microsecond=0) + SECOND - now
        yield chat


def pass_time(chat: Talk, by: timedelta) -> None:
    chat.rooms.clock.passed += by
    chat.rooms.controller.apply(Tick())


def panel(chat: Talk) -> PanelState:
    return chat.state.areas[NETWORK].panel


# -- /vacation -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ago", "done"), [(2 * MINUTE - SECOND, True), (3 * MINUTE, False)])
async def test_a_vacation_that_comes_late_is_dropped_with_a_word(
    chat: Talk, ago: timedelta, done: bool
) -> None:
    await chat.write("/vacation until 12 dec", ago=ago)
    assert (chat.state.calendar.vacation is not None) is done
    assert chat.state.armed is done
    if not done:
        assert "/vacation" in await chat.read("Not done")


async def test_the_end_of_a_vacation_that_comes_late_is_dropped_too(chat: Talk) -> None:
    await chat.write("/vacation until 12 dec")
    await chat.write("/vacation off", ago=HOUR)
    assert chat.state.calendar.vacation is not None
    await chat.read("Not done")


# -- the cameras of a mode -------------------------------------------------------------------------


@pytest.mark.parametrize("silence", [2 * MINUTE, 3 * MINUTE])
async def test_done_that_is_pressed_in_a_silence_neither_sets_the_mode_nor_arms(
    chat: Talk, silence: timedelta
) -> None:
    done = silence == 2 * MINUTE
    await chat.write("/arm night")
    await chat.press(Press.CAMERA, "night:1:hall")
    chat.silence(silence - MINUTE if done else silence)
    await chat.press(Press.CAMERAS_DONE, "night")
    assert (Mode.NIGHT in chat.state.settings.modes) is done
    assert chat.state.armed is done
    if done:
        return
    await chat.read("That press came late")
    # The choice is kept, so that one more press is enough.
    chat.silence(SECOND)
    await chat.press(Press.CAMERAS_DONE, "night")
    assert chat.state.settings.modes[Mode.NIGHT].cameras == frozenset({"hall"})
    assert chat.state.armed


# -- /disarm over what the schedule armed meanwhile ------------------------------------------------


async def armed_by_the_schedule(chat: Talk) -> None:
    """Let the schedule arm away in ten minutes, and half an hour pass."""
    begins = chat.now + 10 * MINUTE
    ends = begins + 8 * HOUR
    await chat.write(f"/schedule add daily {begins:%H:%M}-{ends:%H:%M} away")
    for _ in range(40):
        pass_time(chat, MINUTE)
    area = chat.state.areas[NETWORK]
    assert (area.panel, area.changed_by) == (PanelState.ARMED, SCHEDULE)


def words_to(chat: Talk, user: int, notice: Notice) -> str:
    """Return what waits to be told to somebody, as it is read."""
    (words,) = [
        d.body.words
        for d in chat.state.outbox.values()
        if isinstance(d.body, WordsBody) and d.target == str(user) and d.body.words.notice is notice
    ]
    return sentence(words, chat.state, chat.rooms.view()).html


@pytest.mark.parametrize(
    ("ago", "overtakes"), [(35 * MINUTE, True), (25 * MINUTE, False), (3 * MINUTE, False)]
)
async def test_a_late_disarm_says_what_the_schedule_had_armed_since_it_was_sent(
    chat: Talk, ago: timedelta, overtakes: bool
) -> None:
    await armed_by_the_schedule(chat)
    await chat.write("/disarm", ago=ago)
    assert panel(chat) is PanelState.DISARMED
    mine = words_to(chat, chat.ann.id, Notice.DISARMED)
    assert "it is done now" in mine
    for said in (mine, words_to(chat, BEN, Notice.DISARMED_BY)):
        assert ("The schedule had armed (away) since then" in said) is overtakes
        assert ("Press Arm to guard again" in said) is overtakes


@pytest.mark.parametrize(("ago", "overtakes"), [(35 * MINUTE, True), (25 * MINUTE, False)])
async def test_it_says_so_too_where_the_pin_is_typed_in_a_second_step(
    chat: Talk, ago: timedelta, overtakes: bool
) -> None:
    controller = chat.rooms.controller
    controller.state = replace(controller.state, pins=Pins(SALT, pins.hashed("1234", SALT)))
    await armed_by_the_schedule(chat)
    await chat.write("/disarm", ago=ago)
    assert panel(chat) is PanelState.ARMED
    pass_time(chat, MINUTE)
    await chat.write("1234")
    assert panel(chat) is PanelState.DISARMED
    mine = words_to(chat, chat.ann.id, Notice.DISARMED)
    assert "it is done now" in mine
    for said in (mine, words_to(chat, BEN, Notice.DISARMED_BY)):
        assert ("The schedule had armed (away) since then" in said) is overtakes
