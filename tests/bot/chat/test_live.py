"""Messages that keep themselves true: newest only, seldom enough, never alive when dead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import (
    Arm,
    Disarm,
    ExtendExit,
    PinScreen,
)
from alarm.core.household import HomeGroup
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import Claimed, Tick
from alarm.core.settings import Mode, Settings
from alarm.core.state import Area, State
from bot.chat.budget import Budget
from bot.chat.live import (
    COUNTING_EVERY,
    GAP,
    IDLE_EVERY,
    SCREENS_EVERY,
    Kind,
    Live,
    Target,
    targets,
)
from bot.chat.requests import sending_bot
from bot.chat.sender import Sender
from bot.clock import HostClock
from bot.controller import Controller
from bot.delivery.chat import ChatCarrier
from bot.words.view import View
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, SentMessage, TelegramStandIn
from storage.store import StateStore
from tests.bot.chat.bench import ANN, configured, household
from tests.bot.chat.rooms import Moved

HOUSE = "51001"
EDIT = "editMessageText"


class Bench:
    """A home screen and a countdown, with the clock by hand and nothing that runs by itself."""

    def __init__(self, directory: Path, telegram: TelegramStandIn, ann: Person) -> None:
        self.telegram, self.ann = telegram, ann
        self.clock = Moved()
        self.store: StateStore[State] = StateStore(directory, State)
        self.store.open()
        self.store.load()
        areas = {HOUSE: Area(HOUSE, "House")}
        self.controller = Controller(
            self.store,
            household(areas=areas, settings=Settings()),
            HostClock(self.clock.wall, self.clock.monotonic),
        )
        self.bot = sending_bot(configured(telegram), connections=4)
        self.sender = Sender(self.bot)
        self.budget = Budget(self.clock.monotonic)
        self.carrier = ChatCarrier(self.sender, self.controller, self.view, self.budget)
        self.live = self.fresh_live()
        self.updates = 0

    def fresh_live(self) -> Live:
        """Return what a program that starts now has."""
        return Live(self.sender, self.controller, self.view, self.budget)

    def view(self) -> View:
        now = self.controller.now()
        return View(
            now=now, zone=ZoneInfo("UTC"), phone_ready=False, poll_seconds=15.0, polled_at=now
        )

    def now(self) -> datetime:
        return self.controller.now()

    def actor(self) -> Actor:
        self.updates += 1
        return Actor(ANN, "Ann", ANN, self.updates)

    async def carry(self) -> None:
        """Let everything that waits for Ann leave and arrive."""
        for delivery in list(self.controller.state.outbox.values()):
            if delivery.target == str(ANN):
                self.controller.apply(Claimed((delivery.id,)))
                self.controller.apply(await self.carrier.carry(delivery))

    async def pinned(self) -> SentMessage:
        self.controller.apply(PinScreen(self.actor()))
        await self.carry()
        await self.carry()
        message = self.ann.chat.find(self.controller.state.pinned[str(ANN)])
        assert message is not None
        return message

    async def counting(self) -> SentMessage:
        self.controller.apply(Arm(self.actor()))
        await self.carry()
        return self.ann.chat.last

    async def after(self, seconds: float) -> None:
        """Let time go by second by second, as the jobs do."""
        for _ in range(round(seconds)):
            self.clock.passed += timedelta(seconds=1)
            await self.live.refresh()

    @property
    def edits(self) -> int:
        return self.telegram.count(EDIT)


@pytest.fixture
async def bench(tmp_path: Path, telegram: TelegramStandIn, ann: Person) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path, telegram, ann)
    yield bench
    await bench.bot.request.shutdown()
    bench.store.close()


async def test_a_screen_is_pinned_without_a_sound(bench: Bench) -> None:
    message = await bench.pinned()
    assert bench.ann.chat.pinned == [message.id]
    assert message.silent
    assert "Now disarmed" in message.text


async def test_a_second_screen_takes_the_place_of_the_first(bench: Bench) -> None:
    first = await bench.pinned()
    second = await bench.pinned()
    assert bench.ann.chat.pinned == [second.id]
    assert first.text.startswith("💤 No longer kept up to date")


async def test_a_screen_follows_what_happens(bench: Bench) -> None:
    screen = await bench.pinned()
    await bench.after(1)
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(GAP)
    assert "Now arming" in screen.text
    bench.controller.apply(Disarm(bench.actor()))
    await bench.after(GAP)
    assert "Now disarmed" in screen.text


async def test_while_nothing_happens_only_its_time_is_kept_fresh(bench: Bench) -> None:
    screen = await bench.pinned()
    await bench.after(5)
    before = bench.edits
    await bench.after(299 - 5)
    assert bench.edits == before
    await bench.after(10)
    assert bench.edits == before + 1
    # A minute may have begun since the edit.
    times = {f"As of {bench.now() - timedelta(seconds=s):%H:%M}" for s in (0, 11)}
    assert any(time in screen.text for time in times)


async def test_after_a_restart_one_edit_makes_it_true(bench: Bench) -> None:
    screen = await bench.pinned()
    bench.controller.apply(Arm(bench.actor()))
    bench.live, before = bench.fresh_live(), bench.edits
    await bench.after(10)
    assert bench.edits == before + 1
    assert "Now arming" in screen.text


async def test_after_an_outage_only_the_newest_is_told(bench: Bench) -> None:
    screen = await bench.pinned()
    await bench.after(5)
    bench.telegram.faults.add(EDIT, Fault(FaultKind.DROP))
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(30)
    tries = bench.edits
    assert tries <= 5
    bench.controller.apply(Disarm(bench.actor()))
    bench.telegram.faults.clear()
    known = len(screen.edits)
    await bench.after(60)
    assert "Now disarmed" in screen.text
    assert len(screen.edits) <= known + 1


async def test_a_wait_that_telegram_asks_for_is_kept(bench: Bench) -> None:
    await bench.pinned()
    body = '{"ok":false,"error_code":429,"description":"","parameters":{"retry_after":60}}'
    bench.telegram.faults.add(EDIT, Fault(FaultKind.STATUS, 429, body))
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(59)
    assert bench.edits == 1


async def test_a_screen_that_was_deleted_is_forgotten_and_told_once(bench: Bench) -> None:
    screen = await bench.pinned()
    screen.deleted = True
    bench.controller.apply(Arm(bench.actor()))
    await bench.after(10)
    assert bench.controller.state.pinned == {}
    await bench.carry()
    told = [m.text for m in bench.ann.chat.messages if "deleted" in m.text]
    assert told == ["The home screen here was deleted. /status pin makes a new one."]


async def test_a_chat_that_blocked_the_bot_is_tried_seldom(bench: Bench) -> None:
    await bench.pinned()
    bench.ann.block()
    await bench.after(290)
    assert bench.edits == 1
    assert bench.controller.state.pinned


async def test_nobody_who_left_the_household_gets_an_edit(bench: Bench) -> None:
    await bench.pinned()
    state = bench.controller.state
    people = {key: person for key, person in state.people.items() if key != str(ANN)}
    bench.controller.state = replace(state, people=people)
    await bench.after(10)
    assert bench.edits == 0


async def test_a_screen_shows_nothing_that_is_hidden_from_its_chat(bench: Bench) -> None:
    screen = await bench.pinned()
    state = bench.controller.state
    secret = Incident(
        "i9",
        IncidentKind.DURESS,
        HOUSE,
        "House",
        Mode.AWAY,
        bench.now(),
        hidden_from=frozenset({ANN}),
    )
    bench.controller.state = replace(state, incidents={"i9": secret})
    await bench.after(310)
    assert screen.edits
    assert "duress" not in screen.text
    assert [b.text for row in screen.buttons for b in row] == ["Arm", "Refresh"]
    bench.controller.state = replace(
        state, incidents={"i9": replace(secret, hidden_from=frozenset())}
    )
    await bench.after(10)
    assert "duress" in screen.text


def test_in_a_group_only_the_homes_own_screen_is_kept_true() -> None:
    state = State(pinned={"-7": 1, "-8": 2}, group=HomeGroup(-7, "Home"))
    assert list(targets(state)) == [Target("-7", 1, Kind.SCREEN)]


# -- the countdown ---------------------------------------------------------------------------------


async def test_an_exit_delay_counts_down_by_tens_and_then_by_fives(bench: Bench) -> None:
    message = await bench.counting()
    texts = []
    for _ in range(57):
        await bench.after(1)
        texts.append(message.text)
    shown = list(dict.fromkeys(text.split("(in ")[1].split(" s)")[0] for text in texts))
    numbers = [int(number) for number in shown]
    assert len(numbers) == 7
    for number, wanted in zip(numbers, (60, 50, 40, 30, 20, 10, 5), strict=True):
        assert wanted - 2 <= number <= wanted


async def test_a_longer_delay_counts_on(bench: Bench) -> None:
    message = await bench.counting()
    await bench.after(31)
    bench.controller.apply(ExtendExit(bench.actor()))
    await bench.after(10)
    assert "(in 7" in message.text or "(in 8" in message.text


async def test_an_edit_overtaken_by_the_end_of_the_delay_is_put_right(bench: Bench) -> None:
    message = await bench.counting()
    await bench.after(5)
    bench.telegram.faults.add(EDIT, Fault(FaultKind.SLOW, seconds=0.4, times=1))
    counting = asyncio.create_task(bench.after(10))
    await asyncio.sleep(0.15)
    bench.controller.apply(Disarm(bench.actor()))
    await counting
    assert "Now disarmed" in message.text


async def test_the_pace_fits_what_there_is_to_do(bench: Bench) -> None:
    assert bench.live.pace() == IDLE_EVERY
    await bench.pinned()
    assert bench.live.pace() == SCREENS_EVERY
    await bench.counting()
    assert bench.live.pace() == COUNTING_EVERY
    bench.clock.passed += timedelta(minutes=2)
    bench.controller.apply(Tick())
    assert bench.live.pace() == SCREENS_EVERY
