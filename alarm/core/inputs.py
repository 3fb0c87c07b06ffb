"""Everything that can happen to the alarm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.calls import CallReport
from alarm.core.commands import Command
from alarm.core.events import Homescreen, MotionEvent
from alarm.core.state import LoginStatus


@dataclass(frozen=True, slots=True)
class Tick:
    """A second went by, more or less."""


@dataclass(frozen=True, slots=True)
class Started:
    """The program started on a state that an earlier run left."""


@dataclass(frozen=True, slots=True)
class ClockJumped:
    """The host's clock was set: wall time moved by `delta` more than time went by."""

    delta: timedelta


@dataclass(frozen=True, slots=True)
class ClockConfirmed:
    """A cloud other than Blink dated an answer: its clock minus ours."""

    skew: timedelta


@dataclass(frozen=True, slots=True)
class EventsListed:
    """A page of the clip list. `skew`: Blink's clock minus ours, as now known."""

    events: tuple[MotionEvent, ...]
    skew: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ListingFinished:
    """A listing was read to its end; it was begun at `started_at` (host's clock)."""

    started_at: datetime


@dataclass(frozen=True, slots=True)
class DevicesSeen:
    """What the homescreen showed, asked for at `asked_at` (host's clock); None: just now."""

    homescreen: Homescreen
    skew: timedelta | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DevicesFailed:
    """Networks and cameras could not be read; `since` is when the first of these failures began."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CommandsDeaf:
    """What people write and press is not heard; `since` is when it was heard last."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CommandsHeard:
    """What people write and press is heard again."""


@dataclass(frozen=True, slots=True)
class BlinkFailed:
    """Blink could not be asked; `since` is when the first of these failures began."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LoginChanged:
    status: LoginStatus
    account: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NumbersConfigured:
    """The numbers of TWILIO_TO_NUMBER, in order."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneConfigured:
    """The home's time zone, as an IANA name."""

    zone: str


@dataclass(frozen=True, slots=True)
class PinWritten:
    """A person wrote a message that holds a PIN: it must not stay in the chat."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class OwnerConfigured:
    """The user id of TELEGRAM_OWNER_ID."""

    user_id: int


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group became a supergroup and has another id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class ChatLeft:
    """The bot was blocked in a chat or removed from it (`gone`), or may write there again."""

    chat_id: int
    gone: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody tried whom nobody knows: how often, and what it was at first."""

    user_id: int
    name: str
    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class StrangersTried:
    """Attempts since the last time; `more` were not worth a line of their own."""

    attempts: tuple[Attempt, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class CameTooLate:
    """A command that somebody wrote who left before it was read, so that it was not done.

    `command`: like "/disarm". `sent_at`: when it was written.
    """

    user_id: int
    command: str
    sent_at: datetime


class StorageStatus(StrEnum):
    FAILING = "failing"
    FINE = "fine"
    RECOVERED = "recovered"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class StorageChanged:
    """State files fail, work again, were read from the copy, or were both unreadable."""

    status: StorageStatus
    detail: str = ""


# -- results of deliveries -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claimed:
    """These deliveries are about to leave; what is no longer wanted is dropped instead."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """It arrived. `message_id`: Telegram's, `sid`: Twilio's, where a message or call came of it."""

    id: str
    message_id: int = 0
    sid: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """It did not arrive, or nobody can tell (`uncertain`)."""

    id: str
    reason: str
    permanent: bool = False
    retry_after: float | None = None
    uncertain: bool = False
    new_target: str = ""


@dataclass(frozen=True, slots=True)
class CallProgress:
    """A look at a placed call."""

    id: str
    report: CallReport


@dataclass(frozen=True, slots=True)
class ScreenGone:
    """The home screen of a chat is not there any more: somebody deleted it."""

    chat: str
    message_id: int


Input = (
    Tick
    | Started
    | ClockJumped
    | ClockConfirmed
    | EventsListed
    | ListingFinished
    | DevicesSeen
    | DevicesFailed
    | CommandsDeaf
    | CommandsHeard
    | BlinkFailed
    | LoginChanged
    | NumbersConfigured
    | OwnerConfigured
    | PinWritten
    | ZoneConfigured
    | StorageChanged
    | GroupMoved
    | ChatLeft
    | StrangersTried
    | CameTooLate
    | Command
    | Claimed
    | Delivered
    | DeliveryFailed
    | CallProgress
    | ScreenGone
)
