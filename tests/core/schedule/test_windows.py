"""What a window or a schedule cannot be is refused with what it can be."""

from __future__ import annotations

import pytest

from alarm.core.errors import BadInput
from alarm.core.schedule.windows import EVERY_DAY, Clash, Schedule, Window, clash_of
from alarm.core.settings import Mode
from tests.core.schedule.timed import DAYS_OUT, NIGHTS

DAYS = "A window needs at least one day of Monday to Sunday."
ORDER = "The days of a window stand in order, each once."
TIMES = "A time of day is 0:00 to 23:59; a window may end at 24:00."


@pytest.mark.parametrize(
    ("days", "start", "end", "refusal"),
    [
        ((), 0, 1, DAYS),
        ((7,), 0, 1, DAYS),
        ((1, 0), 0, 1, ORDER),
        ((1, 1), 0, 1, ORDER),
        (EVERY_DAY, 1440, 1, TIMES),
        (EVERY_DAY, 0, 1440, TIMES),
        (EVERY_DAY, -1, 1, TIMES),
    ],
)
def test_a_window_says_what_it_must_be(
    days: tuple[int, ...], start: int, end: int, refusal: str
) -> None:
    with pytest.raises(BadInput) as refused:
        Window(days, start, end, Mode.NIGHT)
    assert str(refused.value) == refusal


def test_a_schedule_says_what_it_must_be() -> None:
    same = Window(DAYS_OUT.days, 1, 2, Mode.AWAY, NIGHTS.id)
    with pytest.raises(BadInput, match=r"^Two windows have the same number\.$"):
        Schedule((NIGHTS, same))
    at_night = Window(EVERY_DAY, 23 * 60, 0, Mode.AWAY, 9)
    with pytest.raises(BadInput, match=r"^Two windows want different modes at the same time\.$"):
        Schedule((NIGHTS, at_night))


def test_a_clash_behind_a_paused_window_is_found_and_as_long_as_it_is() -> None:
    paused = Window(EVERY_DAY, 0, 60, Mode.AWAY, 5, paused=True)
    minute = Window((0,), 389, 390, Mode.AWAY, 6)
    assert clash_of((paused, NIGHTS, minute)) == Clash(NIGHTS, minute, 389, 390)


def test_what_clashes_all_the_week_ends_where_it_begins() -> None:
    night = Window(EVERY_DAY, 0, 0, Mode.NIGHT, 1)
    away = Window(EVERY_DAY, 60, 60, Mode.AWAY, 2)
    assert clash_of((night, away)) == Clash(night, away, 60, 60)
