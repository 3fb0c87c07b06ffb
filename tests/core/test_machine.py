"""Anything may happen in any order, with a restart between any two inputs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from enum import Enum, auto

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.decide import decide
from alarm.core.deliveries import (
    AlertEditBody,
    AlertRetireBody,
    BlinkArmBody,
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    MediaBody,
    OverCallBody,
    PanelBody,
    PanelEditBody,
    WordsBody,
)
from alarm.core.events import MotionEvent
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.inputs import (
    Acknowledge,
    Actor,
    Arm,
    BlinkFailed,
    CallProgress,
    Claimed,
    ClockJumped,
    Delivered,
    DeliveryFailed,
    DevicesSeen,
    Disarm,
    Drill,
    EventsListed,
    ExtendExit,
    FalseAlarm,
    Input,
    ListingFinished,
    LoginChanged,
    MorePictures,
    NumbersConfigured,
    SetRule,
    Started,
    StorageChanged,
    StorageStatus,
    Tick,
)
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState, TriggerRule
from alarm.core.state import LoginStatus, State
from storage.codec import Codec
from tests.core import home
from tests.core.home import ANN, BEN, HOUSE, NOON, PHONE_1, PHONE_2, clip, homescreen, seconds
from tests.core.ledger import Ledger

CODEC: Codec[State] = Codec(State)
NAMES = {ANN: "Ann", BEN: "Ben"}
# Sentences that ask somebody to act in an alarm that is on.
URGENT = {Notice.ENTRY_DELAY, Notice.STILL_OPEN, Notice.EXHAUSTED, Notice.CALLS_USED_UP}
HARMLESS = (
    WordsBody,
    PanelBody,
    PanelEditBody,
    AlertEditBody,
    AlertRetireBody,
    HangUpBody,
    OverCallBody,
    BlinkArmBody,
)

waits = st.sampled_from([1, 3, 10, 25, 30, 60, 90, 150, 600, 1800, 4 * 3600, 13 * 3600])
people = st.sampled_from([ANN, BEN])
flags = st.booleans()
picks = st.integers(0, 50)
once_in_a_while = st.sampled_from([False, False, False, True])


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


class AlarmMachine(RuleBasedStateMachine):
    """Two alarms get the same inputs; one of them is restarted now and then."""

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
        decision = decide(self.state, input_, self.now)
        assert decide(self.restarted, input_, self.now) == decision
        self.state = decision.state
        self.restarted = decide(self.restarted, input_, self.now).state
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

    # -- people --------------------------------------------------------------------------------

    @rule(user=people)
    def somebody_arms(self, user: int) -> None:
        self.do(Arm(self.actor(user)))

    @rule()
    def everybody_leaves(self) -> None:
        self.do(Arm(self.actor(ANN)))
        self.now += seconds(60)
        self.do(Tick())

    @rule(user=people, really=once_in_a_while)
    def somebody_disarms(self, user: int, really: bool) -> None:
        if really:
            over = self.over()
            self.do(Disarm(self.actor(user)))
            self.check_disarmed(over)

    @rule(user=people, pick=picks, really=once_in_a_while)
    def somebody_presses_disarm(self, user: int, pick: int, really: bool) -> None:
        if not really:
            return
        incident_id = self.incident_id(pick)
        incident = self.state.incidents.get(incident_id)
        panel, over = self.state.areas[HOUSE].panel, self.over()
        self.do(Disarm(self.actor(user), incident_id))
        valid = incident is not None and incident.status is not IncidentStatus.CLOSED
        if valid and incident is not None and incident.kind is IncidentKind.BURGLARY:
            self.check_disarmed(over)
        else:
            assert self.state.areas[HOUSE].panel is panel

    @rule(user=people)
    def somebody_wants_more_time(self, user: int) -> None:
        self.do(ExtendExit(self.actor(user)))

    @rule(user=people, pick=picks, all_=flags)
    def somebody_acknowledges(self, user: int, pick: int, all_: bool) -> None:
        panel = self.state.areas[HOUSE].panel
        self.do(Acknowledge(self.actor(user), None if all_ else self.incident_id(pick)))
        assert self.state.areas[HOUSE].panel is panel

    @rule(user=people, pick=picks, really=once_in_a_while)
    def somebody_says_false_alarm(self, user: int, pick: int, really: bool) -> None:
        if not really:
            return
        armed = self.state.armed
        self.do(FalseAlarm(self.actor(user), self.incident_id(pick)))
        assert self.state.armed is armed

    @rule(user=people, calls=flags)
    def somebody_tests(self, user: int, calls: bool) -> None:
        panel = self.state.areas[HOUSE].panel
        self.do(Drill(self.actor(user), calls))
        assert self.state.areas[HOUSE].panel is panel

    @rule(user=people, pick=picks)
    def somebody_wants_more_pictures(self, user: int, pick: int) -> None:
        self.do(MorePictures(self.actor(user), self.incident_id(pick)))

    @rule(user=people, threshold=st.integers(1, 4), lookback=st.sampled_from([30, 120, 600]))
    def somebody_sets_the_rule(self, user: int, threshold: int, lookback: int) -> None:
        # An entry delay keeps the burst that began it under the rule of its time.
        if self.state.areas[HOUSE].panel is not PanelState.PENDING:
            self.do(SetRule(self.actor(user), TriggerRule(threshold, seconds(lookback))))

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

    # -- Blink ---------------------------------------------------------------------------------

    @rule(
        age=st.sampled_from([0, 1, 20, 50, 100, 400, 1800, 5 * 3600, 13 * 3600]),
        count=st.integers(1, 4),
        camera=st.sampled_from(["hall", "yard"]),
        source=st.sampled_from(["pir", "pir", "pir", "liveview", "button_press"]),
        deleted=st.sampled_from([False, False, False, True]),
    )
    def blink_lists_clips(
        self, age: int, count: int, camera: str, source: str, deleted: bool
    ) -> None:
        at = self.blink_now.replace(microsecond=0) - seconds(age)
        found = [
            clip(at + seconds(n), self.clips + n, camera=camera, source=source, deleted=deleted)
            for n in range(count)
        ]
        self.clips += count
        self.listed = [*self.listed, *found][-40:]
        self.do(EventsListed(tuple(found), self.skew))

    @rule(camera=st.sampled_from(["hall", "yard"]))
    def a_burglar_comes(self, camera: str) -> None:
        """List as many fresh clips as trip the rule if they count."""
        threshold = self.state.settings.modes[Mode.AWAY].rule.threshold
        at = self.blink_now.replace(microsecond=0)
        found = [clip(at, self.clips + n, camera=camera) for n in range(threshold)]
        self.clips += threshold
        self.do(EventsListed(tuple(found), self.skew))

    @precondition(lambda self: self.listed)
    @rule(first=picks, count=st.integers(1, 10))
    def blink_lists_clips_again(self, first: int, count: int) -> None:
        begin = first % len(self.listed)
        again = tuple(self.listed[begin : begin + count])
        before = self.state
        self.do(EventsListed(again, self.skew))
        if all(e.key in before.seen for e in again):
            assert self.state is before

    @rule()
    def a_listing_is_finished(self) -> None:
        before = self.state
        self.do(ListingFinished(self.now))
        if not before.health.blind_told:
            assert self.state.outbox is before.outbox
        assert self.state.health.blind_since is None
        assert self.state.clock is before.clock

    @rule(armed=flags)
    def blink_shows_its_networks(self, armed: bool) -> None:
        self.do(DevicesSeen(homescreen(armed=armed), self.skew))

    @rule()
    def blink_is_silent(self) -> None:
        self.do(BlinkFailed("silent", self.now))

    # -- deliveries ----------------------------------------------------------------------------

    def pick(self, status: DeliveryStatus, pick: int) -> Delivery | None:
        found = [d for d in self.state.outbox.values() if d.status is status]
        return found[pick % len(found)] if found else None

    @rule(picked=st.lists(picks, min_size=1, max_size=6))
    def deliveries_leave(self, picked: list[int]) -> None:
        found = [d.id for d in self.state.outbox.values() if d.status is DeliveryStatus.PENDING]
        if found:
            self.do(Claimed(tuple(found[n % len(found)] for n in picked)))

    @rule()
    def everything_leaves_and_arrives(self) -> None:
        for delivery in list(self.state.outbox.values()):
            if not isinstance(delivery.body, CallBody):
                self.do(Claimed((delivery.id,)))
                self.do(Delivered(delivery.id, self.updates + 1000))

    @rule(picked=picks)
    def a_delivery_arrives(self, picked: int) -> None:
        delivery = self.pick(DeliveryStatus.SENDING, picked)
        if delivery is not None and not isinstance(delivery.body, CallBody):
            self.do(Delivered(delivery.id, self.updates + 1000))

    @rule(picked=picks, permanent=flags, uncertain=flags)
    def a_delivery_fails(self, picked: int, permanent: bool, uncertain: bool) -> None:
        delivery = self.pick(DeliveryStatus.SENDING, picked)
        if delivery is not None:
            self.do(DeliveryFailed(delivery.id, "no luck", permanent, None, uncertain))

    @rule(
        picked=picks,
        placed=flags,
        status=st.sampled_from(list(CallStatus)),
        answered_by=st.sampled_from(list(AnsweredBy)),
        duration=st.sampled_from([0, 14, 15, 60]),
    )
    def a_call_is_looked_at(
        self,
        picked: int,
        placed: bool,
        status: CallStatus,
        answered_by: AnsweredBy,
        duration: int,
    ) -> None:
        stage = DeliveryStatus.PLACED if placed else DeliveryStatus.SENDING
        call = self.pick(stage, picked)
        if call is not None and isinstance(call.body, CallBody):
            report = CallReport(f"CA{call.id}", call.target, status, answered_by, duration)
            self.do(CallProgress(call.id, report))

    @rule(
        calls=st.integers(1, 4),
        status=st.sampled_from([CallStatus.BUSY, CallStatus.COMPLETED, CallStatus.IN_PROGRESS]),
    )
    def a_phone_is_reached(self, calls: int, status: CallStatus) -> None:
        """Wait for the next calls and let them ring, then end that way."""
        for _ in range(calls):
            for wait in (0, 30, 60):
                self.now += seconds(wait)
                self.do(Tick())
                if self.finish_call(status):
                    break

    def finish_call(self, status: CallStatus) -> bool:
        calls = [d for d in self.state.outbox.values() if isinstance(d.body, CallBody)]
        for call in calls:
            self.do(Claimed((call.id,)))
            for each in (CallStatus.RINGING, status):
                report = CallReport(f"CA{call.id}", call.target, each, AnsweredBy.HUMAN, 20)
                self.do(CallProgress(call.id, report))
        return bool(calls)

    @rule(minutes=st.sampled_from([5, 60]))
    def nobody_reacts(self, minutes: int) -> None:
        """Let time go by minute by minute, no call being answered."""
        for _ in range(minutes):
            self.now += seconds(60)
            self.do(Tick())
            self.finish_call(CallStatus.NO_ANSWER)

    # -- what must hold whatever happens -------------------------------------------------------

    def over(self) -> set[str]:
        closed = IncidentStatus.CLOSED
        return {i.id for i in self.state.incidents.values() if i.status is closed}

    def check_disarmed(self, over: set[str]) -> None:
        """Look at what a disarming left; `over`: incidents that were closed before it."""
        area = self.state.areas[HOUSE]
        assert area.panel is PanelState.DISARMED
        assert area.incident_id is None
        for delivery in self.state.outbox.values():
            if delivery.status is DeliveryStatus.SENDING:
                continue
            if isinstance(delivery.body, MediaBody) and delivery.body.incident_id in over:
                # Pictures that came late or were asked for.
                continue
            assert isinstance(delivery.body, HARMLESS), delivery
            if isinstance(delivery.body, WordsBody):
                assert delivery.body.words.notice not in URGENT
            if isinstance(delivery.body, BlinkArmBody):
                assert not delivery.body.armed

    @invariant()
    def an_open_incident_is_pursued(self) -> None:
        for incident in self.state.incidents.values():
            if incident.status is not IncidentStatus.OPEN:
                assert incident.wave is None
            elif incident.kind is IncidentKind.BURGLARY:
                assert incident.wave is not None

    @invariant()
    def the_panel_is_triggered_while_an_incident_is_not_closed(self) -> None:
        area = self.state.areas[HOUSE]
        unclosed = [
            i.id
            for i in self.state.incidents.values()
            if i.kind is IncidentKind.BURGLARY and i.status is not IncidentStatus.CLOSED
        ]
        assert (area.panel is PanelState.TRIGGERED) is bool(unclosed)
        assert unclosed == ([] if area.incident_id is None else [area.incident_id])

    @invariant()
    def deadlines_stand_only_where_a_state_needs_one(self) -> None:
        area = self.state.areas[HOUSE]
        needs = area.panel in (PanelState.ARMING, PanelState.PENDING)
        assert (area.deadline is not None) is needs
        assert (area.entry is not None) is (area.panel is PanelState.PENDING)
        running = [span for span in area.spans if span.until is None]
        watched = (PanelState.ARMED, PanelState.PENDING, PanelState.TRIGGERED)
        assert len(running) == (area.panel in watched)

    @invariant()
    def at_most_one_call_of_an_incident_is_wanted(self) -> None:
        for incident in self.state.incidents.values():
            calls = [
                d
                for d in self.state.outbox.values()
                if isinstance(d.body, CallBody)
                and d.body.incident_id == incident.id
                and d.status is not DeliveryStatus.SENDING
            ]
            assert len(calls) <= 1
            assert incident.calls_made <= 20

    @invariant()
    def at_most_one_drill_runs_and_none_during_an_alarm(self) -> None:
        unclosed = [
            i for i in self.state.incidents.values() if i.status is not IncidentStatus.CLOSED
        ]
        assert len(unclosed) <= 1

    @invariant()
    def what_waits_is_bounded(self) -> None:
        assert len(self.state.outbox) < 400

    @invariant()
    def the_mode_has_its_settings(self) -> None:
        assert Mode.AWAY in self.state.settings.modes


TestAlarmMachine = AlarmMachine.TestCase
TestAlarmMachine.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, database=None
)
