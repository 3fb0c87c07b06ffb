"""Weekly windows: which minutes of the week they cover, and that no two modes want the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from alarm.core.errors import BadInput
from alarm.core.settings import Mode

DAY = 24 * 60
WEEK = 7 * DAY
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MAX_WINDOWS = 30


@dataclass(frozen=True, slots=True)
class Window:
    """On these days (0 is Monday), armed from `start` to `end`, in minutes of the day.

    An end at or before the start is one of the next day. `id` is its number in the table.
    """

    days: tuple[int, ...]
    start: int
    end: int
    mode: Mode
    id: int = 0
    paused: bool = False

    def __post_init__(self) -> None:
        if not self.days or set(self.days) - set(EVERY_DAY):
            raise BadInput("A window needs at least one day of Monday to Sunday.")
        if self.days != tuple(sorted(set(self.days))):
            raise BadInput("The days of a window stand in order, each once.")
        if not (0 <= self.start < DAY and 0 <= self.end < DAY):
            raise BadInput("A time of day is 0:00 to 23:59; a window may end at 24:00.")

    @property
    def length(self) -> int:
        """Return how many minutes it lasts, up to a whole day."""
        return (self.end - self.start) % DAY or DAY

    def minutes(self) -> Iterator[int]:
        """Yield every minute of the week that it covers; the week is a ring."""
        for day in self.days:
            first = day * DAY + self.start
            for minute in range(first, first + self.length):
                yield minute % WEEK


@dataclass(frozen=True, slots=True)
class Clash:
    """Two windows of different modes that want the same minutes; `start` is the first of them."""

    first: Window
    second: Window
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """All windows of a home. `off`: none of them counts until it is switched on again."""

    windows: tuple[Window, ...] = ()
    off: bool = False

    def __post_init__(self) -> None:
        if len(self.windows) > MAX_WINDOWS:
            raise BadInput(f"A schedule has at most {MAX_WINDOWS} windows.")
        if len({window.id for window in self.windows}) < len(self.windows):
            raise BadInput("Two windows have the same number.")
        if clash_of(self.windows) is not None:
            raise BadInput("Two windows want different modes at the same time.")

    @property
    def counting(self) -> tuple[Window, ...]:
        """Return the windows that decide something now."""
        return () if self.off else tuple(w for w in self.windows if not w.paused)

    def find(self, id_: int) -> Window | None:
        return next((window for window in self.windows if window.id == id_), None)


def clash_of(windows: Iterable[Window]) -> Clash | None:
    """Return the first two windows that cannot both be followed; paused ones disturb nobody."""
    owner: dict[int, Window] = {}
    for window in windows:
        if window.paused:
            continue
        shared = [m for m in window.minutes() if m in owner and owner[m].mode is not window.mode]
        if shared:
            # Listed in the order in which this window comes to them, so that the first stretch
            # is a whole one, even over the end of the week.
            other = owner[shared[0]]
            end = shared[0]
            taken = {m for m in shared if owner[m] is other}
            while end % WEEK in taken and end - shared[0] < WEEK:
                end += 1
            return Clash(other, window, shared[0], end % WEEK)
        owner.update((minute, window) for minute in window.minutes())
    return None


def covered_by(window: Window, others: Iterable[Window]) -> tuple[Window, ...]:
    """Return the counting windows of its mode that want every minute of it already; else none."""
    same = [o for o in others if o.mode is window.mode and not o.paused]
    missing = set(window.minutes())
    needed = []
    for other in same:
        shared = missing.intersection(other.minutes())
        if shared:
            needed.append(other)
            missing -= shared
    return () if missing else tuple(needed)


@dataclass(frozen=True, slots=True)
class Week:
    """The table of a whole week: a mode or nothing for each minute, and where that changes."""

    modes: tuple[Mode | None, ...]
    changes: tuple[int, ...]


@lru_cache(maxsize=64)
def week_of(schedule: Schedule) -> Week:
    modes: list[Mode | None] = [None] * WEEK
    for window in schedule.counting:
        for minute in window.minutes():
            modes[minute] = window.mode
    # modes[-1] is the minute before the first one: the week is a ring.
    changes = tuple(m for m in range(WEEK) if modes[m] is not modes[m - 1])
    return Week(tuple(modes), changes)
