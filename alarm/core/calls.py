"""What a phone call came to, in Twilio's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CallStatus(StrEnum):
    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def over(self) -> bool:
        return self in _OVER


_OVER = frozenset(
    {
        CallStatus.COMPLETED,
        CallStatus.BUSY,
        CallStatus.FAILED,
        CallStatus.NO_ANSWER,
        CallStatus.CANCELED,
    }
)


class AnsweredBy(StrEnum):
    """Who took the call, as far as machine detection knows."""

    NOBODY_KNOWN = ""
    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class CallReport:
    """One look at a call. `duration` is seconds of conversation, 0 until it ended."""

    sid: str
    to: str
    status: CallStatus
    answered_by: AnsweredBy = AnsweredBy.NOBODY_KNOWN
    duration: int = 0
    created_at: datetime | None = None
