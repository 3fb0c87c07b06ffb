"""Times and durations as people say and write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from alarm.core.durations import exact, parse_duration
from bot.words.view import View

__all__ = [
    "ago",
    "exact",
    "instant",
    "late",
    "left",
    "moment",
    "moment_and_ago",
    "parse_duration",
    "rough",
    "since",
    "span",
    "spoken",
]
# Not strftime: its names follow the locale of the process, and our texts are English.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = timedelta(days=6)
_LONG = {"s": "second", "min": "minute", "h": "hour"}


def moment(at: datetime, view: View, *, seconds: bool = False) -> str:
    """Return the time of day at home, with the day where it is not today."""
    local, today = at.astimezone(view.zone), view.now.astimezone(view.zone).date()
    time = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    if local.date() == today:
        return time
    if abs(local.date() - today) <= _WEEK:
        return f"{_DAYS[local.weekday()]} {time}"
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local.day} {_MONTHS[local.month - 1]}{year} {time}"


def day(at: datetime, view: View) -> str:
    """Return "Sat 12 Dec" at home, with the year where it is not this one."""
    local, today = at.astimezone(view.zone), view.now.astimezone(view.zone).date()
    year = f" {local.year}" if local.year != today.year else ""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{year}"


def span(first: datetime, last: datetime, view: View) -> str:
    """Return "22:03" or "22:03 to 22:05", naming the day once."""
    start, end = moment(first, view), moment(last, view)
    same_day = first.astimezone(view.zone).date() == last.astimezone(view.zone).date()
    if start == end:
        return start
    return f"{start} to {end.split()[-1] if same_day else end}"


def rough(delta: timedelta) -> str:
    """Return a duration as one would say it: "95 s", "7 min", "1 h 20 min", "2 days 3 h"."""
    seconds = round(max(delta, timedelta(0)).total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(round(seconds / 3600), 24)
    whole = f"{days} day{'s' if days > 1 else ''}"
    return f"{whole} {hours} h" if hours else whole


def ago(at: datetime, view: View) -> str:
    """Return how long ago that was; a time that a wrong clock puts ahead is just now."""
    passed = view.now - at
    return f"{rough(passed)} ago" if passed >= timedelta(seconds=2) else "just now"


def since(at: datetime, view: View) -> str:
    """Return "for 7 min", or "since 22:03" in a text that stays on the screen."""
    return f"since {moment(at, view)}" if view.lasting else f"for {rough(view.now - at)}"


def moment_and_ago(at: datetime, view: View, *, shown: datetime | None = None) -> str:
    """Return "22:03 (7 min ago)", without the age in a text that stays on the screen.

    `shown`: the time to show, where it is of another clock than `at`.
    """
    text = moment(shown or at, view)
    return text if view.lasting else f"{text} ({ago(at, view)})"


def left(until: datetime, view: View) -> str:
    """Return "in 30 s", or "now" for what is due."""
    seconds = (until - view.now).total_seconds()
    return f"in {rough(timedelta(seconds=seconds))}" if seconds >= 1 else "now"


def late(delta: timedelta) -> str:
    return f"late: {rough(delta)}"


def spoken(delta: timedelta) -> str:
    """Return a duration for the ear: "7 minutes"."""
    words = rough(delta)
    for short, long in _LONG.items():
        words = re.sub(rf"\b1 {short}\b", f"1 {long}", words)
        words = re.sub(rf"\b(\d+) {short}\b", rf"\1 {long}s", words)
    return words


def instant(text: object) -> datetime | None:
    """Read an ISO time from the words of a notice; None where there is none."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
