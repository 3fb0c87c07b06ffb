"""What to do with a command that was written while nobody listened."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

FRESH = timedelta(minutes=2)
DISARM_LIFE = timedelta(hours=24)
ARM_LIFE = timedelta(hours=1)


class Age(StrEnum):
    """`late`: run it and say when it was sent. `ask`: offer it as a button instead."""

    FRESH = "fresh"
    LATE = "late"
    ASK = "ask"
    TOO_OLD = "too old"


def age_of(command: str, sent_at: datetime, now: datetime) -> Age:
    """Judge a command by its age; `now` in true time. One from the future counts as fresh."""
    age = now - sent_at
    if age <= FRESH or command == "start":
        return Age.FRESH
    if command == "disarm":
        return Age.LATE if age <= DISARM_LIFE else Age.TOO_OLD
    if command == "arm":
        return Age.LATE if age <= ARM_LIFE else Age.ASK
    return Age.TOO_OLD
