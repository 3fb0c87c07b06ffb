"""A home with as much of everything as there may be, and with the longest and oddest names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from alarm.core.camera_wish import CameraWish, Step
from alarm.core.contact import Contact, Tried
from alarm.core.deliveries import Scalar
from alarm.core.events import Camera, MotionEvent
from alarm.core.household import HomeGroup
from alarm.core.incident import CallNote, Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.invitations import MOST_OPEN
from alarm.core.left_out import Bypass, BypassKind
from alarm.core.pins import Pins
from alarm.core.quiet_hours import QuietHours
from alarm.core.ring import Ring
from alarm.core.schedule.calendar import Calendar, Hold, Planned, PutOff, Timing, Vacation
from alarm.core.schedule.windows import EVERY_DAY, MAX_WINDOWS, Schedule, Window
from alarm.core.settings import CameraRule, Mode, ModeSettings, PanelState, Settings, TriggerRule
from alarm.core.state import (
    Area,
    BlinkWish,
    Choice,
    Clock,
    Entry,
    Health,
    Invitation,
    Login,
    LoginStatus,
    Person,
    Role,
    State,
)
from bot.words import times
from tests.bot.words.looks import NIGHT

CAMERAS, CONTACTS, PEOPLE, AREAS, EVENTS = 30, 20, 20, 4, 60
HOUR = timedelta(hours=1)
# Longer than any number of Blink or Telegram so far.
LONG_ID = 9_000_000_000_000_000_000
WHY = "everything <is> & wrong 🚨 " * 60
SOON, LATER = NIGHT + HOUR, NIGHT + 7 * HOUR


def odd(number: int, length: int = 64) -> str:
    """Return a name of this length: signs that HTML changes, signs that count twice."""
    return (f"{number} " + "<&🚪é\"'>👨‍👩‍👧🏠 " * length)[: length - 1] + "x"


def camera(number: int) -> Camera:
    area = str(LONG_ID + number % AREAS)
    return Camera(
        str(LONG_ID + number), area, odd(number), enabled=False, online=False, battery_low=True
    )


def event(number: int) -> MotionEvent:
    seen = camera(number % CAMERAS)
    at = NIGHT - timedelta(seconds=EVENTS - number)
    return MotionEvent(
        f"{seen.network_id}:{number}", seen.network_id, seen.id, seen.name, at, clip_path="/x.mp4"
    )


EVENT = tuple(event(number) for number in range(EVENTS))
# Of every area, of one that is gone, and of all.
AREAS_OF_WINDOWS = (*(str(LONG_ID + number) for number in range(AREAS + 1)), "")
WINDOWS = tuple(
    Window(
        EVERY_DAY,
        number * 40,
        number * 40 + 39,
        Mode.NIGHT,
        number + 1,
        paused=number == 3,
        area=AREAS_OF_WINDOWS[number % len(AREAS_OF_WINDOWS)],
    )
    for number in range(MAX_WINDOWS)
)


def contact(number: int) -> Contact:
    return Contact(
        f"c{LONG_ID + number}",
        odd(number),
        f"+44207946{number:06}",
        quiet=QuietHours(22 * 60, 7 * 60),
        user_id=LONG_ID + number,
        tried=Tried(NIGHT - HOUR, f"failed: {WHY}", timedelta(seconds=12)),
    )


def person(number: int) -> Person:
    role = tuple(Role)[number % len(Role)]
    until = LATER if role is not Role.OWNER else None
    return Person(LONG_ID + number, odd(number), role, reachable=number % 2 == 0, until=until)


def incident(number: int, kind: IncidentKind, status: IncidentStatus) -> Incident:
    outcomes = ("busy", "no answer", f"failed: {WHY}", "answered", "machine")
    return Incident(
        f"i{LONG_ID + number}",
        kind,
        str(LONG_ID + number % AREAS),
        odd(number),
        Mode.AWAY,
        NIGHT - HOUR,
        rule_text=f"2 in 120 s {WHY}",
        events=EVENT,
        event_count=9999,
        status=status,
        opened_by=odd(1),
        acted_by=odd(2),
        acted_at=NIGHT,
        acknowledged_at=NIGHT,
        late=9 * HOUR,
        recent_closing=True,
        waves=7,
        calls=tuple(CallNote(odd(n), outcomes[n % len(outcomes)]) for n in range(60)),
        calls_made=60,
        panic_by=odd(3),
        panic_at=NIGHT,
        uncounted=frozenset(e.key for e in EVENT[::2]),
    )


def incidents() -> Iterator[Incident]:
    """Yield an alarm of every kind in every condition."""
    for number, kind in enumerate(IncidentKind):
        for step, status in enumerate(IncidentStatus):
            yield incident(10 * number + step, kind, status)
    yield replace(incident(99, IncidentKind.BURGLARY, IncidentStatus.CLOSED), verdict=Verdict.REAL)


def area(number: int, panel: PanelState) -> Area:
    hold = Hold(NIGHT, LATER, odd(4), Mode.HOME, outer=LATER + HOUR, outermost=Mode.AWAY)
    return Area(
        str(LONG_ID + number),
        odd(number),
        panel,
        Mode.NIGHT,
        changed_at=NIGHT - HOUR,
        changed_by=odd(5),
        deadline=NIGHT + timedelta(seconds=50),
        entry=Entry(EVENT, HOUR, WHY),
        incident_id=f"i{LONG_ID}" if panel is PanelState.TRIGGERED else None,
        wish=BlinkWish(True, NIGHT - HOUR, told=True),
        armed_at_blink=False,
        online=False,
        missing_since=NIGHT if number % 2 else None,
        timing=Timing(None, hold, Planned(SOON, Mode.AWAY, odd(6), LATER), PutOff(NIGHT, SOON)),
        bypasses=tuple(
            Bypass(camera(n).id, kind, NIGHT, by=odd(n), deadline=LATER)
            for n, kind in zip(range(CAMERAS), tuple(BypassKind) * CAMERAS, strict=False)
        ),
    )


def home(panel: PanelState) -> State:
    """Return the home with every panel in one state."""
    cameras = {c.id: c for c in map(camera, range(CAMERAS))}
    all_of_them = frozenset(cameras)
    rule = TriggerRule(50, HOUR)
    mode = ModeSettings(rule, cameras=all_of_them, distinct=9, privacy=True)
    people = {str(p.user_id): p for p in map(person, range(PEOPLE))}
    steps = tuple(Step) * CAMERAS
    return State(
        settings=Settings(
            modes={Mode.AWAY: mode, Mode.HOME: mode, Mode.NIGHT: mode},
            cameras={c: CameraRule(rule if n % 2 else None) for n, c in enumerate(cameras)},
        ),
        areas={a.network_id: a for a in (area(n, panel) for n in range(AREAS))},
        cameras=cameras,
        camera_wishes={
            c: CameraWish(step, NIGHT, told=True) for c, step in zip(cameras, steps, strict=False)
        },
        rings={e.key: Ring(e, NIGHT) for e in EVENT},
        incidents={i.id: i for i in incidents()},
        people=people,
        invitations={
            f"{n:012}": Invitation(f"{n:012}", Role.MEMBER, odd(n), LATER, LATER)
            for n in range(MOST_OPEN)
        },
        group=HomeGroup(-LONG_ID, odd(7, 128), thread_id=4, reachable=False),
        contacts=tuple(map(contact, range(CONTACTS))),
        login=Login(LoginStatus.REFUSED, NIGHT, reason=WHY),
        in_doubt=True,
        choices={str(LONG_ID): Choice(Mode.NIGHT, all_of_them, arm=True)},
        last_motion=dict.fromkeys(cameras, NIGHT - HOUR),
        health=Health(
            *(NIGHT - HOUR, WHY, True), *(NIGHT - HOUR, WHY, True), *(NIGHT - HOUR, WHY, True)
        ),
        clock=Clock(2 * HOUR),
        calendar=Calendar(Schedule(WINDOWS), Vacation(LATER, odd(8))),
        pins=Pins("00", "11"),
    )


HOMES = {panel: home(panel) for panel in PanelState}
# As the core joins the names of everything there is.
MANY = ", ".join(odd(number) for number in range(CAMERAS))


# What is no name of anybody's choice: the core writes these, and none is long.
NUMBERS = frozenset({"code", "prompt", "user", "network", "overtaken", "mode", "phones", "role"})


def stretched(args: dict[str, Scalar]) -> Iterator[dict[str, Scalar]]:
    """Yield the arguments of a notice with every text as long as it may get."""
    texts = {
        key
        for key, value in args.items()
        if isinstance(value, str) and key not in NUMBERS and times.instant(value) is None
    }
    for text in (MANY, WHY, odd(1)):
        yield {key: text if key in texts else value for key, value in args.items()}
