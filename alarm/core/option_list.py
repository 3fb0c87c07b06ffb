"""Every option there is, group by group, and how one is found by what people write."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from alarm.core.errors import BadInput
from alarm.core.false_alarm_options import false_alarm_options
from alarm.core.mode_options import mode_options, privacy_option
from alarm.core.options import Group, Option, number, span, switch
from alarm.core.settings import MAX_CYCLES, MIN_CYCLES, Mode, Settings

ABORT_WINDOWS = (0, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300)
ANSWERED_WAITS = (15, 30, 45, 60, 90, 120, 180, 240, 300)
PAUSES = (0, 30, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600)


def _plan(**changes: Any) -> Callable[[Settings], Settings]:
    return lambda settings: replace(settings, plan=replace(settings.plan, **changes))


def _call_options() -> tuple[Option[Any], ...]:
    return (
        span(
            "abort-window",
            "First call after",
            Group.CALLS,
            limits="0 s to 5 min",
            read=lambda settings: settings.plan.abort_window,
            write=lambda settings, value: _plan(abort_window=value)(settings),
            steps=ABORT_WINDOWS,
        ),
        number(
            "cycles",
            "Rounds of calls",
            Group.CALLS,
            limits=f"{MIN_CYCLES} to {MAX_CYCLES}",
            read=lambda settings: settings.plan.cycles,
            write=lambda settings, value: _plan(cycles=value)(settings),
            steps=tuple(range(MIN_CYCLES, MAX_CYCLES + 1)),
        ),
        span(
            "pause",
            "Pause between rounds",
            Group.CALLS,
            limits="0 s to 60 min",
            read=lambda settings: settings.plan.pause,
            write=lambda settings, value: _plan(pause=value)(settings),
            steps=PAUSES,
        ),
        span(
            "answered-wait",
            "Wait after an answered call",
            Group.CALLS,
            limits="15 s to 5 min",
            read=lambda settings: settings.plan.answered_wait,
            write=lambda settings, value: _plan(answered_wait=value)(settings),
            steps=ANSWERED_WAITS,
        ),
    )


def _doorbell_option() -> Option[bool]:
    return switch(
        "doorbell",
        "Doorbell while disarmed",
        Group.CAMERAS,
        read=lambda settings: settings.doorbell_always,
        write=lambda settings, on: replace(settings, doorbell_always=on),
    )


OPTIONS: tuple[Option[Any], ...] = (
    *mode_options(Mode.AWAY),
    *mode_options(Mode.NIGHT),
    privacy_option(Mode.NIGHT),
    *mode_options(Mode.HOME),
    privacy_option(Mode.HOME),
    *_call_options(),
    *false_alarm_options(),
    _doorbell_option(),
)


BY_KEY = {option.key: option for option in OPTIONS}


def _titles() -> dict[str, str]:
    """Return the keys by their titles as a page shows them: "Events" of away is away-events."""
    found = {}
    for option in OPTIONS:
        title = "-".join(option.title.casefold().split())
        if option.group.value in set(Mode):
            found[f"{option.group}-{title}"] = option.key
        if option.group not in (Group.NIGHT, Group.HOME):
            found[title] = option.key
    return {title: key for title, key in found.items() if title not in BY_KEY}


# What people write for it: its title, too. The settings of away may go without the mode's name.
ALIASES = {
    **_titles(),
    **{key.removeprefix("away-"): key for key in BY_KEY if key.startswith("away-")},
    # As it was called before.
    "cameras": "away-distinct",
    **{f"{mode}-cameras": f"{mode}-distinct" for mode in Mode},
    "call-delay": "abort-window",
    "rounds": "cycles",
    "abort": "abort-window",
    "wait": "answered-wait",
    "countdown": "exit-progress",
    "soon-after-arming": "recent-closing",
}


def option(key: str) -> Option[Any]:
    """Return an option by its key; raise BadInput where there is none."""
    found = known(key)
    if found is None:
        raise BadInput("There is no such setting. /settings shows them all.")
    return found


def known(key: str) -> Option[Any] | None:
    """Return an option by its key, also by one of an older version."""
    return BY_KEY.get(ALIASES.get(key, key))


def find_option(text: str) -> tuple[Option[Any], str]:
    """Find the option that a text begins with, in any spelling, and return what follows it.

    Raise BadInput where there is none.
    """
    words = text.replace("=", " ").split()
    names = [word.casefold().replace("_", "-").rstrip(":") for word in words]
    for count in range(len(names), 0, -1):
        if found := known("-".join(names[:count])):
            return found, " ".join(words[count:])
    spelled = "-".join(name for name in names if not name[:1].isdigit())
    close = difflib.get_close_matches(spelled, [*BY_KEY, *ALIASES], n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]}?" if close else "/settings shows them all."
    raise BadInput(f"There is no such setting. {hint}")


def in_group(group: Group) -> tuple[Option[Any], ...]:
    return tuple(option for option in OPTIONS if option.group is group)
