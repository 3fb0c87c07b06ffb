"""Chats and the messages in them, as people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from simulator.telegram.files import MediaFile, MediaKind
from simulator.telegram.limits import Formatted
from simulator.telegram.refusal import Json


class Button(NamedTuple):
    """An inline button; `data` is empty for one that only opens a link."""

    text: str
    data: str


@dataclass(frozen=True)
class Version:
    """What a message said from `at` on, until it was edited."""

    text: str
    html: str
    buttons: list[list[Button]]
    at: datetime
    monotonic: float


@dataclass
class SentMessage:
    """One message in a chat: `text` (or caption) plain, `html` as it was sent.

    `at` and `monotonic` say when it was sent, `edited_at` and `edited_monotonic` when it last
    changed, `edits` what it said before.
    """

    id: int
    chat_id: int
    sender: Json
    from_bot: bool
    at: datetime
    monotonic: float
    content: Formatted
    markup: Json | None = None
    media: MediaFile | None = None
    reply_to: int | None = None
    silent: bool = False
    edits: list[Version] = field(default_factory=list)
    edited_at: datetime | None = None
    edited_monotonic: float | None = None
    deleted: bool = False
    extra: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def html(self) -> str:
        return self.content.source

    @property
    def buttons(self) -> list[list[Button]]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [Button(button["text"], button.get("callback_data", "")) for button in row]
            for row in rows
        ]

    @property
    def photo(self) -> MediaFile | None:
        return self._media(MediaKind.PHOTO)

    @property
    def video(self) -> MediaFile | None:
        return self._media(MediaKind.VIDEO)

    @property
    def document(self) -> MediaFile | None:
        return self._media(MediaKind.DOCUMENT)

    def _media(self, kind: MediaKind) -> MediaFile | None:
        return self.media if self.media is not None and self.media.kind is kind else None

    def change(
        self, content: Formatted, markup: Json | None, at: datetime, monotonic: float
    ) -> None:
        """Put new words or buttons in place and keep what stood there."""
        since = self.edited_at or self.at
        since_monotonic = self.monotonic if self.edited_monotonic is None else self.edited_monotonic
        self.edits.append(Version(self.text, self.html, self.buttons, since, since_monotonic))
        self.content = content
        self.markup = markup
        self.edited_at = at
        self.edited_monotonic = monotonic


@dataclass
class Chat:
    """A private chat or a group. `everything` holds all messages, `messages` the bot's own."""

    id: int
    kind: str
    name: str
    facts: Json
    members: list[int]
    started: bool = True
    blocked: bool = False
    of_bot: bool = False
    migrated_to: int | None = None
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    everything: list[SentMessage] = field(default_factory=list)

    @property
    def messages(self) -> list[SentMessage]:
        return [message for message in self.everything if message.from_bot]

    @property
    def last(self) -> SentMessage:
        """Give the bot's newest message that was not deleted."""
        for message in reversed(self.everything):
            if message.from_bot and not message.deleted:
                return message
        raise AssertionError(f"the bot wrote nothing in {self.name}")

    @property
    def next_id(self) -> int:
        return self.everything[-1].id + 1 if self.everything else 1

    def find(self, message_id: int) -> SentMessage | None:
        """Return a message that still exists."""
        for message in self.everything:
            if message.id == message_id and not message.deleted:
                return message
        return None

    def describe(self) -> Json:
        return {"id": self.id, "type": self.kind} | self.facts

    def render(self, message: SentMessage, *, with_reply: bool = True) -> Json:
        """Give a message as the Bot API writes it."""
        answer: Json = {
            "message_id": message.id,
            "from": message.sender,
            "chat": self.describe(),
            "date": int(message.at.timestamp()),
        } | message.extra
        if message.edited_at is not None:
            answer["edit_date"] = int(message.edited_at.timestamp())
        name, entities = ("text", "entities")
        if message.media is not None:
            answer |= message.media.describe()
            name, entities = ("caption", "caption_entities")
        if message.text:
            answer[name] = message.text
            if message.content.entities:
                answer[entities] = message.content.entities
        if message.markup is not None and "inline_keyboard" in message.markup:
            answer["reply_markup"] = message.markup
        replied = self.find(message.reply_to) if message.reply_to and with_reply else None
        if replied is not None:
            answer["reply_to_message"] = self.render(replied, with_reply=False)
        return answer

    def transcript(self) -> str:
        """Give the whole chat as lines that a person can read."""
        lines = [f"--- {self.name} ({self.kind} {self.id}) ---"]
        lines += [line for message in self.everything for line in _lines(message)]
        return "\n".join(lines)


def _lines(message: SentMessage) -> list[str]:
    marks = [f"#{message.id}"]
    if message.reply_to:
        marks.append(f"reply to #{message.reply_to}")
    if message.media is not None:
        marks.append(f"{message.media.kind} {message.media.name} {message.media.size} bytes")
    if message.silent:
        marks.append("silent")
    if message.edits:
        marks.append(f"edited {len(message.edits)}x")
    if message.deleted:
        marks.append("deleted")
    clock = f"{message.at:%H:%M:%S}"
    lines = [f"{clock} {message.sender['first_name']} ({', '.join(marks)}): {message.text}"]
    lines += [f"    was: {version.text}" for version in message.edits]
    lines += ["    " + " ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return lines
