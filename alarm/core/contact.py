"""One who can be called, and the test call of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from alarm.core.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class Tried:
    """What the last test call of a phone came to; `rang`: how long until somebody took it."""

    at: datetime
    outcome: str
    rang: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A test call that is on. `chat_id` gets the result; `deadline` ends the wait for one.

    `rang`: how long until somebody took it.
    """

    delivery_id: str
    contact_id: str
    chat_id: int
    deadline: datetime
    placed_at: datetime | None = None
    rang: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One who can be called. `from_env`: came with TWILIO_TO_NUMBER and is replaced with it.

    `user_id`: the person whose phone it is, where somebody said so. `tried`: the last test call.
    """

    id: str
    name: str
    number: str
    from_env: bool = False
    quiet: QuietHours | None = None
    user_id: int | None = None
    tried: Tried | None = None
