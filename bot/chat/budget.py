"""How fast messages may go to each chat, within what Telegram takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

# Telegram takes about one message a second in a private chat and 20 a minute in a group.
# Of these 20, chatter takes 14 at most, so that an alarm finds room in any minute.
BURST, GROUP_BURST = 8, 4
SECONDS_PER_MESSAGE, SECONDS_PER_GROUP_MESSAGE = 1.5, 6.0
# Of the burst, this much is left for answers by everything that nobody waits for.
LEFT_FOR_ANSWERS = 3
# Of what an alarm may send at once, this much is left by its first pictures for the edits of its
# texts.
LEFT_FOR_EDITS = 1
# However much went at once without waiting, the next one that waits does so for no longer.
MOST_OWED = 3.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Budget:
    """Let a burst through at once, then one message every few seconds, for each chat alone."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._buckets: dict[str, _Bucket] = {}

    async def take(self, chat: str, *, leave: int = 0) -> None:
        """Return when the next message to the chat may go and `leave` more could follow."""
        tokens = self.spend(chat)
        if tokens < leave:
            await self._sleep((leave - tokens) * pace_of(chat))

    def left(self, chat: str) -> float:
        """Return how many messages may go at once now; nothing is counted."""
        bucket = self._buckets.get(chat, _Bucket(burst_of(chat), self._monotonic()))
        gained = (self._monotonic() - bucket.at) / pace_of(chat)
        return min(bucket.tokens + gained, burst_of(chat))

    def spend(self, chat: str) -> float:
        """Count a message that goes at once; return what is left, below zero where it owes."""
        now = self._monotonic()
        bucket = self._buckets.setdefault(chat, _Bucket(burst_of(chat), now))
        gained = (now - bucket.at) / pace_of(chat)
        bucket.tokens = max(min(bucket.tokens + gained, burst_of(chat)) - 1.0, -MOST_OWED)
        bucket.at = now
        return bucket.tokens


def pace_of(chat: str) -> float:
    """Return the seconds that a message takes; the ids of groups are negative."""
    return SECONDS_PER_GROUP_MESSAGE if chat.startswith("-") else SECONDS_PER_MESSAGE


def burst_of(chat: str) -> int:
    """Return how many messages may go at once."""
    return GROUP_BURST if chat.startswith("-") else BURST
