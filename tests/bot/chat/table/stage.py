"""One home in every state of its panel, where everybody asks everything, one at a time."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

from telegram import Bot, Update

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.contact import Contact
from alarm.core.decide import decide
from alarm.core.deliveries import AlertBody, Delivery, PanelBody, WordsBody
from alarm.core.events import MotionEvent
from alarm.core.household import HomeGroup
from alarm.core.inputs import EventsListed, Input, LoginChanged, Tick
from alarm.core.settings import Mode, ModeSettings, PanelState, Settings
from alarm.core.state import LoginStatus, State
from bot.chat.budget import Budget
from bot.chat.connection import Connection
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from tests.bot.chat.bench import ANN, BEN, GROUP, MALLORY, VIC, household, message, press, update
from tests.bot.chat.direct import DirectRequest, direct_bot
from tests.bot.chat.house import House
from tests.bot.chat.rooms import Rooms, rooms
from tests.storage.house import UNSYNCED

EVERYBODY = {"owner": ANN, "member": BEN, "viewer": VIC, "stranger": MALLORY}
NETWORK, HALL = "51001", "71004"
# What every command leaves behind: that it was carried out, and what is owed for it.
BOOKKEEPING = frozenset({"handled", "outbox", "counters", "clock"})
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Outcome:
    """What the asking person got, what the panel is afterwards, and which sections changed."""

    answer: str
    panel: PanelState
    changed: frozenset[str]


class Door(Connection):
    """Takes one update at a time from the test."""

    async def take(self, update: Update) -> None:
        await self._handle(update)


class Stage:
    def __init__(self, rooms: Rooms, house: House, bot: Bot, request: DirectRequest) -> None:
        self._rooms = rooms
        self._house = house
        self._bot = bot
        self._request = request
        self._number = 5000
        self._shown: dict[int, int] = {}
        self.states = every_state(rooms.controller.state, rooms.controller.now())

    async def show_something(self) -> None:
        """Give everybody a message whose buttons they may press."""
        for user in EVERYBODY.values():
            sent = await self._bot.send_message(user, "Something")
            self._shown[user] = sent.message_id

    async def ask(self, who: str, asks: str, panel: PanelState) -> Outcome:
        """Let somebody write a command, or press a button, in a home whose panel is so.

        NOW stands for this second.
        """
        user, controller = EVERYBODY[who], self._rooms.controller
        self._number += 1
        controller.state = before = self.states[panel]
        self._request.asked.clear()
        asks = asks.replace("NOW", str(int(controller.now().timestamp())))
        if asks.startswith("["):
            content = press(asks.strip("[]"), user)
            content["message"]["message_id"] = self._shown[user]
            given = update(update_id=self._number, callback_query=content)
        else:
            now = int(controller.now().timestamp())
            given = update(update_id=self._number, message=message(asks, user) | {"date": now})
        door = self._house.connection
        assert isinstance(door, Door)
        await door.take(given)
        for _ in range(2):
            # What is looked up first is said by a task of its own.
            await self._rooms.replies.settle(5.0)
        after = controller.state
        new = [d for i, d in after.outbox.items() if i not in before.outbox]
        kinds = [*self._said(user), *_owed(new, user)]
        return Outcome(" + ".join(kinds), after.areas[NETWORK].panel, _changed(before, after))

    def _said(self, user: int) -> list[str]:
        """Return the first lines of what was sent or edited at once, and hints on a button."""
        found = []
        for method, parameters in self._request.asked:
            text = html.unescape(_TAGS.sub("", parameters.text("text"))).split("\n")[0]
            match method.lower():
                case "sendmessage":
                    assert parameters.text("chat_id") == str(user)
                    found.append("✋" if text.startswith("✋") else text)
                case "editmessagetext":
                    found.append(f"turned: {text}")
                case "answercallbackquery" if text:
                    found.append(f"hint: {text}")
        return found


def _owed(deliveries: list[Delivery], user: int) -> list[str]:
    """Return the kinds of sentences that wait for somebody's chat."""
    bodies = [d.body for d in deliveries if d.target == str(user)]
    kinds = [b.words.notice.value for b in bodies if isinstance(b, WordsBody | PanelBody)]
    return kinds + ["alert" for b in bodies if isinstance(b, AlertBody)]


def _changed(before: State, after: State) -> frozenset[str]:
    names = {field.name for field in fields(State)} - BOOKKEEPING
    return frozenset(n for n in names if getattr(before, n) != getattr(after, n))


def every_state(base: State, now: datetime) -> dict[PanelState, State]:
    """Return the home in each state of its panel, as Ann and the cameras brought it there."""

    def brought(state: State, *steps: tuple[float, Input]) -> State:
        for ago, input_ in steps:
            state = decide(state, input_, now - timedelta(seconds=ago)).state
        return replace(state, outbox={}, handled=())

    arm, tick = Arm(Actor(ANN, "Somebody", ANN, 1)), Tick()
    armed = ((600.0, arm), (500.0, tick))
    clips = EventsListed(tuple(_clip(n, now) for n in (1, 2)))
    slow = ModeSettings(entry_delay=timedelta(seconds=60))
    at_home = ModeSettings(cameras=frozenset({HALL}), exit_delay=timedelta(0))
    modes = {Mode.AWAY: ModeSettings(), Mode.HOME: at_home, Mode.NIGHT: at_home}
    base = replace(base, settings=Settings(modes=modes), outbox={})
    waiting = replace(base, settings=Settings(modes=modes | {Mode.AWAY: slow}))
    return {
        PanelState.DISARMED: brought(base),
        PanelState.ARMING: brought(base, (10.0, arm)),
        PanelState.ARMED: brought(base, *armed),
        PanelState.PENDING: brought(waiting, *armed, (5.0, clips)),
        PanelState.TRIGGERED: brought(base, *armed, (5.0, clips)),
    }


def _clip(number: int, now: datetime) -> MotionEvent:
    at = (now - timedelta(seconds=20 + number)).replace(microsecond=0)
    return MotionEvent(f"{NETWORK}:{number}", NETWORK, HALL, "Hall", at, clip_path="/x.mp4")


@asynccontextmanager
async def stage(
    directory: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> AsyncIterator[Stage]:
    people = [telegram.person(user, "Somebody") for user in EVERYBODY.values()]
    for person in people:
        person.write("hello")
    telegram.pending_updates.clear()
    bot, request = direct_bot(telegram)
    home = household(
        contacts=(Contact("c1", "Phone 1", "+442079460123"),), group=HomeGroup(GROUP, "Home")
    )
    named = {key: replace(person, name="Somebody") for key, person in home.people.items()}
    budget = Budget(sleep=lambda _: asyncio.sleep(0))
    async with rooms(
        directory,
        telegram,
        blink,
        state=replace(home, people=named),
        bot=bot,
        budget=budget,
        fs=UNSYNCED,
    ) as parts:
        await parts.log_in()
        parts.controller.apply(LoginChanged(LoginStatus.DONE, "account"))
        house = House(parts, telegram, connection=Door)
        await house.application.initialize()
        set_up = Stage(parts, house, bot, request)
        await set_up.show_something()
        try:
            yield set_up
        finally:
            await parts.replies.settle(5.0)
            await house.application.shutdown()
            await house.bot.request.shutdown()
