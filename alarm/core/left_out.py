"""What is kept of cameras that are left out, and of the alarms that one was alone behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BypassKind(StrEnum):
    """What ends it. `swinger`: it was alone behind one alarm after another."""

    UNTIL_DISARM = "until disarm"
    TIMED = "timed"
    SWINGER = "swinger"


@dataclass(frozen=True, slots=True)
class Bypass:
    """A camera that is left out. `since` and `until` are of Blink's clock; it runs without `until`.

    `by`: who left it out, empty where the alarm did. `deadline`: when it ends by itself.
    """

    camera_id: str
    kind: BypassKind
    since: datetime
    until: datetime | None = None
    by: str = ""
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """An alarm that one camera alone was behind; `at` is of Blink's clock."""

    camera_id: str
    at: datetime
