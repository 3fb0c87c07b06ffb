"""When each part last worked, by the monotonic clock: what keeps the alarm from looking alive."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

# Seconds. A tick comes every second; a long poll of Telegram returns within half a minute.
TICK_FRESH = 30.0
UPDATES_FRESH = 90.0
# The devices are looked at every minute, in Blink's own time.
DEVICES_FRESH = 180.0
# Two programs with one token drive each other out now and then, and each gets its share of what
# people write. It is over when it did not happen for so long.
RIVAL_GONE = 120.0


class Vitals:
    """Stamps are monotonic seconds, None where something never worked so far.

    `look_stamp`: a look at the clip list began or went on, whatever came of it; `poll_stamp`: one
    was read to its end. `hears`: what people write was handed out at the last try.
    `silence`: seconds for which nothing was handed out before what is handled now; what people
    pressed meanwhile carries no date. It holds until all of that is handled.
    `off`: seconds that the program was off before this run.
    `caught_up`: what was written while nobody listened is done.
    `rival_from` and `rival_stamp`: when another program drove us out, first and last.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.started = monotonic()
        self.look_stamp: float | None = None
        self.poll_stamp: float | None = None
        self.tick_stamp: float | None = None
        self.updates_stamp: float | None = None
        self.devices_stamp: float | None = None
        self.rival_from: float | None = None
        self.rival_stamp: float | None = None
        self.heard_stamp: float | None = None
        self.silence = self.off = 0.0
        self.hears = False
        self._all_handled = True
        self.caught_up = asyncio.Event()
        self.telegram_trouble = ""
        self.phone_trouble = ""
        self.bot_username = ""

    def looked(self) -> None:
        self.look_stamp = self._monotonic()

    def polled(self) -> None:
        self.poll_stamp = self._monotonic()

    def ticked(self) -> None:
        self.tick_stamp = self._monotonic()

    def saw_devices(self) -> None:
        self.devices_stamp = self._monotonic()

    def reached_telegram(self) -> None:
        """Note that Telegram answers; that it hands out what people write is another thing."""
        self.updates_stamp, self.telegram_trouble = self._monotonic(), ""

    def heard_telegram(self) -> None:
        off = self.off if self.heard_stamp is None else 0.0
        silence = self.age(self.heard_stamp) + off
        # What waits still may be from before, however soon it is fetched again.
        self.silence = silence if self._all_handled else max(silence, self.silence)
        self._all_handled = False
        self.heard_stamp = self._monotonic()
        self.reached_telegram()
        self.hears = True

    def handled_all(self) -> None:
        """Note that nothing waits any more of what was handed out."""
        self._all_handled = True

    def deaf(self, trouble: str) -> None:
        self.telegram_trouble, self.hears = trouble, False

    def driven_out(self) -> None:
        """Note that another program with the same bot token took our place."""
        now = self._monotonic()
        if not self.has_rival:
            self.rival_from = now
        self.rival_stamp = now

    @property
    def has_rival(self) -> bool:
        return self.rival_stamp is not None and self.age(self.rival_stamp) <= RIVAL_GONE

    def age(self, stamp: float | None) -> float:
        """Return the seconds since a stamp; since the start where there is none yet."""
        return self._monotonic() - (self.started if stamp is None else stamp)

    def all_fresh(self, poll_within: float) -> bool:
        """Tell whether tick, poll (within so many seconds), devices and update loop all work."""
        return (
            self.poll_stamp is not None
            and self.updates_stamp is not None
            and self.devices_stamp is not None
            and self.age(self.tick_stamp) <= TICK_FRESH
            and self.age(self.poll_stamp) <= poll_within
            and self.age(self.updates_stamp) <= UPDATES_FRESH
            and self.age(self.devices_stamp) <= DEVICES_FRESH
        )
