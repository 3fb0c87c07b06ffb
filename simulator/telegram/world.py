"""What is true behind the Bot API: chats, files, updates, who waits for what."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from simulator.telegram.chats import Chat, SentMessage
from simulator.telegram.files import FileStore, MediaFile
from simulator.telegram.limits import Formatted
from simulator.telegram.refusal import Json, bad_request, forbidden, too_many_requests
from simulator.telegram.updates import UpdateQueue

# How much of each chat is left where old things are let go of.
MESSAGES_KEPT = 100


class Deed(StrEnum):
    SENT = "sent"  # by the bot
    EDITED = "edited"  # by the bot
    DELETED = "deleted"  # by the bot
    ANSWERED = "answered"  # the bot's small notice after a press
    WROTE = "wrote"  # a person
    PRESSED = "pressed"  # a person
    BLOCKED = "blocked"  # a person
    UNBLOCKED = "unblocked"  # a person
    ADDED = "added"  # the bot to a group, by a person
    REMOVED = "removed"  # the bot from a group, by a person


@dataclass(frozen=True)
class Happening:
    """One thing that a person at the chat would see; `text` says what was written or pressed."""

    deed: Deed
    chat: Chat
    who: str
    text: str
    message: SentMessage | None = None


@dataclass(frozen=True)
class CallbackAnswer:
    """The bot's answer to a pressed button; `at` is monotonic."""

    query_id: str
    person: str
    text: str
    alert: bool
    at: float


@dataclass(frozen=True)
class Query:
    """A pressed button that the bot did not answer yet; `at` is monotonic."""

    chat: Chat
    person: str
    at: float


@dataclass
class Rate:
    """At most `messages` to one chat within `seconds`."""

    messages: int
    seconds: float
    stamps: deque[float] = field(default_factory=deque)

    def charge(self, now: float) -> None:
        while self.stamps and now - self.stamps[0] >= self.seconds:
            self.stamps.popleft()
        if len(self.stamps) >= self.messages:
            raise too_many_requests(math.ceil(self.stamps[0] + self.seconds - now))
        self.stamps.append(now)


@dataclass
class World:
    """The state that the Bot API and the people share."""

    bot: Json
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    updates: UpdateQueue
    callback_seconds: float = 15.0
    webhook: str = ""
    files: FileStore = field(default_factory=FileStore)
    chats: dict[int, Chat] = field(default_factory=dict)
    rates: dict[int, Rate] = field(default_factory=dict)
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    callback_answers: list[CallbackAnswer] = field(default_factory=list)
    on_message: Callable[[Happening], None] | None = None
    watchers: set[asyncio.Event] = field(default_factory=set)

    def tell(self, happening: Happening) -> None:
        if self.on_message is not None:
            self.on_message(happening)
        for watcher in self.watchers:
            watcher.set()

    def forget(self) -> None:
        """Let go of what is old: nobody scrolls back or presses that far."""
        for chat in self.chats.values():
            del chat.everything[:-MESSAGES_KEPT]
        self.files.forget()
        self.callback_answers.clear()
        oldest = self.monotonic() - self.callback_seconds
        self.queries = {key: query for key, query in self.queries.items() if query.at > oldest}

    def known_chat(self, reference: str) -> Chat:
        """Return the chat that a request names, whether or not the bot may write there."""
        if not reference:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(reference))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, reference: str) -> Chat:
        """Return a chat in which the bot may act, within its rate."""
        chat = self.known_chat(reference)
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.migrated_to},
            )
        if chat.of_bot:
            raise forbidden("bot can't send messages to bots")
        if chat.blocked and chat.kind != "private":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.id in self.rates:
            self.rates[chat.id].charge(self.monotonic())
        return chat

    def add_message(
        self,
        chat: Chat,
        sender: Json,
        content: Formatted,
        *,
        markup: Json | None = None,
        media: MediaFile | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        at: datetime | None = None,
        extra: Json | None = None,
    ) -> SentMessage:
        message = SentMessage(
            id=chat.next_id,
            chat_id=chat.id,
            sender=sender,
            from_bot=sender is self.bot,
            at=at or self.now(),
            monotonic=self.monotonic(),
            content=content,
            markup=markup,
            media=media,
            reply_to=reply_to,
            silent=silent,
            extra=extra or {},
        )
        chat.everything.append(message)
        return message
