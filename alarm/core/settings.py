"""What a household chose: the trigger rule, the delays, the escalation plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from alarm.core.errors import BadInput

MIN_THRESHOLD, MAX_THRESHOLD = 1, 50
MIN_LOOKBACK, MAX_LOOKBACK = timedelta(seconds=10), timedelta(minutes=60)
MAX_EXIT_DELAY, MAX_ENTRY_DELAY = timedelta(seconds=300), timedelta(seconds=240)
MAX_ABORT_WINDOW, MAX_PAUSE = timedelta(seconds=300), timedelta(seconds=3600)
MIN_CYCLES, MAX_CYCLES = 1, 10
MAX_DISTINCT, MAX_SWINGER = 10, 6
# Either may also be 0, which is off. CP-01 asks for a cancel window of 5 minutes or more.
MIN_CANCEL_WINDOW, MAX_CANCEL_WINDOW = timedelta(minutes=5), timedelta(minutes=30)
MIN_RECENT_CLOSING, MAX_RECENT_CLOSING = timedelta(minutes=1), timedelta(minutes=10)
# Whoever was called has to open Telegram meanwhile.
MIN_ANSWERED_WAIT, MAX_ANSWERED_WAIT = timedelta(seconds=15), timedelta(minutes=5)
# A longer entry delay and abort window together would only help the burglar (CP-01).
MAX_ENTRY_AND_ABORT = timedelta(seconds=60)


def require(possible: bool, sentence: str) -> None:
    """Raise BadInput with the sentence where a value is not possible."""
    if not possible:
        raise BadInput(sentence)


class PanelState(StrEnum):
    DISARMED = "disarmed"
    ARMING = "arming"
    ARMED = "armed"
    PENDING = "pending"
    TRIGGERED = "triggered"


class Mode(StrEnum):
    """What the household does meanwhile: it decides which cameras count."""

    AWAY = "away"
    HOME = "home"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """At least `threshold` events within one span of `lookback`, both ends included."""

    threshold: int = 2
    lookback: timedelta = timedelta(minutes=2)

    def __post_init__(self) -> None:
        require(
            MIN_THRESHOLD <= self.threshold <= MAX_THRESHOLD,
            f"The threshold must be {MIN_THRESHOLD} to {MAX_THRESHOLD} events.",
        )
        require(
            MIN_LOOKBACK <= self.lookback <= MAX_LOOKBACK,
            "The lookback must be 10 seconds to 60 minutes.",
        )


@dataclass(frozen=True, slots=True)
class ModeSettings:
    """How one mode watches. `cameras` None means every camera, new ones included.

    `distinct`: of how many cameras a burst must hold events. `privacy`: Blink's own motion
    detection is off meanwhile for cameras that do not count.
    """

    rule: TriggerRule = TriggerRule()
    exit_delay: timedelta = timedelta(seconds=60)
    entry_delay: timedelta = timedelta(0)
    cameras: frozenset[str] | None = None
    distinct: int = 1
    privacy: bool = False

    def __post_init__(self) -> None:
        require(
            timedelta(0) <= self.exit_delay <= MAX_EXIT_DELAY,
            "The exit delay must be 0 s to 5 min.",
        )
        require(
            timedelta(0) <= self.entry_delay <= MAX_ENTRY_DELAY,
            "The entry delay must be 0 s to 4 min.",
        )
        require(
            1 <= self.distinct <= MAX_DISTINCT,
            f"The number of cameras must be 1 to {MAX_DISTINCT}.",
        )


# People are at home in these: nobody has to leave first.
AT_HOME = ModeSettings(exit_delay=timedelta(0))


@dataclass(frozen=True, slots=True)
class CameraRule:
    """How one camera counts, whatever the mode: by a rule of its own, or never (`rule` None)."""

    rule: TriggerRule | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The escalation plan: chat at once, then the phones in order, in cycles."""

    abort_window: timedelta = timedelta(seconds=30)
    pause: timedelta = timedelta(seconds=90)
    cycles: int = 2
    ring: timedelta = timedelta(seconds=25)
    answered_wait: timedelta = timedelta(seconds=60)

    def __post_init__(self) -> None:
        require(
            timedelta(0) <= self.abort_window <= MAX_ABORT_WINDOW,
            "The abort window must be 0 s to 5 min.",
        )
        require(timedelta(0) <= self.pause <= MAX_PAUSE, "The pause must be 0 s to 60 min.")
        require(
            MIN_CYCLES <= self.cycles <= MAX_CYCLES,
            f"The cycles must be {MIN_CYCLES} to {MAX_CYCLES}.",
        )
        require(
            MIN_ANSWERED_WAIT <= self.answered_wait <= MAX_ANSWERED_WAIT,
            "The wait after an answered call must be 15 s to 5 min.",
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """What the household chose. `modes` holds those that were set up; `zone` is an IANA name.

    `cameras`: by camera id, those that do not follow the rule of the mode. `swinger`: a camera
    alone behind so many alarms is left out; 0 is off. `doorbell_always`: a ring at the door is
    told while disarmed too. `abort_notice`: who stops an alarm before its first call reads that no
    phone rang. `cancel_window`: those whom a call reached so shortly before the end of an alarm
    hear that it is over; 0 is off. `cancel_notice`: who ends it reads who hears that.
    `recent_closing`: an alarm so soon after arming says so; 0 is off. `exit_progress`: exit and
    entry delays count down in their messages.
    """

    modes: Mapping[Mode, ModeSettings] = field(default_factory=lambda: {Mode.AWAY: ModeSettings()})
    plan: Plan = Plan()
    zone: str = "UTC"
    cameras: Mapping[str, CameraRule] = field(default_factory=dict)
    swinger: int = 2
    doorbell_always: bool = False
    abort_notice: bool = True
    cancel_window: timedelta = MIN_CANCEL_WINDOW
    cancel_notice: bool = True
    recent_closing: timedelta = timedelta(minutes=2)
    exit_progress: bool = True

    def __post_init__(self) -> None:
        require(
            0 <= self.swinger <= MAX_SWINGER,
            f"The number of alarms must be 1 to {MAX_SWINGER}, or off.",
        )
        require(
            not self.cancel_window or MIN_CANCEL_WINDOW <= self.cancel_window <= MAX_CANCEL_WINDOW,
            "The cancel window must be 5 min to 30 min, or off.",
        )
        require(
            not self.recent_closing
            or MIN_RECENT_CLOSING <= self.recent_closing <= MAX_RECENT_CLOSING,
            "The time after arming must be 1 min to 10 min, or off.",
        )

    def mode(self, mode: Mode) -> ModeSettings:
        """Return how a mode watches, its defaults where it was never set up."""
        if mode in self.modes:
            return self.modes[mode]
        away = self.modes.get(Mode.AWAY, ModeSettings())
        return replace(AT_HOME, rule=away.rule, distinct=away.distinct)

    def never(self, camera_id: str) -> bool:
        """Tell whether a camera never counts."""
        rule = self.cameras.get(camera_id)
        return rule is not None and rule.rule is None

    def with_mode(self, mode: Mode, settings: ModeSettings) -> Settings:
        return replace(self, modes={**self.modes, mode: settings})

    def abort_window(self, mode: Mode) -> timedelta:
        """Return the abort window, shortened where entry delay and it exceed 60 s together."""
        entry_delay = self.mode(mode).entry_delay
        room = MAX_ENTRY_AND_ABORT - entry_delay
        if entry_delay and self.plan.abort_window > room:
            return max(room, timedelta(0))
        return self.plan.abort_window
