"""A story in which anything may happen in any order, told to two alarms; one is restarted."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from enum import Enum, auto

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from alarm.core.actor import Actor
from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.commands import Acknowledge, Arm
from alarm.core.decide import decide
from alarm.core.deliveries import CallBody, DeliveryStatus, HangUpBody
from alarm.core.events import MotionEvent
from alarm.core.inputs import (
    CallProgress,
    Claimed,
    ClockJumped,
    Delivered,
    EventsListed,
    Input,
    LoginChanged,
    NumbersConfigured,
    Started,
    StorageChanged,
    StorageStatus,
    Tick,
)
from alarm.core.settings import Mode
from alarm.core.state import LoginStatus, State
from storage.codec import Codec
from tests.core import home
from tests.core.home import ANN, BEN, HOUSE, NOON, PHONE_1, PHONE_2, clip, seconds
from tests.core.ledger import Ledger

CODEC: Codec[State] = Codec(State)
NAMES = {ANN: "Ann", BEN: "Ben"}
waits = st.sampled_from([1, 3, 10, 25, 30, 60, 90, 150, 600, 1800, 4 * 3600, 13 * 3600])


def reread(state: State) -> State:
    """Return the state as a restart finds it on the disk."""
    return CODEC.decode(json.loads(json.dumps(CODEC.encode(state))))


class Scene(Enum):
    """Where a story begins; left to chance, most would never get that far."""

    DISARMED = auto()
    ARMED = auto()
    ALARM = auto()
    ACKNOWLEDGED = auto()
    EXHAUSTED = auto()


class Story(RuleBasedStateMachine):
    """Two alarms get the same inputs; one of them is restarted now and then.

    Here: time, restarts and the course of every alarm. People, clouds and what must hold come with
    the subclasses.
    """

    @initialize(
        entry=st.sampled_from([0, 30]),
        exit_delay=st.sampled_from([0, 60]),
        phones=st.integers(0, 2),
        threshold=st.integers(1, 3),
        scene=st.sampled_from(list(Scene)),
    )
    def begin(self, entry: int, exit_delay: int, phones: int, threshold: int, scene: Scene) -> None:
        household = home.household(phones=phones)
        chosen = home.settings(
            threshold=threshold, exit_delay=seconds(exit_delay), entry_delay=seconds(entry)
        )
        self.state = State(
            settings=chosen,
            areas=household.areas,
            people=household.people,
            contacts=household.contacts,
        )
        self.restarted = reread(self.state)
        self.now = NOON
        self.skew = timedelta(0)
        self.updates = 0
        self.clips = 0
        self.listed: list[MotionEvent] = []
        self.ledger = Ledger(HOUSE)
        self.do(EventsListed((), self.skew))
        if scene is not Scene.DISARMED:
            self.everybody_leaves()
        if scene in (Scene.ALARM, Scene.ACKNOWLEDGED, Scene.EXHAUSTED):
            self.a_burglar_comes("hall")
        if scene is Scene.ACKNOWLEDGED:
            self.do(Acknowledge(self.actor(ANN)))
        if scene is Scene.EXHAUSTED:
            self.nobody_reacts(20)

    def do(self, input_: Input) -> None:
        before = self.state
        decision, other = (decide(s, input_, self.now) for s in (self.state, self.restarted))
        assert decision == other
        self.state, self.restarted = decision.state, other.state
        self.ledger.note(before, decision, self.blink_now)

    @property
    def blink_now(self) -> datetime:
        return self.now + self.skew

    def actor(self, user: int) -> Actor:
        self.updates += 1
        return Actor(user, NAMES[user], user, self.updates)

    def incident_id(self, pick: int) -> str:
        known = [*self.state.incidents, "i99"]
        return known[-1 - pick % len(known)]

    # -- time ----------------------------------------------------------------------------------

    @rule(wait=waits)
    def time_goes_by(self, wait: int) -> None:
        self.now += seconds(wait)
        self.do(Tick())

    @rule(wait=st.sampled_from([1, 5, 20]))
    def time_goes_by_without_a_tick(self, wait: int) -> None:
        self.now += seconds(wait)

    @rule()
    def the_state_is_read_from_the_disk(self) -> None:
        self.restarted = reread(self.restarted)
        assert self.restarted == self.state

    @rule(down=waits)
    def the_program_is_restarted(self, down: int) -> None:
        self.restarted = reread(self.restarted)
        self.now += seconds(down)
        self.do(Started())

    @rule(delta=st.sampled_from([-3600, -7, 6, 3600]))
    def the_clock_is_set(self, delta: int) -> None:
        self.now += seconds(delta)
        self.skew -= seconds(delta)
        self.do(ClockJumped(seconds(delta)))

    # -- the story of every alarm -----------------------------------------------------------

    @rule()
    def everybody_leaves(self) -> None:
        self.do(Arm(self.actor(ANN)))
        self.now += seconds(60)
        self.do(Tick())

    @rule(camera=st.sampled_from(["hall", "yard"]))
    def a_burglar_comes(self, camera: str) -> None:
        """List as many fresh clips as trip the rule if they count."""
        threshold = self.state.settings.modes[Mode.AWAY].rule.threshold
        at = self.blink_now.replace(microsecond=0)
        found = [clip(at, self.clips + n, camera=camera) for n in range(threshold)]
        self.clips += threshold
        self.do(EventsListed(tuple(found), self.skew))

    @rule(minutes=st.sampled_from([5, 60]))
    def nobody_reacts(self, minutes: int) -> None:
        """Let time go by minute by minute, no call being answered."""
        for _ in range(minutes):
            self.now += seconds(60)
            self.do(Tick())
            self.finish_call(CallStatus.NO_ANSWER)

    def finish_call(self, status: CallStatus) -> bool:
        for delivery in self.state.outbox.values():
            if isinstance(delivery.body, HangUpBody):
                self.do(Claimed((delivery.id,)))
                self.do(Delivered(delivery.id))
        calls = [d for d in self.state.outbox.values() if isinstance(d.body, CallBody)]
        for call in calls:
            self.do(Claimed((call.id,)))
            waits = self.state.outbox.get(call.id)
            if waits is None or waits.status is DeliveryStatus.PENDING:
                continue
            for each in (CallStatus.RINGING, status):
                report = CallReport(f"CA{call.id}", call.target, each, AnsweredBy.HUMAN, 20)
                self.do(CallProgress(call.id, report))
        return bool(calls)

    @rule(
        odd=st.sampled_from(
            [
                NumbersConfigured(()),
                NumbersConfigured((PHONE_1,)),
                NumbersConfigured((PHONE_2, PHONE_1)),
                StorageChanged(StorageStatus.FAILING),
                StorageChanged(StorageStatus.FINE),
                *(LoginChanged(status, "account") for status in LoginStatus),
            ]
        )
    )
    def something_else_happens(self, odd: Input) -> None:
        self.do(odd)
