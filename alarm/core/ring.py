"""A ring at the door that is told, as far as its picture still has to follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alarm.core.events import MotionEvent


@dataclass(frozen=True, slots=True)
class Ring:
    """`copies`: by chat, the message that told of it; the picture is a reply to that."""

    event: MotionEvent
    told_at: datetime
    copies: Mapping[str, int] = field(default_factory=dict)
