"""What a household set by the clock: the schedule, the vacation, and times named in commands.

All times here are true time, which is Blink's clock: a host's clock that is set moves none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from alarm.core.schedule.windows import Schedule
from alarm.core.settings import Mode


@dataclass(frozen=True, slots=True)
class Hold:
    """What a person set for a time: until then no edge changes it.

    `before`: the mode before it, None for disarmed. `told`: that it ends soon. `outer`: the time
    that another command had named for that mode; after it the mode of `outermost` comes back.
    """

    since: datetime
    until: datetime
    by: str
    before: Mode | None
    told: bool = False
    outer: datetime | None = None
    outermost: Mode | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """An arming to come, which `by` wished for."""

    at: datetime
    mode: Mode
    by: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A scheduled away arming that a person put off: `edge` is when it was due."""

    edge: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Timing:
    """How the clock changes one area.

    `settled_at`: the last edge that was, or the last command of a person. `called_off`: the edge
    that one called off ahead; a time of the calendar, which no measured skew moves. `put_off`: the
    edge that comes later instead. `told_for`: the arming to come of which the household was told
    ahead last.
    """

    settled_at: datetime | None = None
    hold: Hold | None = None
    planned: Planned | None = None
    put_off: PutOff | None = None
    called_off: datetime | None = None
    told_for: datetime | None = None

    @property
    def done_until(self) -> datetime | None:
        """Return up to when edges need no carrying out any more."""
        return max((at for at in (self.settled_at, self.called_off) if at), default=None)


@dataclass(frozen=True, slots=True)
class Vacation:
    """Armed away, edges ignored, until a moment that a person named."""

    until: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is set for the whole home."""

    schedule: Schedule = field(default_factory=Schedule)
    vacation: Vacation | None = None
