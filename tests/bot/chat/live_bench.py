"""A home screen and a countdown without a program around them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from alarm.core.actor import Actor
from alarm.core.commands import Arm, PinScreen
from alarm.core.inputs import Claimed
from alarm.core.settings import Settings
from alarm.core.state import Area
from bot.chat.budget import Budget
from bot.chat.live import Live
from bot.chat.requests import sending_bot
from bot.chat.sender import Sender
from bot.clock import HostClock
from bot.controller import Controller
from bot.delivery.chat import ChatCarrier
from bot.words.view import View
from simulator.telegram import Person, SentMessage, TelegramStandIn
from storage.states import state_store
from tests.bot.chat.bench import ANN, configured, household
from tests.bot.chat.rooms import Moved

HOUSE = "51001"
EDIT = "editMessageText"


class LiveBench:
    """A home screen and a countdown, with the clock by hand and nothing that runs by itself."""

    def __init__(self, directory: Path, telegram: TelegramStandIn, ann: Person) -> None:
        self.telegram, self.ann = telegram, ann
        self.clock = Moved()
        self.store = state_store(directory)
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
