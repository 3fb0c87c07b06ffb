"""Everything the alarm knows and must not lose. Frozen; `decide` makes the next one.

Times are aware UTC. Fields of Blink's clock say so; all others are of the host's clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.camera_wish import CameraWish
from alarm.core.contact import Contact as Contact  # noqa: PLC0414 - everybody finds it here
from alarm.core.contact import Trial
from alarm.core.deliveries import Delivery
from alarm.core.events import Camera, MotionEvent
from alarm.core.household import Departed, HomeGroup, Strangers
from alarm.core.household import Role as Role  # noqa: PLC0414 - everybody finds it here
from alarm.core.incident import Incident
from alarm.core.left_out import Bypass, Trip
from alarm.core.listing import Feed
from alarm.core.pins import Pins
from alarm.core.prompt import Prompt
from alarm.core.ring import Ring
from alarm.core.schedule.calendar import Calendar, Timing
from alarm.core.settings import Mode, PanelState, Settings

# The area armed before Blink told its networks; the first networks seen take it over.
UNKNOWN_AREA = ""


@dataclass(frozen=True, slots=True)
class ArmedSpan:
    """A stretch of time in which events count; all times are of Blink's clock.

    `armed_at` is the moment of arming, shared by the spans of one armed period; `since` is later
    for cameras that a mode switch added. `cameras` None means every camera.
    """

    mode: Mode
    armed_at: datetime
    since: datetime
    until: datetime | None = None
    cameras: frozenset[str] | None = None
    ended_by_person: bool = False


@dataclass(frozen=True, slots=True)
class CountedEvent:
    """An event that counts and is not spent; `armed_at` names its armed period."""

    event: MotionEvent
    armed_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Times from `start` to `end`, both included."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class BlinkWish:
    """How Blink should be armed, whether reading back showed it; `again`: people wait for it."""

    armed: bool
    since: datetime
    confirmed: bool = False
    told: bool = False
    confirmed_at: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """The burst that began an entry delay, how late it was noticed, and the rule it tripped."""

    events: tuple[MotionEvent, ...]
    late: timedelta
    rule_text: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """The panel of one Blink network. `deadline` ends an exit or entry delay.

    `entry` belongs to the pending panel. `reported`: the stretch of the last burst that was only
    reported. `missing_since`: Blink shows it no more. It, `spent_until` and `reported` are of
    Blink's clock.
    """

    network_id: str
    name: str
    panel: PanelState = PanelState.DISARMED
    mode: Mode = Mode.AWAY
    changed_at: datetime | None = None
    changed_by: str = ""
    deadline: datetime | None = None
    spans: tuple[ArmedSpan, ...] = ()
    unspent: tuple[CountedEvent, ...] = ()
    spent_until: datetime | None = None
    entry: Entry | None = None
    reported: Stretch | None = None
    incident_id: str | None = None
    wish: BlinkWish | None = None
    armed_at_blink: bool | None = None
    online: bool = True
    missing_since: datetime | None = None
    timing: Timing = field(default_factory=Timing)
    bypasses: tuple[Bypass, ...] = ()
    trips: tuple[Trip, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One who may talk to the bot; the private chat has the id of the user.

    `until`: a guest's end, in true time. `from_env`: owns the bot by the configuration.
    """

    user_id: int
    name: str
    role: Role
    reachable: bool = True
    until: datetime | None = None
    from_env: bool = False

    def is_over(self, at: datetime) -> bool:
        """Tell whether it is a guest whose stay is over at this moment, in true time."""
        return self.until is not None and self.until <= at


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets one person in, once. `until`: the end of a guest, in true time."""

    code: str
    role: Role
    by: str
    expires_at: datetime
    until: datetime | None = None


class LoginStatus(StrEnum):
    """`code lost`: Blink sent a code, and the session that could use it is gone."""

    NEVER = "never"
    TRYING = "trying"
    CODE_PENDING = "code pending"
    CODE_LOST = "code lost"
    REFUSED = "refused"
    NEEDED = "needed"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Login:
    """The last login at Blink. `account`: which e-mail and password it was, as a hash."""

    status: LoginStatus = LoginStatus.NEVER
    at: datetime | None = None
    account: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """Since when something is wrong, and whether people were told.

    `blind`: the clip list cannot be read; `devices_blind`: networks and cameras cannot;
    `deaf`: Telegram does not hand out what people write and press.
    """

    blind_since: datetime | None = None
    blind_reason: str = ""
    blind_told: bool = False
    devices_blind_since: datetime | None = None
    devices_blind_reason: str = ""
    devices_blind_told: bool = False
    deaf_since: datetime | None = None
    deaf_reason: str = ""
    deaf_told: bool = False
    clock_told: bool = False
    clock_off_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """`skew`: Blink's clock minus ours, None until measured. `alive_at`: the last sign of life.

    `unsure_from`: the clock may have been set while the program was off, so that what was noted
    in Blink's clock since then is only as good as a skew that nobody measured again yet.
    """

    skew: timedelta | None = None
    alive_at: datetime | None = None
    unsure_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counters:
    """The last number given to an incident, a delivery, a row of history, a contact, a
    call for help.

    `duress` is apart, so that the ids of what follows betray nothing.
    """

    incident: int = 0
    delivery: int = 0
    row: int = 0
    duress: int = 0
    contact: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The cameras of a mode as ticked so far in one chat; `arm`: arm in it as soon as it is made.

    `area` is the one that was named, None means all. `until`: the true time up to which that was
    to hold. `asked_at`: when it was asked for, by the host's clock. `private`: None as it is.
    """

    mode: Mode
    cameras: frozenset[str] = frozenset()
    arm: bool = False
    area: str | None = None
    until: datetime | None = None
    asked_at: datetime | None = None
    private: bool | None = None


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What happened while the program was off: clips that are new, and how many of them count."""

    clips: int = 0
    counted: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The whole. `seen`: event key to the epoch second at which it was first listed.

    `known_calls`: Twilio's ids of the newest calls whose step we know. `catch_up`: what was listed
    since the start, until the list was read to its end once. `prompts`: the open keypad of each
    user. `choices`: by chat, the cameras of a mode that are being chosen. `panel_messages`,
    `entry_messages`, `pinned`: chat to the message that tells of the panel, that counts an entry
    delay down, that is its home screen. `last_motion`: camera id to the time of its newest motion,
    in Blink's clock. `in_doubt`: an earlier state was lost, and nobody has armed or disarmed since.
    `env_numbers`: TWILIO_TO_NUMBER as it was last read. `trial`: the test call that is on.
    """

    settings: Settings = field(default_factory=Settings)
    areas: Mapping[str, Area] = field(default_factory=dict)
    cameras: Mapping[str, Camera] = field(default_factory=dict)
    camera_wishes: Mapping[str, CameraWish] = field(default_factory=dict)
    rings: Mapping[str, Ring] = field(default_factory=dict)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    outbox: Mapping[str, Delivery] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    departed: Mapping[str, Departed] = field(default_factory=dict)
    invitations: Mapping[str, Invitation] = field(default_factory=dict)
    group: HomeGroup | None = None
    strangers: Strangers = field(default_factory=Strangers)
    contacts: tuple[Contact, ...] = ()
    env_numbers: tuple[str, ...] | None = None
    trial: Trial | None = None
    claim_code: str = ""
    login: Login = Login()
    seen: Mapping[str, int] = field(default_factory=dict)
    handled: tuple[int, ...] = ()
    in_doubt: bool = False
    catch_up: CatchUp | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    panel_messages: Mapping[str, int] = field(default_factory=dict)
    entry_messages: Mapping[str, int] = field(default_factory=dict)
    pinned: Mapping[str, int] = field(default_factory=dict)
    last_motion: Mapping[str, datetime] = field(default_factory=dict)
    calls_at: tuple[datetime, ...] = ()
    known_calls: tuple[str, ...] = ()
    feed: Feed = field(default_factory=Feed)
    health: Health = Health()
    clock: Clock = Clock()
    counters: Counters = Counters()
    calendar: Calendar = field(default_factory=Calendar)
    pins: Pins = field(default_factory=Pins)
    prompts: Mapping[str, Prompt] = field(default_factory=dict)

    @property
    def owners(self) -> tuple[Person, ...]:
        return tuple(p for p in self.people.values() if p.role is Role.OWNER)

    @property
    def armed(self) -> bool:
        """Tell whether any panel is armed or on its way there."""
        return any(a.panel is not PanelState.DISARMED for a in self.areas.values())
