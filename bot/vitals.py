"""When each part last worked, by the monotonic clock: what keeps the alarm from looking alive."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

# Seconds. A tick comes every second; a long poll of Telegram returns within half a minute.
TICK_FRESH = 30.0
UPDATES_FRESH = 90.0


@dataclass(slots=True)
class Vitals:
    """`polled_at` is host time for people; the other stamps are monotonic seconds."""

    monotonic: Callable[[], float] = time.monotonic
    started: float = field(default_factory=time.monotonic)
    polled_at: datetime | None = None
    poll_stamp: float | None = None
    tick_stamp: float | None = None
    updates_stamp: float | None = None
    telegram_trouble: str = ""
    phone_trouble: str = ""
    bot_username: str = ""

    def polled(self, at: datetime) -> None:
        self.polled_at, self.poll_stamp = at, self.monotonic()

    def ticked(self) -> None:
        self.tick_stamp = self.monotonic()

    def heard_telegram(self) -> None:
        self.updates_stamp, self.telegram_trouble = self.monotonic(), ""

    def age(self, stamp: float | None) -> float:
        """Return the seconds since a stamp; since the start where there is none yet."""
        return self.monotonic() - (self.started if stamp is None else stamp)

    def all_fresh(self, poll_within: float) -> bool:
        """Tell whether tick, poll (within so many seconds) and update loop all work."""
        return (
            self.poll_stamp is not None
            and self.updates_stamp is not None
            and self.age(self.tick_stamp) <= TICK_FRESH
            and self.age(self.poll_stamp) <= poll_within
            and self.age(self.updates_stamp) <= UPDATES_FRESH
        )
