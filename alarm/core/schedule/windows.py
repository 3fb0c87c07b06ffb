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
# The area of a window that concerns every one, also those that are still to come.
ALL_AREAS = ""


@dataclass(frozen=True, slots=True)
class Window:
    """On these days (0 is Monday), armed from `start` to `end`, in minutes of the day.

    An end at or before the start is one of the next day. `id` is its number in the table. `area` is
    the network id of the only area that it concerns.
    """

    days: tuple[int, ...]
    start: int
    end: int
    mode: Mode
    id: int = 0
    paused: bool = False
    area: str = ALL_AREAS

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

    def concerns(self, area: str) -> bool:
        return self.area in (ALL_AREAS, area)

    def minutes(self) -> Iterator[int]:
        """Yield every minute of the week that it covers; the week is a ring."""
        for day in self.days:
            first = day * DAY + self.start
            for minute in range(first, first + self.length):
                yield minute % WEEK


@dataclass(frozen=True, slots=True)
class Clash:
    """Two windows that want the same minutes of an area in different modes, from `start` on."""

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

    def of(self, area: str) -> Schedule:
        """Return the windows that concern an area, by its network id."""
        return _of(self, area)

    @property
    def counting(self) -> tuple[Window, ...]:
        """Return the windows that decide something now."""
        return () if self.off else tuple(w for w in self.windows if not w.paused)

    def find(self, id_: int) -> Window | None:
        return next((window for window in self.windows if window.id == id_), None)


def meet(area: str, other: str) -> bool:
    """Tell whether there is, or may come, an area that windows of both concern."""
    return area == other or ALL_AREAS in (area, other)


# Asked every second for every area.
@lru_cache(maxsize=256)
def _of(schedule: Schedule, area: str) -> Schedule:
    concerning = tuple(window for window in schedule.windows if window.concerns(area))
    return Schedule(concerning, schedule.off)


def clash_of(windows: Iterable[Window]) -> Clash | None:
    """Return the first two windows that cannot both be followed; paused ones disturb nobody."""
    owners: dict[str, dict[int, Window]] = {}
    for window in (w for w in windows if not w.paused):
        meeting = [owner for area, owner in owners.items() if meet(area, window.area)]
        for minute in window.minutes():
            for owner in meeting:
                other = owner.get(minute)
                if other is not None and other.mode is not window.mode:
                    return _clash(other, window, minute)
        owners.setdefault(window.area, {}).update((m, window) for m in window.minutes())
    return None


def _clash(first: Window, second: Window, start: int) -> Clash:
    """Return the stretch from the first minute to which the second comes, a whole one.

    It may go on over the end of the week.
    """
    both = set(first.minutes()).intersection(second.minutes())
    end = start
    while end % WEEK in both and end - start < WEEK:
        end += 1
    return Clash(first, second, start, end % WEEK)


def covered_by(window: Window, others: Iterable[Window]) -> tuple[Window, ...]:
    """Return the counting windows of its mode that want every minute of it already; else none."""
    same = [o for o in others if o.mode is window.mode and not o.paused and o.concerns(window.area)]
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
