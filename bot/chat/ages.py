"""What to do with what was written or pressed while nobody listened."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.pages import Press

FRESH = timedelta(minutes=2)
DISARM_LIFE = timedelta(hours=24)
ARM_LIFE = timedelta(hours=1)
# What is pressed carries no date, and may be as old as the silence before it. These do no harm
# however late they come; every other is refused after a silence.
LATE_PRESSES = frozenset(
    {
        # Somebody wants the alarm to stop.
        Press.ACKNOWLEDGE,
        Press.FALSE_ALARM,
        Press.DISARM,
        Press.DISARM_AREA,
        Press.CANCEL,
        # They carry a date of their own or are judged by one: an hour, the question, the keypad.
        Press.ARM,
        Press.PANIC,
        Press.KEY,
        # It changes nothing where the panel is not armed any more.
        Press.REARM,
        # They only look, or turn a page.
        Press.MORE,
        Press.STATUS,
        Press.HELP,
        Press.CAMERAS,
        Press.CAMERA_PAGE,
        Press.SETTINGS,
        Press.MODE,
        Press.WEEK,
        Press.WINDOW,
        Press.USERS,
        Press.USER,
        Press.USER_ASK,
        Press.JOURNAL,
    }
)


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


def comes_too_late(press: Press, silence: float) -> bool:
    """Tell whether a press may be too old to be meant; `silence`: the seconds before it."""
    return silence > FRESH.total_seconds() and press not in LATE_PRESSES
