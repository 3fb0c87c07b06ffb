"""The options of a mode: how it watches, and how long it leaves to go and to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from alarm.core.errors import BadInput
from alarm.core.options import Group, Option, number, span, switch
from alarm.core.rule_text import RULE_RANGE, parse_rule, within
from alarm.core.settings import (
    MAX_THRESHOLD,
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
            f"{mode}-distinct",
            "Different cameras",
            group,
            limits="1 to 10",
            **of(lambda m: m.distinct, lambda m, n: replace(m, distinct=n)),
            steps=tuple(range(1, 11)),
            off=1,
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


def privacy_option(mode: Mode) -> Option[bool]:
    read, write = of_mode(mode, lambda m: m.privacy, lambda m, on: replace(m, privacy=on))
    return switch(f"{mode}-privacy", "Private", Group(mode.value), read=read, write=write)
