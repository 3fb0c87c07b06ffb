"""Everything that people can ask of the alarm; one input each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alarm.core.settings import Mode


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
    """`area`: the network id of the one that is meant; None means all."""

    actor: Actor
    mode: Mode = Mode.AWAY
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Disarm:
    """Disarm. `area`: the network id of the one that is meant; None means all.

    `incident_id`: the alert whose button was pressed, if one was; then its area is meant.
    """

    actor: Actor
    incident_id: str | None = None
    area: str | None = None


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
class Drill:
    """Run the whole path as a test; phones ring only `with_calls`."""

    actor: Actor
    with_calls: bool


Command = (
    Claim
    | Arm
    | Disarm
    | ExtendExit
    | Acknowledge
    | FalseAlarm
    | MorePictures
    | SetOption
    | SetModeCameras
    | AskCameras
    | TickCamera
    | TakeChoice
    | Drill
)
