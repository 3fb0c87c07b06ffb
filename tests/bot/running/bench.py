"""The parts of a running alarm, with real files, stand-ins of the clouds and clocks by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alarm.blink.cloud import BlinkCloud
from alarm.blink.tokens import Tokens
from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.contact import Contact
from alarm.core.deliveries import Delivery, WordsBody
from alarm.core.events import Camera, Homescreen, Network
from alarm.core.inputs import DevicesSeen, LoginChanged, Tick
from alarm.core.notices import Notice
from alarm.core.settings import Settings
from alarm.core.state import LoginStatus, Person, Role, State
from bot.controller import Controller
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin, account_of
from bot.watch.poller import Poller
from simulator.blink import BlinkStandIn
from storage.files import FileSystem
from storage.states import state_store
from storage.store import StateStore
from tests.bot.running.hand import Hand
from tests.core.home import settings
from tests.storage.house import UNSYNCED

ANN, BOB = 1001, 1002
NETWORK = "51001"
PHONE_1, PHONE_2 = "+442079460123", "+442079460456"
HARDWARE_ID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"
# As long as Blink's own.
TOKEN_LIFE = timedelta(hours=4)
# Seconds after which a silent cloud is given up on, where one is silent and where none is.
SHORT, PATIENT = 0.3, 10.0


def household(*, phones: int = 0, with_bob: bool = True, **changes: Any) -> State:
    """Return the state of a home where Ann owns and Bob is a member."""
    people = {str(ANN): Person(ANN, "Ann", Role.OWNER)}
    if with_bob:
        people[str(BOB)] = Person(BOB, "Bob", Role.MEMBER)
    contacts = tuple(
        Contact(f"env{n}", f"Phone {n}", number, from_env=True)
        for n, number in enumerate((PHONE_1, PHONE_2)[:phones], start=1)
    )
    return State(**({"people": people, "contacts": contacts} | changes))


def quick(**changes: Any) -> Settings:
    """Return settings without an exit delay."""
    return settings(exit_delay=timedelta(0), **changes)


def opened(directory: Path, fs: FileSystem = UNSYNCED) -> StateStore[State]:
    store = state_store(directory, fs=fs)
    store.open()
    store.load()
    return store


def kept(directory: Path) -> State:
    """Return what a program that starts now would find."""
    store = state_store(directory)
    loaded = store.load()
    assert loaded.state is not None
    return loaded.state


def told(state: State, chat: int = ANN) -> list[Notice]:
    """Return the sentences that wait for a chat or are on their way."""
    return [
        d.body.words.notice
        for d in state.outbox.values()
        if isinstance(d.body, WordsBody) and d.target == str(chat)
    ]


def waiting(state: State, kind: type[Any]) -> list[Delivery]:
    return [d for d in state.outbox.values() if isinstance(d.body, kind)]


async def until(true: Callable[[], Any], seconds: float = 8.0) -> None:
    """Wait for what other tasks do in their own time."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - nobody announces it
            await asyncio.sleep(0.005)


def devices(blink: BlinkStandIn) -> Homescreen:
    networks = tuple(Network(str(n.id), n.name, n.armed) for n in blink.networks)
    cameras = tuple(
        Camera(str(camera.id), str(network.id), camera.name, camera.kind)
        for network, camera in blink.devices()
    )
    return Homescreen(networks, cameras)


@dataclass
class Watch:
    """The side that watches Blink; nothing runs by itself."""

    hand: Hand
    blink: BlinkStandIn
    store: StateStore[State]
    controller: Controller
    cloud: BlinkCloud
    login: BlinkLogin
    vitals: Vitals
    poller: Poller
    updates: int = 0

    @property
    def state(self) -> State:
        return self.controller.state

    def forward(self, seconds: float) -> None:
        """Let time go by, then tick."""
        self.hand.forward(seconds)
        self.controller.apply(Tick())

    def arm(self) -> None:
        self.updates += 1
        self.controller.apply(Arm(Actor(ANN, "Ann", ANN, self.updates)))
        self.blink.arm()
        self.controller.apply(DevicesSeen(devices(self.blink)))

    def burst(self, count: int = 2) -> None:
        for _ in range(count):
            self.blink.motion("Hall")


def issued(blink: BlinkStandIn, now: datetime, life: timedelta = TOKEN_LIFE) -> Tokens:
    """Return tokens as a login gets them, without one."""
    fresh = blink.tokens.issue()
    return Tokens(
        access_token=str(fresh["access_token"]),
        refresh_token=str(fresh["refresh_token"]),
        expires_at=(now + life).timestamp(),
        expires_in=life.total_seconds(),
        hardware_id=HARDWARE_ID,
        region=blink.tier,
        account_id=blink.account_id,
    )


@asynccontextmanager
async def watching(
    directory: Path,
    blink: BlinkStandIn,
    state: State | None = None,
    *,
    logged_in: bool = True,
    request_timeout: float = PATIENT,
) -> AsyncIterator[Watch]:
    """Open the parts, logged in to the stand-in whose clock goes with the hand's."""
    hand = Hand()
    blink.clock = hand.true_now
    store = opened(directory / "state")
    controller = Controller(store, state or household(settings=quick()), hand.clock)
    cloud = BlinkCloud(
        email=blink.email,
        password=blink.password,
        tokens=issued(blink, hand.now()) if logged_in else None,
        save_tokens=lambda _: None,
        api_url=blink.url,
        clock=lambda: hand.now().timestamp(),
        request_timeout=request_timeout,
    )
    vitals = Vitals(hand.monotonic)
    login = BlinkLogin(cloud, controller, blink.email, blink.password, lambda: None)
    poller = Poller(cloud, login, controller, vitals, armed_interval=15.0, disarmed_interval=60.0)
    if logged_in:
        account = account_of(blink.email, blink.password)
        controller.apply(LoginChanged(LoginStatus.DONE, account))
        controller.apply(DevicesSeen(devices(blink)))
    await cloud.open()
    try:
        yield Watch(hand, blink, store, controller, cloud, login, vitals, poller)
    finally:
        await cloud.close()
        store.close()
