"""Read moments as people write them: "7:00", "tomorrow 7:00", "fri 18:00", "12 dec", "2h"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alarm.core.errors import BadInput
from alarm.core.schedule.notation import DAYS
from alarm.core.schedule.wall import first_shown
from alarm.core.schedule.windows import DAY
from bot.words.times import parse_duration

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HOW_TO_WRITE_A_TIME = "Write a time like 7:00, 22:30 or 10pm."
HOW_TO_WRITE_A_MOMENT = "Write it like 7:00, tomorrow 7:00, fri 18:00 or 12 dec 18:00."

_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_NAMED = {"noon": 12 * 60, "midnight": DAY}
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?([a-z]{3,9})\.?(?:\s+([0-9]{4}))?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s+([0-9]{4}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})?")


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a person wrote: relative times count from there."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def parse_time_of_day(text: str) -> int:
    """Return minutes of the day, 1440 for 24:00; raise BadInput for what is no time."""
    typed = text.strip().casefold()
    if typed in _NAMED:
        return _NAMED[typed]
    found = _TIME.fullmatch(typed)
    if found is None:
        raise BadInput(HOW_TO_WRITE_A_TIME)
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half:
        if not 1 <= hours <= 12:
            raise BadInput(HOW_TO_WRITE_A_TIME)
        hours = hours % 12 + (12 if half == "pm" else 0)
    if minutes > 59 or hours * 60 + minutes > DAY:
        raise BadInput(f"{text.strip()} is no time of day. {HOW_TO_WRITE_A_TIME}")
    return hours * 60 + minutes


def parse_day(text: str) -> int:
    """Return the day of the week, 0 for Monday; two letters are enough."""
    typed = text.strip().casefold().rstrip(".")
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(full):
        if len(typed) >= 2 and (name.startswith(typed) or typed == f"{name}s"):
            return number
    raise BadInput(f"Write a day like {', '.join(DAYS[:3])} or {DAYS[6]}.")


def parse_date(text: str, here: Here) -> date | None:
    """Return the next day of that name; None where it is none. Raise BadInput for 31 feb."""
    typed = " ".join(text.casefold().split())
    if typed in ("today", "tomorrow"):
        return here.today + timedelta(days=typed == "tomorrow")
    if found := _ISO.fullmatch(typed):
        return _date(int(found[1]), int(found[2]), int(found[3]), here)
    if found := _DOTTED.fullmatch(typed):
        return _date(int(found[3]) if found[3] else None, int(found[2]), int(found[1]), here)
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = pattern.fullmatch(typed)
        number = _month(found[month]) if found else None
        if found and number:
            year = int(found[3]) if found[3] else None
            return _date(year, number, int(found[day]), here)
    try:
        weekday = parse_day(typed)
    except BadInput:
        return None
    return here.today + timedelta(days=(weekday - here.today.weekday()) % 7)


def parse_moment(text: str, here: Here, *, end_of_day: bool = False) -> datetime:
    """Return the next instant that a text means; raise BadInput with examples.

    A date alone is its beginning, with `end_of_day` its end.
    """
    typed = " ".join(text.casefold().replace(" at ", " ").split())
    day = parse_date(typed, here)
    if day is not None:
        at = first_shown(day, DAY if end_of_day else 0, here.zone)
        return _ahead(at, here)
    first, _, last = typed.rpartition(" ")
    for day_text, time_text in ((first, last), (typed, ""), ("", typed)):
        if not time_text:
            continue
        day = parse_date(day_text, here) if day_text else None
        if day_text and day is None:
            continue
        try:
            minute = parse_time_of_day(time_text)
        except BadInput:
            continue
        if day is not None:
            at = first_shown(day, minute, here.zone)
            if at <= here.now and _is_weekday(day_text):
                at = first_shown(day + timedelta(days=7), minute, here.zone)
            return _ahead(at, here)
        for ahead in range(3):
            at = first_shown(here.today + timedelta(days=ahead), minute, here.zone)
            if at > here.now:
                return at
    raise BadInput(HOW_TO_WRITE_A_MOMENT)


def parse_from_now(text: str, here: Here) -> datetime:
    """Return the instant after a duration such as 2h or 10m."""
    duration = parse_duration(text)
    if not timedelta(minutes=1) <= duration <= timedelta(days=7):
        raise BadInput("The time must be 1 minute to 7 days, like 10m or 2h.")
    return here.now.replace(microsecond=0) + duration


def _ahead(at: datetime, here: Here) -> datetime:
    if at <= here.now:
        raise BadInput(f"That is over already. {HOW_TO_WRITE_A_MOMENT}")
    return at


def _is_weekday(text: str) -> bool:
    try:
        parse_day(text)
    except BadInput:
        return False
    return True


def _month(text: str) -> int | None:
    # At least three letters come here; "sept" and full names as well.
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else None


def _date(year: int | None, month: int, day: int, here: Here) -> date:
    """Return the date; without a year the next one, of today or later."""
    try:
        if year is not None:
            return date(year, month, day)
        this = next(
            date(y, month, day)
            for y in range(here.today.year, here.today.year + 5)
            if _exists(y, month, day) and date(y, month, day) >= here.today
        )
    except (ValueError, StopIteration):
        raise BadInput("There is no such day. Write a date like 12 dec.") from None
    return this


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.combine(date(year, month, day), time(), UTC)
    except ValueError:
        return False
    return True
