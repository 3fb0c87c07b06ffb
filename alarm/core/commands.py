"""Everything that people can ask of the alarm; one input each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.contact_commands import ContactCommand
from alarm.core.household import Role
from alarm.core.schedule.windows import Window
from alarm.core.settings import CameraRule, Mode, require


@dataclass(frozen=True, slots=True)
class Actor:
    """Who commands, in which chat, by which update of Telegram.

    `sent_at`: when it was written, for a command that ran late; None for a fresh one.
    """

    user_id: int
    name: str
    chat_id: int
    update_id: int
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Someone presented a one-time code to own the bot."""

    actor: Actor
    code: str


@dataclass(frozen=True, slots=True)
class Arm:
    """Arm. `area`: the network id of the one that is meant; None means all.

    `until`: the true time up to which this holds, where the person named one.
    """

    actor: Actor
    mode: Mode = Mode.AWAY
    area: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Disarm:
    """Disarm. `area`: the network id of the one that is meant; None means all.

    `incident_id`: the alert whose button was pressed, if one was; then its area is meant.
    `until`: the true time up to which this holds, where the person named one.
    """

    actor: Actor
    incident_id: str | None = None
    area: str | None = None
    until: datetime | None = None
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ExtendExit:
    """Lengthen a running exit delay by a minute."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Stop the calls. Without an incident: of every open one."""

    actor: Actor
    incident_id: str | None = None


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    actor: Actor
    incident_id: str
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MorePictures:
    """Show the next events of an incident that were held back."""

    actor: Actor
    incident_id: str


@dataclass(frozen=True, slots=True)
class SetOption:
    """Give an option the value that a text means.

    `by_button`: the page that holds the button shows the change, so that no answer is needed.
    """

    actor: Actor
    key: str
    value: str
    by_button: bool = False


@dataclass(frozen=True, slots=True)
class SetModeCameras:
    """Let these cameras, by their ids, count in home or night: so the mode is set up."""

    actor: Actor
    mode: Mode
    cameras: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskCameras:
    """Ask in this chat which cameras count in a mode."""

    actor: Actor
    mode: Mode


@dataclass(frozen=True, slots=True)
class TickCamera:
    """Let a camera count, or not, in the choice that is being made in this chat."""

    actor: Actor
    mode: Mode
    camera_id: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TakeChoice:
    """Take the choice of this chat as it is; arm, if that was what the person wanted first."""

    actor: Actor
    mode: Mode


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Leave a camera out, until the next disarm or for a `duration`."""

    actor: Actor
    camera_id: str
    duration: timedelta | None = None


@dataclass(frozen=True, slots=True)
class CountAgain:
    """Let a camera count that was left out."""

    actor: Actor
    camera_id: str


@dataclass(frozen=True, slots=True)
class SetCameraRule:
    """Let a camera count by a rule of its own or never; None: by the rule of the mode again."""

    actor: Actor
    camera_id: str
    rule: CameraRule | None


@dataclass(frozen=True, slots=True)
class Panic:
    """Raise the alarm by hand. `asked_at`: when it was asked whether that is really meant."""

    actor: Actor
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Drill:
    """Run the whole path as a test; phones ring only `with_calls`."""

    actor: Actor
    with_calls: bool


@dataclass(frozen=True, slots=True)
class ArmLater:
    """Arm at a true time to come, up to another one where the person named it."""

    actor: Actor
    at: datetime
    mode: Mode = Mode.AWAY
    area: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Call off an arming that is to come."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class KeepHold:
    """Let what was set until this moment stay until the next edge, or longer `by` so much."""

    actor: Actor
    until: datetime
    by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SkipArming:
    """Call off the scheduled arming of this moment, or put it off `by` so much."""

    actor: Actor
    at: datetime
    by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class GoOnVacation:
    """Arm away now and ignore the schedule until a true time; again, it changes that time."""

    actor: Actor
    until: datetime


@dataclass(frozen=True, slots=True)
class EndVacation:
    """Follow the schedule again from its next edge on; the panel stays as it is."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class SetWindow:
    """Add a window, whose id is then 0, or put it in the place of the one with its id."""

    actor: Actor
    window: Window


@dataclass(frozen=True, slots=True)
class RemoveWindow:
    actor: Actor
    id: int


@dataclass(frozen=True, slots=True)
class SwitchSchedule:
    """Let the whole schedule count, or none of it."""

    actor: Actor
    on: bool


class PinChange(StrEnum):
    """What is done to the PIN of the house, or to its duress PIN."""

    SET = "set"
    OFF = "off"
    DURESS = "duress"
    DURESS_OFF = "duress off"


@dataclass(frozen=True, slots=True)
class ChangePin:
    """Set, change or remove a PIN. What is not given is asked for; `salt` is random, in hex."""

    actor: Actor
    change: PinChange
    current: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    salt: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EnterPin:
    """Digits for a keypad; without `prompt` for the one that is open in this chat."""

    actor: Actor
    pin: str = field(repr=False)
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class CancelPin:
    actor: Actor
    prompt: str


@dataclass(frozen=True, slots=True)
class UnlockPin:
    """Let a user try PINs again at once."""

    actor: Actor
    user_id: int


@dataclass(frozen=True, slots=True)
class SetPrivacy:
    """Let cameras that do not count in a mode be switched off at Blink meanwhile, or not."""

    actor: Actor
    mode: Mode
    on: bool

    def __post_init__(self) -> None:
        require(self.mode is not Mode.AWAY, "Privacy is for the modes home and night.")


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a link that lets one person in. `stay`: how long a guest may stay, None for good."""

    actor: Actor
    code: str
    role: Role
    stay: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WithdrawInvitation:
    actor: Actor
    code: str


@dataclass(frozen=True, slots=True)
class SetRole:
    actor: Actor
    user_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class KeepGuest:
    """Let a guest stay `longer`, or with None for good."""

    actor: Actor
    user_id: int
    longer: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """Send somebody away."""

    actor: Actor
    user_id: int


@dataclass(frozen=True, slots=True)
class SetGroup:
    """Make a group the home's. `thread_id`: the topic in it, 0 without one."""

    actor: Actor
    chat_id: int
    title: str
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class ForgetGroup:
    actor: Actor


@dataclass(frozen=True, slots=True)
class PinScreen:
    """Put a home screen into this chat that keeps itself true; an older one there ends."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class UnpinScreen:
    actor: Actor


HouseholdCommand = (
    Invite | WithdrawInvitation | SetRole | KeepGuest | Revoke | SetGroup | ForgetGroup
)
Command = (
    Claim
    | Arm
    | Disarm
    | ArmLater
    | DropPlan
    | ExtendExit
    | Acknowledge
    | FalseAlarm
    | MorePictures
    | SetOption
    | SetModeCameras
    | AskCameras
    | TickCamera
    | TakeChoice
    | SetPrivacy
    | LeaveOut
    | CountAgain
    | SetCameraRule
    | Panic
    | Drill
    | KeepHold
    | SkipArming
    | GoOnVacation
    | EndVacation
    | SetWindow
    | RemoveWindow
    | SwitchSchedule
    | ChangePin
    | EnterPin
    | CancelPin
    | UnlockPin
    | HouseholdCommand
    | PinScreen
    | UnpinScreen
    | ContactCommand
)
