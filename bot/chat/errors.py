"""What Telegram's refusals mean for a message, in one table."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from alarm.core.errors import AlarmError

# Parts of Telegram's descriptions. Every other bad request is about the message, not the chat.
CHAT_GONE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_inval",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
)
TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_closed")
NOT_MODIFIED = "message is not modified"
NOTHING_TO_DELETE = "message to delete not found"
NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_RIGHT = ("not enough rights", "chat_admin_required")
# The library has no class for this status: Telegram's own words, or those of a proxy with it.
TOO_LARGE = ("request entity too large", "(413)")
# Seconds. A token that is refused stays refused until a person acts.
TOKEN_RETRY = 10.0
# A longer wait would leave everybody untold, and the bot deaf, on the word of one answer.
LONGEST_WAIT = 300.0
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class ChatError(AlarmError):
    """Say that a message did not arrive in a chat.

    `uncertain`: it may have arrived all the same. `new_chat`: the id that the group has now.
    `unchanged`: an edit that changed nothing, or had nothing left to change. `gone`: there was
    nothing left to edit or delete. `bad_message`: the chat is fine, but Telegram does not take
    these words or buttons. `topic_gone`: the group is fine, its topic is not.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        uncertain: bool = False,
        new_chat: int | None = None,
        unchanged: bool = False,
        bad_message: bool = False,
        gone: bool = False,
        topic_gone: bool = False,
    ) -> None:
        super().__init__(message, permanent=permanent, retry_after=retry_after)
        self.uncertain = uncertain
        self.new_chat = new_chat
        self.unchanged = unchanged
        self.bad_message = bad_message
        self.gone = gone
        self.topic_gone = topic_gone


def as_chat_error(error: Exception) -> ChatError:
    """Return what went wrong; the original's text may hold the token and is not repeated."""
    match error:
        case ChatMigrated(new_chat_id=new):
            return ChatError("the group has a new id", new_chat=new)
        case RetryAfter():
            return ChatError("Telegram asks to slow down", retry_after=seconds_asked(error))
        case Forbidden():
            return ChatError("the bot is blocked there or may not write first", permanent=True)
        case InvalidToken():
            return ChatError("Telegram refuses the bot token", retry_after=TOKEN_RETRY)
        case BadRequest(message=said):
            return _bad_request(said.lower())
        case NetworkError(message=said) if any(part in said.lower() for part in TOO_LARGE):
            return ChatError("Telegram takes no files this large", permanent=True, bad_message=True)
        case NetworkError() if isinstance(error.__cause__, _NEVER_SENT):
            return ChatError("Telegram cannot be reached")
        case TimeoutError():
            return ChatError("Telegram did not answer in time", uncertain=True)
        case NetworkError():
            return ChatError("Telegram did not answer as it should", uncertain=True)
        case _:
            return ChatError("Telegram's answer makes no sense", uncertain=True)


def seconds_asked(error: RetryAfter) -> float:
    """Return the wait that Telegram asks for, in seconds and bounded."""
    # Declared as a whole number or a span of time; but it is handed on as it was sent.
    wait: object = error.retry_after
    if isinstance(wait, timedelta):
        wait = wait.total_seconds()
    return min(max(0.0, wait), LONGEST_WAIT) if isinstance(wait, int | float) else 0.0


def _bad_request(said: str) -> ChatError:
    if NOT_MODIFIED in said:
        return ChatError("nothing to edit", permanent=True, unchanged=True)
    if NOTHING_TO_DELETE in said:
        return ChatError("nothing to delete", permanent=True, gone=True)
    if any(part in said for part in TOPIC_GONE):
        return ChatError("the topic is gone or closed", permanent=True, topic_gone=True)
    if any(part in said for part in NOTHING_TO_EDIT):
        return ChatError("nothing to edit", permanent=True, unchanged=True, gone=True)
    if any(part in said for part in NO_RIGHT):
        return ChatError("the bot may not do that there", permanent=True)
    if any(part in said for part in CHAT_GONE):
        return ChatError("the chat is gone", permanent=True)
    return ChatError("Telegram refuses the message", permanent=True, bad_message=True)
