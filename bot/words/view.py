"""What a text needs to know beside the state: the moment, the home's zone, what works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# A look at Blink is missed when it is this many polls late, and never within the first minutes.
MISSED_POLLS = 3
NEVER_MISSED_BEFORE = timedelta(seconds=90)


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """`phone_ready`: a Twilio account is configured. `polled_at`: the last good look at Blink.

    `lasting`: the text stays on the screen and is edited only when something changes, so that it
    holds no "ago". `started_at`: when the program started; until the first look is late, nothing is
    missed.
    """

    now: datetime
    zone: ZoneInfo
    phone_ready: bool
    poll_seconds: float
    phone_trouble: str = ""
    polled_at: datetime | None = None
    started_at: datetime | None = None
    bot_username: str = ""
    version: str = ""
    lasting: bool = False

    def to_last(self) -> View:
        """Return the same view for a text that stays on the screen."""
        return replace(self, lasting=True)

    @property
    def poll_missed(self) -> bool:
        """Tell whether the last good look at Blink is too long ago, or there was none."""
        limit = max(timedelta(seconds=MISSED_POLLS * self.poll_seconds), NEVER_MISSED_BEFORE)
        newest = self.polled_at or self.started_at
        return newest is None or self.now - newest > limit
