"""The one place that changes the state: decide, commit, then let the effects out."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime

from alarm.core.decide import decide
from alarm.core.draft import Row
from alarm.core.inputs import ClockJumped, Input, StorageChanged, StorageStatus
from alarm.core.state import State
from bot.clock import HostClock
from storage.errors import StorageError
from storage.store import StateStore

logger = logging.getLogger(__name__)

# How far the clip list was read is worth no write of its own: it rides in the next one.
_RIDES_ALONG = "feed"
_WRITTEN = tuple(field.name for field in fields(State) if field.name != _RIDES_ALONG)
# Seconds. A disk that fails again so soon is called good only after as long without a failure.
UNSTEADY = 600.0

Watcher = Callable[[], None]


class Controller:
    """Hold the state of the running program. To be used from the event loop's thread alone.

    Whoever watches is called after each change, when it is on the disk. If the disk refuses, the
    change holds in memory, the effects go out all the same, and `retry` writes it later.
    """

    def __init__(
        self, store: StateStore[State], state: State, clock: HostClock | None = None
    ) -> None:
        self._store = store
        self._clock = HostClock() if clock is None else clock
        self._watchers: list[Watcher] = []
        self._jump_watchers: list[Watcher] = []
        self._failing = False
        self._fine_at = self._fine_from = -math.inf
        self.state = state

    @property
    def durable(self) -> bool:
        """Tell whether all that was decided is on the disk."""
        return not self._store.dirty

    def now(self) -> datetime:
        """Return this moment; the state is moved first where the host's clock was set."""
        self._look_at_clock()
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def watch(self, watcher: Watcher) -> None:
        """Call `watcher` after each change; it must be quick."""
        self._watchers.append(watcher)

    def watch_jumps(self, watcher: Watcher) -> None:
        """Call `watcher` after the host's clock was set, when the state has taken it in."""
        self._jump_watchers.append(watcher)

    def apply(self, *inputs: Input) -> None:
        """Decide on what happened, in order, with one commit for all of it.

        Where `decide` raises, that input and those after it change nothing.
        """
        # Before any deadline is compared with a clock that was set a moment ago.
        self._look_at_clock()
        self._apply(inputs)

    def retry(self) -> None:
        """Write what the disk refused before; costs nothing while it never did."""
        if self._store.dirty:
            self._write([])
        else:
            self._written()

    def _look_at_clock(self) -> None:
        delta = self._clock.jump()
        if delta is not None:
            logger.warning("The clock was set by %+.0f s.", delta.total_seconds())
            try:
                self._apply([ClockJumped(delta)])
            except Exception:
                # Whoever only asks for the time must get it.
                logger.exception("The delays cannot be moved with the clock.")
            _call(self._jump_watchers)

    def _apply(self, inputs: Iterable[Input]) -> None:
        before = self.state
        rows: list[Row] = []
        try:
            for input_ in inputs:
                decision = decide(self.state, input_, self._clock.now())
                self.state = decision.state
                rows += decision.rows
        finally:
            if rows or any(getattr(before, n) is not getattr(self.state, n) for n in _WRITTEN):
                self._write(rows)
                _call(self._watchers)

    def _write(self, rows: list[Row]) -> None:
        trouble = self._tried(rows)
        if trouble and not self._failing:
            # A single write that failed is no news; rows given twice are taken once.
            trouble = self._tried(rows)
        if trouble:
            self._refused(trouble)
        else:
            self._written()

    def _tried(self, rows: list[Row]) -> str:
        """Return why the state could not be written, empty where it was."""
        try:
            self._store.commit(self.state, rows)
        except StorageError as error:
            return str(error)
        except Exception:
            # Whatever it is, the house has to be watched without the disk.
            logger.exception("The state cannot be written.")
            return "an error in the program"
        return ""

    def _refused(self, reason: str) -> None:
        now = self.monotonic()
        if now - self._fine_at < UNSTEADY or self._fine_from > now:
            self._fine_from = now + UNSTEADY
        if not self._failing:
            self._failing = True
            logger.error("The state cannot be written: %s", reason)
            self._apply([StorageChanged(StorageStatus.FAILING, reason)])

    def _written(self) -> None:
        if self._failing and self.monotonic() >= self._fine_from:
            self._failing, self._fine_at = False, self.monotonic()
            logger.warning("The state can be written again.")
            self._apply([StorageChanged(StorageStatus.FINE)])


def _call(watchers: Iterable[Watcher]) -> None:
    for watcher in watchers:
        try:
            watcher()
        except Exception:
            # What was decided is decided, and the others have to hear of it.
            logger.exception("Somebody who watches the state failed.")
