"""The queue of updates: at least once until confirmed, one poller at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from simulator.telegram.refusal import Json, conflict

MAX_BATCH = 100
MAX_POLL_SECONDS = 50
# What Telegram leaves out until a bot names it.
_ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates wait here until a getUpdates confirms them by a higher offset."""

    def __init__(self, first_id: int) -> None:
        self.pending: list[Json] = []
        self.confirmed_offset = 0
        self.allowed: frozenset[str] = frozenset()
        self._next_id = first_id
        self._poll: asyncio.Future[bool] | None = None

    @property
    def being_polled(self) -> bool:
        return self._poll is not None and not self._poll.done()

    def push(self, kind: str, payload: Json) -> int:
        """Queue an update; returns its id, or 0 when the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_WHEN_ASKED
        return self.push_raw({kind: payload}) if wanted else 0

    def push_raw(self, update: Json) -> int:
        """Queue anything; an update without an id gets the next one."""
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id + 1)
        self.pending.append({"update_id": update_id} | update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        return update_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds the bot wants; none means the usual ones."""
        self.allowed = frozenset(kinds)

    async def take(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what lies before `offset`, then return what waits, at the latest in `seconds`.

        A poll that is still open ends with a conflict.
        """
        self._confirm(offset)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, MAX_POLL_SECONDS))
        return self.pending[: limit if 1 <= limit <= MAX_BATCH else MAX_BATCH]

    async def _wait(self, seconds: float) -> None:
        poll = asyncio.get_running_loop().create_future()
        self._poll = poll
        done, _ = await asyncio.wait({poll}, timeout=seconds)
        if self._poll is poll:
            self._poll = None
        if done and not poll.result():
            raise conflict()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
            offset = self.pending[0]["update_id"] if self.pending else 0
        # An offset beyond the newest update is ignored, so a bot with the memory of another
        # queue does not go deaf.
        if 0 < offset <= self._next_id:
            self.confirmed_offset = max(self.confirmed_offset, offset)
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
