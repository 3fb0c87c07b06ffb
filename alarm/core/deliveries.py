"""What waits to be told, dialled or done: the entries of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alarm.core.notices import Notice

Scalar = str | int | float | bool | None


class DeliveryStatus(StrEnum):
    """`placed`: a call that Twilio took and that is watched to its end."""

    PENDING = "pending"
    SENDING = "sending"
    PLACED = "placed"


class Lane(StrEnum):
    """Who carries it out. Alarm traffic never waits behind chatter."""

    ALARM = "alarm"
    CHAT = "chat"
    MEDIA = "media"
    PHONE = "phone"
    BLINK = "blink"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to say: which one, and what goes into it, as it was at that moment."""

    notice: Notice
    args: Mapping[str, Scalar] = field(default_factory=dict)


def say(notice: Notice, **args: Scalar) -> Words:
    """Put a sentence together."""
    return Words(notice, args)


@dataclass(frozen=True, slots=True)
class AlertBody:
    """The alert of an incident, worded from the incident when it is sent."""

    incident_id: str


@dataclass(frozen=True, slots=True)
class AlertEditBody:
    """Bring a chat's copy of the alert up to date."""

    incident_id: str


@dataclass(frozen=True, slots=True)
class AlertRetireBody:
    """Let an older copy of the alert point to the newer one in the same chat."""

    incident_id: str
    message_id: int


@dataclass(frozen=True, slots=True)
class MediaBody:
    """Picture and clip of one event, as silent replies to the alert."""

    incident_id: str
    event_key: str


@dataclass(frozen=True, slots=True)
class RingPictureBody:
    """The picture of a ring at the door, as a silent reply to the words about it."""

    ring: str


@dataclass(frozen=True, slots=True)
class WordsBody:
    words: Words
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PanelBody:
    """The answer to an arming: state, countdown, what is weak; worded when it is sent."""

    area_ids: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class PanelEditBody:
    """Bring a chat's last panel message up to date."""

    message_id: int


@dataclass(frozen=True, slots=True)
class PanelRetireBody:
    """Let an older panel message point to the newer one in the same chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class DeleteBody:
    """Take a message off the chat. `secret`: a person wrote a PIN in it."""

    message_id: int
    secret: bool = False


@dataclass(frozen=True, slots=True)
class ScreenBody:
    """A home screen that keeps itself true from now on."""


@dataclass(frozen=True, slots=True)
class PinScreenBody:
    """Pin a chat's home screen, without a sound."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ScreenEndBody:
    """Unpin a home screen that is kept true no more, and let it say so."""

    message_id: int


@dataclass(frozen=True, slots=True)
class CallBody:
    incident_id: str
    contact_id: str


@dataclass(frozen=True, slots=True)
class OverCallBody:
    """Tell one who was reached by a call, and has no chat, that the alarm is over."""

    incident_id: str
    contact_id: str


@dataclass(frozen=True, slots=True)
class TrialBody:
    """Call a contact once as a test."""

    contact_id: str


@dataclass(frozen=True, slots=True)
class HangUpBody:
    sid: str


@dataclass(frozen=True, slots=True)
class BlinkArmBody:
    network_id: str
    armed: bool


@dataclass(frozen=True, slots=True)
class BlinkLookBody:
    """Look at the cameras now: some are to be private, if they are on."""


@dataclass(frozen=True, slots=True)
class BlinkMotionBody:
    """Switch the motion detection of one camera."""

    camera_id: str
    enabled: bool


Body = (
    AlertBody
    | AlertEditBody
    | AlertRetireBody
    | MediaBody
    | RingPictureBody
    | WordsBody
    | PanelBody
    | PanelEditBody
    | PanelRetireBody
    | DeleteBody
    | ScreenBody
    | PinScreenBody
    | ScreenEndBody
    | CallBody
    | OverCallBody
    | TrialBody
    | HangUpBody
    | BlinkArmBody
    | BlinkLookBody
    | BlinkMotionBody
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One entry of the outbox. `target`: a chat, a phone number, or what Blink does one by one.

    `repeat`: an earlier try may have arrived (a crash or a time-out came between).
    `provider_id`: Twilio's call id once it is known. `outdated`: what it tells changed while it
    was leaving.
    """

    id: str
    lane: Lane
    target: str
    body: Body
    created_at: datetime
    next_try: datetime
    expires_at: datetime | None = None
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = 0
    repeat: bool = False
    claimed_at: datetime | None = None
    provider_id: str = ""
    outdated: bool = False
