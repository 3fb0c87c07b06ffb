"""How far the clip list was read. Times are of Blink's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """A gap between complete listings, in Blink's clock."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """How far the clip list was read, in Blink's clock. Not worth a write of its own."""

    listed_at: datetime | None = None
    outages: tuple[Outage, ...] = ()
