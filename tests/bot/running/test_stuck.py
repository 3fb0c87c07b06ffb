"""A thread ends the process when the event loop stands still."""

from __future__ import annotations

from bot.stuck import LOOK_EVERY, STUCK_AFTER, end_when_stuck
from bot.vitals import Vitals


class Standstill:
    """A clock that the sleeping thread moves, and a loop that ticks only up to a moment."""

    def __init__(self, ticks_until: float) -> None:
        self.now = 0.0
        self.ticks_until = ticks_until
        self.vitals = Vitals(lambda: self.now)
        self.ended: list[tuple[float, int]] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now <= self.ticks_until:
            self.vitals.ticked()

    def watch(self) -> None:
        end_when_stuck(
            self.vitals, lambda status: self.ended.append((self.now, status)), self.sleep
        )


def test_a_loop_that_stands_still_ends_the_process_with_status_1() -> None:
    house = Standstill(ticks_until=600.0)
    house.watch()
    assert house.ended == [(600.0 + STUCK_AFTER + LOOK_EVERY, 1)]


def test_a_start_that_never_comes_to_a_tick_ends_too() -> None:
    house = Standstill(ticks_until=-1.0)
    house.watch()
    assert house.ended == [(STUCK_AFTER + LOOK_EVERY, 1)]
