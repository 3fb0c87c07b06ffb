"""A home whose alarm is driven by hand: the state, the hand of the clock, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from alarm.core.actor import Actor
from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.commands import (
    Acknowledge,
    Arm,
    Disarm,
    Drill,
    FalseAlarm,
)
from alarm.core.contact import Contact
from alarm.core.decide import decide
from alarm.core.deliveries import (
    AlertBody,
    Body,
    CallBody,
    Delivery,
    DeliveryStatus,
    Lane,
    Words,
    WordsBody,
)
from alarm.core.draft import Decision, Row
from alarm.core.events import Homescreen, MotionEvent, Network
from alarm.core.incident import Incident, IncidentKind, IncidentStatus
from alarm.core.inputs import (
    CallProgress,
    Claimed,
    Delivered,
    DeliveryFailed,
    DevicesSeen,
    EventsListed,
    Input,
    ListingFinished,
    Tick,
)
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState, Plan, Settings, TriggerRule
from alarm.core.state import Area, Person, Role, State

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)
HOUSE, GARDEN = "51001", "51002"
ANN, BEN, VIC = 11, 22, 33
PHONE_1, PHONE_2 = "+491510000001", "+491510000002"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

BodyT = TypeVar("BodyT", bound=Body)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def clip(
    at: datetime,
    number: int = 0,
    *,
    camera: str = "hall",
    network: str = HOUSE,
    source: str = "pir",
    deleted: bool = False,
) -> MotionEvent:
    """Make a clip; the same time, camera and number make the same clip."""
    media = f"{camera}-{at.timestamp():.0f}-{number}"
    return MotionEvent(
        key=f"{network}:{media}",
        network_id=network,
        camera_id=camera,
        camera_name=camera.title(),
        created_at=at,
        source=source,
        deleted=deleted,
        clip_path=f"/{media}.mp4",
        thumbnail_path=f"/{media}.jpg",
    )


def household(*, phones: int = 2) -> State:
    """Return the state of a home with two adults, a viewer and one network, disarmed."""
    return State(
        areas={HOUSE: Area(HOUSE, "House", armed_at_blink=False)},
        people={
            str(ANN): Person(ANN, "Ann", Role.OWNER),
            str(BEN): Person(BEN, "Ben", Role.MEMBER),
            str(VIC): Person(VIC, "Vic", Role.VIEWER),
        },
        contacts=tuple(
            Contact(f"env{n}", f"Phone {n}", number, from_env=True)
            for n, number in enumerate((PHONE_1, PHONE_2)[:phones], start=1)
        ),
    )


def settings(
    *,
    threshold: int = 2,
    lookback: timedelta = 2 * MINUTE,
    exit_delay: timedelta = MINUTE,
    entry_delay: timedelta = timedelta(0),
    plan: Plan | None = None,
) -> Settings:
    rule = TriggerRule(threshold, lookback)
    away = ModeSettings(rule, exit_delay=exit_delay, entry_delay=entry_delay)
    return Settings({Mode.AWAY: away}, plan or Plan())


@dataclass
class Home:
    """Every method that does something returns the decision that came of it."""

    state: State = field(default_factory=household)
    now: datetime = NOON
    rows: list[Row] = field(default_factory=list)
    effects: list[Delivery] = field(default_factory=list)
    updates: int = 0

    def do(self, input_: Input) -> Decision:
        decision = decide(self.state, input_, self.now)
        self.state = decision.state
        self.rows += decision.rows
        self.effects += decision.effects
        return decision

    def wait(self, duration: timedelta) -> Decision:
        """Let time go by in one step, then tick."""
        self.now += duration
        return self.do(Tick())

    def live(self, duration: timedelta) -> None:
        """Let time go by second by second."""
        for _ in range(round(duration.total_seconds())):
            self.wait(SECOND)

    # -- people ------------------------------------------------------------------------------------

    def actor(self, user: int = ANN, chat: int | None = None) -> Actor:
        self.updates += 1
        person = self.state.people.get(str(user))
        name = person.name if person else "Somebody"
        return Actor(user, name, user if chat is None else chat, self.updates)

    def arm(self, user: int = ANN) -> Decision:
        return self.do(Arm(self.actor(user)))

    def arm_now(self) -> Home:
        """Arm and let the exit delay run out, with Blink confirming."""
        self.arm()
        self.do(DevicesSeen(homescreen(armed=True)))
        self.wait(self.state.settings.modes[Mode.AWAY].exit_delay)
        return self

    def disarm(self, user: int = ANN, incident: str | None = None) -> Decision:
        return self.do(Disarm(self.actor(user), incident))

    def acknowledge(self, user: int = ANN, incident: str | None = None) -> Decision:
        return self.do(Acknowledge(self.actor(user), incident))

    def false_alarm(self, user: int = ANN, incident: str | None = None) -> Decision:
        return self.do(FalseAlarm(self.actor(user), incident or self.incident.id))

    def drill(self, *, with_calls: bool = False) -> Decision:
        return self.do(Drill(self.actor(), with_calls))

    # -- Blink -------------------------------------------------------------------------------------

    def see(self, *events: MotionEvent) -> Decision:
        """Read one page of the clip list."""
        return self.do(EventsListed(events))

    def list_all(self, *events: MotionEvent) -> Decision:
        """Read a page and with it the listing to its end."""
        self.see(*events)
        return self.do(ListingFinished(self.now))

    def burglary(self, count: int = 2, camera: str = "hall") -> Incident:
        """Trip the rule with clips of this moment."""
        self.see(*(clip(self.now, n, camera=camera) for n in range(count)))
        return self.incident

    # -- deliveries --------------------------------------------------------------------------------

    def claim(self, delivery: Delivery) -> None:
        self.do(Claimed((delivery.id,)))

    def deliver(self, delivery: Delivery, message_id: int = 0) -> Decision:
        self.claim(delivery)
        return self.do(Delivered(delivery.id, message_id))

    def deliver_chat(self) -> None:
        """Let everything that waits for a chat arrive."""
        lanes = (Lane.ALARM, Lane.CHAT, Lane.MEDIA)
        for number, delivery in enumerate(self.waiting(lanes=lanes), start=1000):
            self.deliver(delivery, number)

    def fail(
        self, delivery: Delivery, *, permanent: bool = False, uncertain: bool = False
    ) -> Decision:
        self.claim(delivery)
        return self.do(DeliveryFailed(delivery.id, "no luck", permanent, None, uncertain))

    def call(
        self,
        status: CallStatus,
        answered_by: AnsweredBy = AnsweredBy.NOBODY_KNOWN,
        duration: int = 0,
    ) -> Decision:
        """Look at the call that is on: it is placed if it was not."""
        (delivery,) = self.calls()
        self.claim(delivery)
        sid = f"CA-{delivery.id}"
        report = CallReport(sid, delivery.target, status, answered_by, duration)
        return self.do(CallProgress(delivery.id, report))

    def waiting(self, *, lanes: Iterable[Lane] = tuple(Lane)) -> list[Delivery]:
        """Return what waits to leave."""
        return [
            d
            for d in self.state.outbox.values()
            if d.lane in lanes and d.status is DeliveryStatus.PENDING
        ]

    def calls(self) -> list[Delivery]:
        return [d for d in self.state.outbox.values() if isinstance(d.body, CallBody)]

    def called(self) -> list[str]:
        """Return the numbers of all calls that were decided so far, in order."""
        return [d.target for d in self.effects if isinstance(d.body, CallBody)]

    # -- what to look at ---------------------------------------------------------------------------

    @property
    def area(self) -> Area:
        return self.state.areas[HOUSE]

    def panel(self) -> PanelState:
        return self.area.panel

    def status(self) -> IncidentStatus:
        return self.incident.status

    @property
    def incident(self) -> Incident:
        """Return the newest burglary."""
        burglaries = [i for i in self.state.incidents.values() if i.kind is IncidentKind.BURGLARY]
        return burglaries[-1]

    @property
    def open_incidents(self) -> list[Incident]:
        return [i for i in self.state.incidents.values() if i.status is not IncidentStatus.CLOSED]

    def set_rule(self, rule: TriggerRule) -> None:
        """Change the rule behind the alarm's back."""
        away = replace(self.state.settings.modes[Mode.AWAY], rule=rule)
        modes = {**self.state.settings.modes, Mode.AWAY: away}
        self.state = replace(self.state, settings=replace(self.state.settings, modes=modes))


def homescreen(*, armed: bool, networks: Iterable[str] = (HOUSE,)) -> Homescreen:
    names = {HOUSE: "House", GARDEN: "Garden"}
    return Homescreen(tuple(Network(n, names[n], armed) for n in networks), ())


def of_kind(deliveries: Iterable[Delivery], kind: type[Body]) -> list[Delivery]:
    return [d for d in deliveries if isinstance(d.body, kind)]


def alerts(deliveries: Iterable[Delivery]) -> list[str]:
    """Return the chats that get an alert."""
    return [d.target for d in deliveries if isinstance(d.body, AlertBody)]


def said(deliveries: Iterable[Delivery], chat: int | None = None) -> list[Notice]:
    """Return the sentences said, to all or to one chat."""
    return [words.notice for words in sentences(deliveries, chat)]


def sentences(deliveries: Iterable[Delivery], chat: int | None = None) -> list[Words]:
    return [
        d.body.words
        for d in deliveries
        if isinstance(d.body, WordsBody) and chat in (None, int(d.target))
    ]
