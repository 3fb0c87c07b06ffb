"""Every option there is, group by group, and how one is found by what people write."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from alarm.core.errors import BadInput
from alarm.core.options import Group, Option, number, span, switch
from alarm.core.rule_text import RULE_RANGE, parse_rule, within
from alarm.core.settings import (
    MAX_CYCLES,
    MAX_SWINGER,
    MAX_THRESHOLD,
    MIN_CYCLES,
    MIN_THRESHOLD,
    Mode,
    ModeSettings,
    Settings,
    TriggerRule,
)

T = TypeVar("T")

THRESHOLDS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50)
LOOKBACKS = (10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600)
EXIT_DELAYS = (0, 15, 30, 45, 60, 90, 120, 180, 240, 300)
ENTRY_DELAYS = (0, 15, 30, 45, 60, 90, 120, 180, 240)
ABORT_WINDOWS = (0, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300)
ANSWERED_WAITS = (15, 30, 45, 60, 90, 120, 180, 240, 300)
PAUSES = (0, 30, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600)


def of_mode(
    mode: Mode, read: Callable[[ModeSettings], T], write: Callable[[ModeSettings, T], ModeSettings]
) -> tuple[Callable[[Settings], T], Callable[[Settings, T], Settings]]:
    """Return how a setting of a mode is read and written in the whole."""

    def put(settings: Settings, value: T) -> Settings:
        if mode is not Mode.AWAY and mode not in settings.modes:
            # Kept now, it would pass for a mode whose cameras somebody chose.
            raise BadInput(
                f"The mode {mode} is not set up yet. Send /arm {mode} once and choose its cameras."
            )
        return settings.with_mode(mode, write(settings.mode(mode), value))

    return lambda settings: read(settings.mode(mode)), put


def mode_options(mode: Mode) -> tuple[Option[Any], ...]:
    """Return what can be chosen for a mode."""
    group = Group(mode.value)

    def with_rule(chosen: ModeSettings, **changes: Any) -> ModeSettings:
        return replace(chosen, rule=replace(chosen.rule, **changes))

    def rule_in_words(rule: TriggerRule) -> str:
        return within(rule.threshold, rule.lookback)

    def of(
        read: Callable[[ModeSettings], T], write: Callable[[ModeSettings, T], ModeSettings]
    ) -> dict[str, Any]:
        reading, writing = of_mode(mode, read, write)
        return {"read": reading, "write": writing}

    return (
        Option(
            f"{mode}-rule",
            "Alarm after",
            group,
            RULE_RANGE,
            "3 in 2m",
            **of(lambda m: m.rule, lambda m, rule: replace(m, rule=rule)),
            parse=lambda text, rule: parse_rule(text, rule.lookback),
            word=rule_in_words,
        ),
        number(
            f"{mode}-threshold",
            "Events",
            group,
            limits=f"{MIN_THRESHOLD} to {MAX_THRESHOLD}",
            **of(lambda m: m.rule.threshold, lambda m, n: with_rule(m, threshold=n)),
            steps=THRESHOLDS,
        ),
        span(
            f"{mode}-lookback",
            "Within",
            group,
            limits="10 s to 60 min",
            **of(lambda m: m.rule.lookback, lambda m, span: with_rule(m, lookback=span)),
            steps=LOOKBACKS,
        ),
        number(
            f"{mode}-cameras",
            "Different cameras",
            group,
            limits="1 to 10",
            **of(lambda m: m.distinct, lambda m, n: replace(m, distinct=n)),
            steps=tuple(range(1, 11)),
        ),
        span(
            f"{mode}-exit-delay",
            "Exit delay",
            group,
            limits="0 s to 5 min",
            **of(lambda m: m.exit_delay, lambda m, span: replace(m, exit_delay=span)),
            steps=EXIT_DELAYS,
        ),
        span(
            f"{mode}-entry-delay",
            "Entry delay",
            group,
            limits="0 s to 4 min",
            **of(lambda m: m.entry_delay, lambda m, span: replace(m, entry_delay=span)),
            steps=ENTRY_DELAYS,
        ),
    )


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


def _false_alarm_options() -> tuple[Option[Any], ...]:
    return (
        number(
            "swinger",
            "Alarms until left out",
            Group.FALSE_ALARMS,
            limits=f"off to {MAX_SWINGER}",
            read=lambda settings: settings.swinger,
            write=lambda settings, value: replace(settings, swinger=value),
            steps=tuple(range(MAX_SWINGER + 1)),
            zero="off",
        ),
    )


def _privacy_option(mode: Mode) -> Option[bool]:
    read, write = of_mode(mode, lambda m: m.privacy, lambda m, on: replace(m, privacy=on))
    return switch(f"{mode}-privacy", "Private", Group(mode.value), read=read, write=write)


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
    _privacy_option(Mode.NIGHT),
    *mode_options(Mode.HOME),
    _privacy_option(Mode.HOME),
    *_call_options(),
    *_false_alarm_options(),
    _doorbell_option(),
)
BY_KEY = {option.key: option for option in OPTIONS}
# What people write for it; the settings of away may go without the mode's name.
ALIASES = {
    **{key.removeprefix("away-"): key for key in BY_KEY if key.startswith("away-")},
    "call-delay": "abort-window",
    "rounds": "cycles",
    "abort": "abort-window",
    "wait": "answered-wait",
}


def option(key: str) -> Option[Any]:
    """Return an option by its key; raise BadInput where there is none."""
    found = BY_KEY.get(key)
    if found is None:
        raise BadInput("There is no such setting. /settings shows them all.")
    return found


def find_option(text: str) -> tuple[Option[Any], str]:
    """Find the option that a text begins with, in any spelling, and return what follows it.

    Raise BadInput where there is none.
    """
    words = text.replace("=", " ").split()
    names = [word.casefold().replace("_", "-").rstrip(":") for word in words]
    for count in range(len(names), 0, -1):
        name = "-".join(names[:count])
        key = ALIASES.get(name, name)
        if key in BY_KEY:
            return BY_KEY[key], " ".join(words[count:])
    spelled = "-".join(name for name in names if not name[:1].isdigit())
    close = difflib.get_close_matches(spelled, [*BY_KEY, *ALIASES], n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]}?" if close else "/settings shows them all."
    raise BadInput(f"There is no such setting. {hint}")


def in_group(group: Group) -> tuple[Option[Any], ...]:
    return tuple(option for option in OPTIONS if option.group is group)
