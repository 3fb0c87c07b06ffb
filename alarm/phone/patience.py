"""How long somebody still waits for a request: what nobody waits for is not sent any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")


class Patience:
    """The time left for one piece of work; `give_up` may come from another thread."""

    def __init__(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._given_up = False

    def give_up(self) -> None:
        """End it before its time: the waiter has gone."""
        self._given_up = True

    def spend(self, work: Callable[[], T]) -> T:
        """Do the work, in a thread of its own; what it sends is bound by this patience."""
        current.set(self)
        return work()

    @property
    def left(self) -> float:
        """Seconds left, 0 when nobody waits any more."""
        return 0.0 if self._given_up else max(self._deadline - time.monotonic(), 0.0)


# Carried by the context, because the library stands between who waits and who sends.
current: ContextVar[Patience] = ContextVar("patience")
