"""What a household chose: the trigger rule, the delays, the escalation plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from alarm.core.errors import BadInput

MIN_THRESHOLD, MAX_THRESHOLD = 1, 50
MIN_LOOKBACK, MAX_LOOKBACK = timedelta(seconds=10), timedelta(minutes=60)
# A longer entry delay and abort window together would only help the burglar (CP-01).
MAX_ENTRY_AND_ABORT = timedelta(seconds=60)


class PanelState(StrEnum):
    DISARMED = "disarmed"
    ARMING = "arming"
    ARMED = "armed"
    PENDING = "pending"
    TRIGGERED = "triggered"


class Mode(StrEnum):
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """At least `threshold` events within one span of `lookback`, both ends included."""

    threshold: int = 2
    lookback: timedelta = timedelta(minutes=2)

    def __post_init__(self) -> None:
        if not MIN_THRESHOLD <= self.threshold <= MAX_THRESHOLD:
            raise BadInput(f"The threshold must be {MIN_THRESHOLD} to {MAX_THRESHOLD} events.")
        if not MIN_LOOKBACK <= self.lookback <= MAX_LOOKBACK:
            raise BadInput("The lookback must be 10 seconds to 60 minutes.")


@dataclass(frozen=True, slots=True)
class ModeSettings:
    """How one mode watches. `cameras` None means every camera, new ones included."""

    rule: TriggerRule = TriggerRule()
    exit_delay: timedelta = timedelta(seconds=60)
    entry_delay: timedelta = timedelta(0)
    cameras: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The escalation plan: chat at once, then the phones in order, in cycles."""

    abort_window: timedelta = timedelta(seconds=30)
    pause: timedelta = timedelta(seconds=90)
    cycles: int = 2
    ring: timedelta = timedelta(seconds=25)
    answered_wait: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Settings:
    modes: Mapping[Mode, ModeSettings] = field(default_factory=lambda: {Mode.AWAY: ModeSettings()})
    plan: Plan = Plan()

    def abort_window(self, mode: Mode) -> timedelta:
        """Return the abort window, shortened where entry delay and it exceed 60 s together."""
        room = MAX_ENTRY_AND_ABORT - self.modes[mode].entry_delay
        if self.modes[mode].entry_delay and self.plan.abort_window > room:
            return max(room, timedelta(0))
        return self.plan.abort_window
