"""Hours in which a person does not want to be called first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alarm.core.errors import BadInput

MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A span of the wall clock at home, in minutes since midnight; it may pass midnight.

    `end` is the first minute that is not quiet any more.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < MINUTES_OF_A_DAY and 0 <= self.end < MINUTES_OF_A_DAY):
            raise BadInput("Quiet hours must be from 0:00 to 23:59.")
        if self.start == self.end:
            raise BadInput("Quiet hours must end at another time than they begin.")

    def hold(self, at: datetime, zone: tzinfo) -> bool:
        """Tell whether it is quiet at that moment, by the clocks at home."""
        local = at.astimezone(zone)
        minute = 60 * local.hour + local.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


def zone_of(name: str) -> tzinfo:
    """Return the zone of that name; one that this machine does not know must not stop a call."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
