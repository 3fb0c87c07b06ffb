"""The chat's rooms, built from the real parts around the stand-ins, for tests without a program."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram import Bot

from alarm.blink.cloud import BlinkCloud
from alarm.core.inputs import DevicesSeen
from alarm.core.state import State
from bot.chat.budget import Budget
from bot.chat.codes import Codes
from bot.chat.last_clip import LastClip
from bot.chat.replies import Replies
from bot.chat.requests import sending_bot
from bot.chat.sender import Sender
from bot.chat.topics.desk import Desk, Topic
from bot.chat.topics.every import every_topic
from bot.clips import Clips
from bot.clock import HostClock
from bot.controller import Controller
from bot.past import Past
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin
from bot.words.view import View
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from storage.files import REAL, FileSystem
from storage.states import state_store
from storage.store import StateStore
from tests.bot.chat.bench import configured, household, view

# Seconds after which the tested side gives up on a silent Blink.
SHORT = 0.3


@dataclass
class Moved:
    """The host's clock, as far as it is off, and time that passes by hand."""

    wrong: timedelta = timedelta(0)
    passed: timedelta = timedelta(0)

    def wall(self) -> datetime:
        return datetime.now(UTC) + self.wrong + self.passed

    def monotonic(self) -> float:
        return time.monotonic() + self.passed.total_seconds()


@dataclass
class Rooms:
    clock: Moved
    controller: Controller
    cloud: BlinkCloud
    replies: Replies
    clips: Clips
    login: BlinkLogin
    codes: Codes
    sender: Sender
    store: StateStore[State]
    past: Past

    def last_clip(self, **limits: float) -> LastClip:
        return LastClip(self.cloud, self.clips, self.controller, self.replies, self.view, **limits)

    def topics(self, vitals: Vitals, view: Callable[[], View] | None = None) -> tuple[Topic, ...]:
        desk = Desk(self.controller, self.replies, view or self.view)
        return every_topic(desk, vitals, self.codes, self.last_clip(), self.past)

    def view(self) -> View:
        return view()

    async def log_in(self) -> None:
        """Log in without a code and look at the cameras once."""
        await self.cloud.login()
        homescreen, skew = await self.cloud.homescreen(), self.cloud.skew
        self.controller.apply(DevicesSeen(homescreen, skew.best if skew else None))


@asynccontextmanager
async def rooms(
    directory: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    *,
    wrong: timedelta = timedelta(0),
    state: State | None = None,
    bot: Bot | None = None,
    budget: Budget | None = None,
    fs: FileSystem = REAL,
) -> AsyncIterator[Rooms]:
    """Open the rooms on a computer whose clock is wrong by so much."""
    config = configured(telegram)
    store = state_store(directory, fs=fs)
    store.open()
    store.load()
    clock = Moved(wrong)
    first = household() if state is None else state
    controller = Controller(store, first, HostClock(clock.wall, clock.monotonic))
    cloud = BlinkCloud(
        email=blink.email,
        password=config.blink_password,
        save_tokens=lambda tokens: None,
        api_url=blink.url,
        request_timeout=SHORT,
        silence_timeout=SHORT,
    )
    await cloud.open()
    bot = sending_bot(config, connections=4) if bot is None else bot
    sender = Sender(bot)
    replies = Replies(sender, controller, view, Budget() if budget is None else budget)
    login = BlinkLogin(cloud, controller, blink.email, config.blink_password, lambda: None)
    try:
        yield Rooms(
            clock,
            controller,
            cloud,
            replies,
            Clips(cloud, sender),
            login,
            Codes(login, controller, replies),
            sender,
            store,
            Past(store),
        )
    finally:
        await replies.settle(1.0)
        await cloud.close()
        await bot.request.shutdown()
        store.close()
