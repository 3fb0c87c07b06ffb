"""Measure another clock from the whole-second `Date` header of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Skew:
    """Bounds on (their clock - ours) in seconds; every answer narrows them.

    A `Date` header names the second in which the answer was made, so one answer bounds the
    difference to about one second plus the round trip, and several answers to much less.
    """

    low: float
    high: float

    @classmethod
    def from_answer(cls, date: float, sent: float, received: float) -> Skew:
        """Bound the skew by one answer. All in epoch seconds; `date` is the header's second."""
        return cls(low=date - received, high=date + 1.0 - sent)

    def narrowed(self, sample: Skew) -> Skew:
        """Return what both bounds allow; a sample that contradicts us means a clock was set."""
        low, high = max(self.low, sample.low), min(self.high, sample.high)
        return Skew(low, high) if low <= high else sample

    @property
    def best(self) -> timedelta:
        """Return zero while the clocks may agree, else the middle of the bounds."""
        if self.low <= 0.0 <= self.high:
            return timedelta(0)
        return timedelta(seconds=(self.low + self.high) / 2)
