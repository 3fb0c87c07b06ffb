"""The whole alarm inside the test: real parts and files, stand-ins, clocks and disk by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.incident import Incident
from alarm.core.inputs import DevicesSeen, Tick
from alarm.core.state import Login, LoginStatus, Person, Role, State
from bot.config import load_config
from bot.controller import Controller
from bot.first_state import first_state
from bot.house import House
from bot.watch.login import account_of
from bot.watch.tokens import TokenFile
from storage.states import state_store
from storage.store import StateStore
from tests.bot.running.bench import devices, issued, opened
from tests.bot.running.hand import Hand
from tests.e2e.town import ANN_ID, BOB_ID, Town
from tests.storage.faults import Disk


class Inside:
    """A home that is paired, logged in and armed; Ann owns, Bob is a member.

    Time goes by as usual, and by hand on top of it. `state_changes` go into the first state.
    """

    def __init__(
        self, town: Town, *, with_bob: bool = True, armed: bool = True, **state_changes: Any
    ) -> None:
        self.town = town
        self.hand = Hand(running=True)
        self.disk = Disk()
        self.house: House | None = None
        self._with_bob = with_bob
        self._armed = armed
        self._changes = state_changes
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._store: StateStore[State] | None = None

    @property
    def state(self) -> State:
        assert self.house is not None
        return self.house.controller.state

    @property
    def incident(self) -> Incident:
        return list(self.state.incidents.values())[-1]

    @property
    def store(self) -> StateStore[State]:
        assert self._store is not None
        return self._store

    def prepare(self) -> None:
        """Leave the files of a home that was set up before."""
        town = self.town
        town.blink.clock = self.hand.true_now
        town.telegram.world.now = self.hand.true_now
        town.twilio.clock = self.hand.monotonic
        town.blink.commands.seconds = 0.05
        people = {str(ANN_ID): Person(ANN_ID, "Ann", Role.OWNER)}
        town.ann.chat.started = True
        if self._with_bob:
            people[str(BOB_ID)] = Person(BOB_ID, "Bob", Role.MEMBER)
            town.bob.chat.started = True
        config = load_config(town.env, [])
        account = account_of(config.blink_email, config.blink_password)
        state = replace(
            first_state(None, config),
            people=people,
            claim_code="",
            login=Login(LoginStatus.DONE, self.hand.now(), account),
        )
        store = opened(town.state_dir)
        controller = Controller(store, state, self.hand.clock)
        controller.apply(DevicesSeen(devices(town.blink)))
        if self._armed:
            controller.apply(Arm(Actor(ANN_ID, "Ann", ANN_ID, 1)))
            town.blink.arm()
            controller.apply(DevicesSeen(devices(town.blink)))
        # What was to be said before would only be said at the first start.
        store.commit(replace(controller.state, outbox={}, **self._changes))
        store.close()
        tokens = issued(town.blink, self.hand.now(), timedelta(days=9))
        TokenFile(town.state_dir, config.blink_email).save(tokens)

    def rewrite(self, change: Callable[[State], State]) -> None:
        """Change the state on the disk, while the alarm does not run."""
        store = state_store(self.town.state_dir)
        store.open()
        state = store.load().state
        assert state is not None
        store.commit(change(state))
        store.close()

    async def start(self) -> None:
        config = load_config(self.town.env, [])
        self._store = store = state_store(self.town.state_dir, fs=self.disk.fs)
        store.open()
        loaded = store.load()
        self.house = House(config, self.town.state_dir, store, loaded, self.hand.clock)
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self.house.run(self._stop), name="house")

    async def stop(self) -> None:
        """End it as SIGTERM does; raise what it died of."""
        self._stop.set()
        await self.ended()

    async def ended(self) -> None:
        """Wait for its own end; raise what it died of."""
        if self._task is not None:
            task, self._task = self._task, None
            try:
                async with asyncio.timeout(15):
                    await task
            finally:
                self.store.close()

    def forward(self, seconds: float) -> None:
        """Let time go by, then tick."""
        assert self.house is not None
        self.hand.forward(seconds)
        self.house.controller.apply(Tick())
        # The job queue goes by real time and is not to blame for what it did not live through,
        # nor was Telegram silent all the while.
        vitals = self.house.vitals
        vitals.ticked()
        vitals.looked()
        vitals.heard_stamp = self.hand.monotonic()

    async def triggered(self) -> Incident:
        """Trip the rule, and return when the incident is open."""
        self.town.burst()
        await self.town.until(lambda: bool(self.state.incidents))
        return self.incident


@asynccontextmanager
async def living(directory: Path, **options: Any) -> AsyncIterator[Inside]:
    """Open a town with one home in it, prepared and not started."""
    town = Town(directory)
    await town.open()
    inside = Inside(town, **options)
    try:
        inside.prepare()
        yield inside
    finally:
        await inside.stop()
        await town.close()
    assert town.blink.misdirected == []
