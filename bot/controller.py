"""The one place that changes the state: decide, commit, then let the effects out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime

from alarm.core.decide import decide
from alarm.core.draft import Row
from alarm.core.inputs import Input, StorageChanged, StorageStatus
from alarm.core.state import State
from storage.errors import StorageError
from storage.store import StateStore

logger = logging.getLogger(__name__)

# How far the clip list was read is worth no write of its own: it rides in the next one.
_RIDES_ALONG = "feed"
_WRITTEN = tuple(field.name for field in fields(State) if field.name != _RIDES_ALONG)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Controller:
    """Hold the state of the running program. To be used from the event loop's thread alone.

    Whoever watches is called after each change, when it is on the disk. If the disk refuses, the
    change holds in memory, the effects go out all the same, and `retry` writes it later.
    """

    def __init__(
        self, store: StateStore[State], state: State, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store
        self._now = now
        self._watchers: list[Callable[[], None]] = []
        self._failing = False
        self.state = state

    @property
    def durable(self) -> bool:
        """Tell whether all that was decided is on the disk."""
        return not self._store.dirty

    def now(self) -> datetime:
        return self._now()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` after each change; it must be quick and must not raise."""
        self._watchers.append(watcher)

    def apply(self, *inputs: Input) -> None:
        """Decide on what happened, in order, with one commit for all of it."""
        before = self.state
        rows: list[Row] = []
        for input_ in inputs:
            decision = decide(self.state, input_, self._now())
            self.state = decision.state
            rows += decision.rows
        if rows or any(getattr(before, n) is not getattr(self.state, n) for n in _WRITTEN):
            self._commit(rows)

    def retry(self) -> None:
        """Write what the disk refused before; nothing to do while it never did."""
        if self._store.dirty:
            self._commit([])

    def _commit(self, rows: list[Row]) -> None:
        try:
            self._store.commit(self.state, rows)
        except StorageError as error:
            self._refused(error)
        else:
            self._written()
        for watcher in self._watchers:
            watcher()

    def _refused(self, error: StorageError) -> None:
        if not self._failing:
            self._failing = True
            logger.error("The state cannot be written: %s", error)
            self.apply(StorageChanged(StorageStatus.FAILING, str(error)))

    def _written(self) -> None:
        if self._failing:
            self._failing = False
            logger.warning("The state can be written again.")
            self.apply(StorageChanged(StorageStatus.FINE))
