"""What people can ask of the alarm; one input each. Other topics have modules of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alarm.core.actor import Actor
from alarm.core.clock_commands import ClockCommand
from alarm.core.contact_commands import ContactCommand
from alarm.core.household_commands import HouseholdCommand
from alarm.core.pin_commands import PinCommand
from alarm.core.settings import CameraRule, Mode, require


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

    `areas`: several of them. `incident_id`: the alert whose button was pressed, if one was; then
    its area is meant. `until`: the true time up to which this holds, where the person named one.
    """

    actor: Actor
    incident_id: str | None = None
    area: str | None = None
    areas: tuple[str, ...] = ()
    until: datetime | None = None
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rearm:
    """Arm Blink again, in the mode that the panel is in. `area`: as of `Arm`."""

    actor: Actor
    area: str | None = None


@dataclass(frozen=True, slots=True)
class CancelArming:
    """End an exit delay that runs, and nothing else. `area`: as of `Arm`.

    `begun`: when the arming began that the person saw, in whole seconds; a newer one is not meant.
    """

    actor: Actor
    area: str | None = None
    begun: datetime | None = None


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
class TickPrivacy:
    """Let the cameras that do not count be off meanwhile, or not, in the choice of this chat."""

    actor: Actor
    mode: Mode
    on: bool


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
    """Let a camera count that was left out; None means all that are."""

    actor: Actor
    camera_id: str | None = None


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
class SetPrivacy:
    """Let cameras that do not count in a mode be switched off at Blink meanwhile, or not."""

    actor: Actor
    mode: Mode
    on: bool

    def __post_init__(self) -> None:
        require(self.mode is not Mode.AWAY, "Privacy is for the modes home and night.")


@dataclass(frozen=True, slots=True)
class PinScreen:
    """Put a home screen into this chat that keeps itself true; an older one there ends."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class UnpinScreen:
    actor: Actor


Command = (
    Arm
    | Disarm
    | Rearm
    | CancelArming
    | ExtendExit
    | Acknowledge
    | FalseAlarm
    | MorePictures
    | SetOption
    | SetModeCameras
    | AskCameras
    | TickCamera
    | TickPrivacy
    | TakeChoice
    | LeaveOut
    | CountAgain
    | SetCameraRule
    | Panic
    | Drill
    | SetPrivacy
    | PinScreen
    | UnpinScreen
    | ClockCommand
    | ContactCommand
    | HouseholdCommand
    | PinCommand
)
