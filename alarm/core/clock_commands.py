"""What people can ask about times: later, until, the schedule, a vacation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from alarm.core.actor import Actor
from alarm.core.schedule.windows import Window
from alarm.core.settings import Mode


@dataclass(frozen=True, slots=True)
class ArmLater:
    """Arm at a true time to come, up to another one where the person named it."""

    actor: Actor
    at: datetime
    mode: Mode = Mode.AWAY
    area: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Call off an arming that is to come. `areas`: network ids; none means all of them.

    `at`: only what is planned for this moment.
    """

    actor: Actor
    areas: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeepHold:
    """Let what was set until this moment stay until the next edge, or longer `by` so much.

    `areas`: network ids; none means every area of which that is true.
    """

    actor: Actor
    until: datetime
    by: timedelta | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkipArming:
    """Call off the scheduled arming of this moment, or put it off `by` so much.

    `areas`: network ids; none means every area of which that is true.
    """

    actor: Actor
    at: datetime
    by: timedelta | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoOnVacation:
    """Arm away now and ignore the schedule until a true time; again, it changes that time."""

    actor: Actor
    until: datetime


@dataclass(frozen=True, slots=True)
class EndVacation:
    """Follow the schedule again from its next edge on; the panel stays as it is."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class SetWindow:
    """Add a window, whose id is then 0, or put it in the place of the one with its id."""

    actor: Actor
    window: Window


@dataclass(frozen=True, slots=True)
class RemoveWindow:
    actor: Actor
    id: int


@dataclass(frozen=True, slots=True)
class SwitchSchedule:
    """Let the whole schedule count, or none of it."""

    actor: Actor
    on: bool


ClockCommand = (
    ArmLater
    | DropPlan
    | KeepHold
    | SkipArming
    | GoOnVacation
    | EndVacation
    | SetWindow
    | RemoveWindow
    | SwitchSchedule
)
