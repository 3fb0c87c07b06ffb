"""Who commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who commands, in which chat, by which update of Telegram.

    `sent_at`: when it was written, for a command that ran late; None for a fresh one.
    """

    user_id: int
    name: str
    chat_id: int
    update_id: int
    sent_at: datetime | None = None
