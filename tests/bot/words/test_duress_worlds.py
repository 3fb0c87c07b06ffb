"""Two worlds that differ in one PIN alone: whoever holds the forced person's phone sees no more.

In one world Ann types the PIN, in the other the duress PIN. Whatever happens afterwards, her chat
and the group read the same, letter by letter, button by button.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.commands import (
    Acknowledge,
    Disarm,
    FalseAlarm,
    Panic,
)
from alarm.core.deliveries import CallBody, DeleteBody, DeliveryStatus, Lane
from alarm.core.household import HomeGroup
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.inputs import CallProgress, Claimed, ClockJumped, Delivered, DeliveryFailed, Started
from alarm.core.pin_commands import EnterPin
from alarm.core.secrecy import is_about_secret, seen_from
from alarm.core.state import State
from bot.delivery.chat import page_of
from bot.pages import Page
from bot.words import screen, status
from bot.words.view import View
from storage.codec import Codec
from tests.core.home import ANN, BEN, MINUTE, Home, clip, seconds
from tests.core.pinned import DURESS, PIN, WRONG, pinned_home

GROUP = -4001
CODEC: Codec[State] = Codec(State)
CHATS = (Lane.ALARM, Lane.CHAT)


def with_group(home: Home) -> Home:
    home.state = replace(home.state, group=HomeGroup(GROUP, "Home"))
    return home


@dataclass
class World:
    """`pin`: what Ann types. `read`: what stood in each chat, in order."""

    pin: str
    home: Home = field(default_factory=lambda: with_group(pinned_home()))
    read: dict[int, list[object]] = field(default_factory=lambda: {ANN: [], BEN: [], GROUP: []})

    def view(self) -> View:
        return View(now=self.home.now, zone=ZoneInfo("UTC"), phone_ready=True, poll_seconds=15.0)

    def show(self, chat: int, page: Page) -> int:
        buttons = [[(b.text, b.data) for b in row] for row in page.buttons]
        self.read[chat].append((page.html, buttons))
        return len(self.read[chat])

    def deliver(self, *, lost: int = 0) -> None:
        """Let all words arrive, except in the chat that is lost."""
        for _ in range(4):
            for waiting in self.home.waiting(lanes=CHATS):
                self.home.do(Claimed((waiting.id,)))
                delivery = self.home.state.outbox.get(waiting.id)
                if delivery is None or delivery.status is not DeliveryStatus.SENDING:
                    continue
                chat = int(delivery.target)
                if chat == lost:
                    self.home.do(DeliveryFailed(delivery.id, "blocked", permanent=True))
                elif isinstance(delivery.body, DeleteBody):
                    self.read[chat].append(delivery.body)
                    self.home.do(Delivered(delivery.id))
                else:
                    page = page_of(delivery, seen_from(self.home.state, chat), self.view())
                    self.home.do(Delivered(delivery.id, self.show(chat, page)))

    def look(self, chat: int) -> None:
        state = seen_from(self.home.state, chat)
        self.show(chat, screen.status(state, self.view()))
        self.show(chat, status.cameras(state, self.view()))

    def call_ends(self, outcome: CallStatus, *, secret: bool) -> None:
        """Let the calls end that belong to what is hidden, or the others."""
        for call in self.home.calls():
            if not isinstance(call.body, CallBody):
                continue
            if is_about_secret(self.home.state, call.body) is secret:
                self.home.claim(call)
                sid = f"CA-{call.id}"
                report = CallReport(sid, call.target, outcome, AnsweredBy.HUMAN, 20)
                self.home.do(CallProgress(call.id, report))

    def newest(self, *, secret: bool) -> str:
        fitting = [
            i.id
            for i in self.home.state.incidents.values()
            if (i.kind is IncidentKind.DURESS) is secret and i.status is not IncidentStatus.CLOSED
        ]
        return fitting[-1] if fitting else "none"

    def restart(self) -> None:
        self.home.state = CODEC.decode(json.loads(json.dumps(CODEC.encode(self.home.state))))
        self.home.now += 3 * MINUTE
        self.home.do(Started())

    def jump(self) -> None:
        self.home.now += 45 * MINUTE
        self.home.do(ClockJumped(45 * MINUTE))

    def wait(self, number: float) -> None:
        for part in (0.1, 0.4, 0.5):
            self.home.wait(seconds(number * part))

    def burgle(self) -> None:
        self.home.see(*(clip(self.home.now.replace(microsecond=0), n) for n in range(2)))


Deed = Callable[[World], object]
DEEDS: dict[str, Deed] = {
    "wait a moment": lambda w: w.wait(4),
    "wait a minute": lambda w: w.wait(70),
    "wait long": lambda w: w.wait(2000),
    "deliver": lambda w: w.deliver(),
    "Ben is lost": lambda w: w.deliver(lost=BEN),
    "Ann arms": lambda w: w.home.arm(),
    "Ben arms": lambda w: w.home.arm(BEN),
    "Ann looks": lambda w: w.look(ANN),
    "the group looks": lambda w: w.look(GROUP),
    "Ann is forced": lambda w: w.home.do(Disarm(w.home.actor(), pin=w.pin)),
    "Ann is forced in the group": lambda w: w.home.do(Disarm(w.home.actor(ANN, GROUP), pin=w.pin)),
    "Ann is asked": lambda w: w.home.do(Disarm(w.home.actor())),
    "Ann is forced at the keypad": lambda w: w.home.do(EnterPin(w.home.actor(), w.pin)),
    "Ann mistypes": lambda w: w.home.do(Disarm(w.home.actor(), pin=WRONG)),
    "Ann is forced to call it false": lambda w: w.home.do(
        FalseAlarm(w.home.actor(), w.newest(secret=False), w.pin)
    ),
    "Ann acknowledges all": lambda w: w.home.do(Acknowledge(w.home.actor())),
    "Ben acknowledges all in the group": lambda w: w.home.do(Acknowledge(w.home.actor(BEN, GROUP))),
    "Ben acknowledges the hidden one": lambda w: w.home.do(
        Acknowledge(w.home.actor(BEN), w.newest(secret=True))
    ),
    "Ben ends the hidden one": lambda w: w.home.do(
        FalseAlarm(w.home.actor(BEN), w.newest(secret=True), PIN)
    ),
    "Ben disarms": lambda w: w.home.do(Disarm(w.home.actor(BEN), pin=PIN)),
    "Ann raises a panic alarm": lambda w: w.home.do(Panic(w.home.actor(), w.home.now)),
    "a burglar comes": lambda w: w.burgle(),
    "Ann tests": lambda w: w.home.drill(),
    "a hidden call is taken": lambda w: w.call_ends(CallStatus.COMPLETED, secret=True),
    "a hidden call is missed": lambda w: w.call_ends(CallStatus.NO_ANSWER, secret=True),
    "a call is taken": lambda w: w.call_ends(CallStatus.COMPLETED, secret=False),
    "a call is missed": lambda w: w.call_ends(CallStatus.NO_ANSWER, secret=False),
    "a restart": lambda w: w.restart(),
    "the clock is set": lambda w: w.jump(),
}


def told(pin: str, deeds: list[str]) -> World:
    world = World(pin)
    world.home.arm_now()
    for deed in ("Ann is forced", *deeds, "deliver", "Ann looks", "the group looks"):
        DEEDS[deed](world)
    return world


@settings(max_examples=50, deadline=None)
@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), max_size=14))
@example(deeds=["deliver", "Ben acknowledges the hidden one", "wait long", "wait long"])
@example(deeds=["Ann arms", "wait a minute", "a burglar comes", "deliver", "wait a minute"])
@example(deeds=["wait a moment", "a hidden call is missed", "deliver", "a restart", "deliver"])
@example(deeds=["wait a moment", "a restart"])
@example(deeds=["Ben is lost", "wait a moment", "Ann is forced", "Ben is lost"])
@example(deeds=["deliver", *["Ann is forced", "Ben ends the hidden one"] * 6, "Ann tests"])
def test_the_chats_of_the_forced_person_read_the_same(deeds: list[str]) -> None:
    normal, forced = told(PIN, deeds), told(DURESS, deeds)
    for chat in (ANN, GROUP):
        assert forced.read[chat] == normal.read[chat]
    assert shown_rows(forced) == shown_rows(normal)


def shown_rows(world: World) -> list[object]:
    # What Ben hears of his own deeds differs, and so does what of it never arrived.
    return [
        (row.at, row.kind, dict(row.data))
        for row in world.home.rows
        if row.kind != "secret" and row.data.get("what") != "delivery given up"
    ]


def test_the_others_read_of_it() -> None:
    forced = told(DURESS, ["deliver"])
    assert "ALARM: Ann is being forced" in str(forced.read[BEN])
    assert "ALARM" not in str(told(PIN, ["deliver"]).read)


def test_the_property_can_fail() -> None:
    """Show the state as it is instead of as seen: then the words differ."""
    forced, normal = told(DURESS, []), told(PIN, [])
    pages = [screen.status(w.home.state, w.view()).html for w in (forced, normal)]
    assert pages[0] != pages[1]
