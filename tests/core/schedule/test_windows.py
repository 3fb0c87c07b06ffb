"""What a window or a schedule cannot be is refused with what it can be."""

from __future__ import annotations

import pytest

from alarm.core.errors import BadInput
from alarm.core.schedule.windows import EVERY_DAY, Schedule, Window
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
