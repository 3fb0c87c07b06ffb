"""People who write, press buttons and block the bot."""

from __future__ import annotations

import itertools
import re
from datetime import datetime

from simulator.telegram.chats import Button, Chat, SentMessage
from simulator.telegram.html import bot_commands
from simulator.telegram.limits import Formatted
from simulator.telegram.refusal import Json
from simulator.telegram.world import Deed, Happening, Query, World

_query_ids = itertools.count(4_382_000_000_000_001)


class Person:
    """Somebody with a Telegram account. Each deed returns the id of the update that tells it.

    The id is 0 where Telegram tells the bot nothing: kinds of update that it did not ask for, and
    words in a group that privacy mode keeps from it.
    """

    def __init__(self, world: World, chat: Chat, user: Json) -> None:
        self._world = world
        self.chat = chat
        self.user = user

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return str(self.user["first_name"])

    def start(self, payload: str = "") -> int:
        """Press Start, in a `t.me/<bot>?start=<payload>` link or on a chat that was blocked."""
        if self.chat.blocked:
            self.unblock()
        return self.write(f"/start {payload}".rstrip())

    def write(
        self,
        text: str,
        *,
        chat: Chat | int | None = None,
        reply_to: int | None = None,
        date: datetime | None = None,
        edited: bool = False,
        forwarded: bool = False,
        topic: int = 0,
    ) -> int:
        """Write a message, or with `edited` change the own newest one in that chat."""
        place = self._place(chat)
        if place is self.chat:
            if place.blocked:
                raise AssertionError(f"{self.name} blocked the bot and cannot write to it")
            place.started = True
        content = Formatted(text, bot_commands(text), text)
        if edited:
            return self._edit(place, content, date)
        message = self._world.add_message(
            place,
            self.user,
            content,
            reply_to=reply_to,
            at=date,
            extra=(self._origin(date) if forwarded else {}) | _in_topic(topic),
        )
        return self._deliver("message", place, message)

    def _edit(self, place: Chat, content: Formatted, date: datetime | None) -> int:
        own = [message for message in place.everything if message.sender == self.user]
        if not own:
            raise AssertionError(f"{self.name} wrote nothing to edit in {place.name}")
        at = date or self._world.now()
        own[-1].change(content, own[-1].markup, at, self._world.monotonic())
        return self._deliver("edited_message", place, own[-1])

    def _deliver(self, kind: str, place: Chat, message: SentMessage) -> int:
        self._world.tell(Happening(Deed.WROTE, place, self.name, message.text, message))
        if place.kind != "private" and not self._bot_may_read(place, message):
            return 0
        return self._world.updates.push(kind, place.render(message))

    def _bot_may_read(self, place: Chat, message: SentMessage) -> bool:
        if self._world.bot["can_read_all_group_messages"]:
            return True
        replied = place.find(message.reply_to) if message.reply_to else None
        mention = f"@{self._world.bot['username']}".lower()
        named = re.match(r"/\w+(@\w+)?", message.text)
        is_command = named is not None and (named.group(1) or mention).lower() == mention
        return is_command or mention in message.text.lower() or bool(replied and replied.from_bot)

    def _origin(self, date: datetime | None) -> Json:
        first_said = int((date or self._world.now()).timestamp())
        return {"forward_origin": {"type": "user", "date": first_said, "sender_user": self.user}}

    def press(
        self,
        button_text: str,
        *,
        message: SentMessage | int | None = None,
        chat: Chat | int | None = None,
        stale: bool = False,
    ) -> int:
        """Press the button whose text contains `button_text`, on the newest message that has one.

        With `stale` a button counts too that an edit took away: this phone still shows it.
        """
        place = self._place(chat)
        wanted = message.id if isinstance(message, SentMessage) else message
        shown = [
            candidate
            for candidate in reversed(place.messages)
            if not candidate.deleted and wanted in (None, candidate.id)
        ]
        for candidate in shown:
            for button in _buttons(candidate, stale=stale):
                if button.data and button_text.lower() in button.text.lower():
                    return self._press(place, candidate, button)
        names = [button.text for candidate in shown for button in _buttons(candidate, stale=stale)]
        raise AssertionError(
            f"no button {button_text!r} in {place.name}, but {names}\n{place.transcript()}"
        )

    def _press(self, place: Chat, message: SentMessage, button: Button) -> int:
        query_id = str(next(_query_ids))
        self._world.queries[query_id] = Query(place, self.name, self._world.monotonic())
        self._world.tell(Happening(Deed.PRESSED, place, self.name, button.text, message))
        query = {
            "id": query_id,
            "from": self.user,
            "message": place.render(message),
            "chat_instance": str(place.id),
            "data": button.data,
        }
        return self._world.updates.push("callback_query", query)

    def block(self) -> int:
        """Block the bot: it can write no more, and is told so."""
        self.chat.blocked = True
        return self._membership(Deed.BLOCKED, "member", "kicked")

    def unblock(self) -> int:
        self.chat.blocked = False
        return self._membership(Deed.UNBLOCKED, "kicked", "member")

    def add_bot(self, chat: Chat) -> int:
        """Add the bot to a group, where it may write from now on."""
        chat.blocked = False
        return self._membership(Deed.ADDED, "left", "member", chat)

    def remove_bot(self, chat: Chat) -> int:
        """Remove the bot from a group: it can write there no more, and is told so."""
        chat.blocked = True
        return self._membership(Deed.REMOVED, "member", "kicked", chat)

    def _membership(self, deed: Deed, before: str, after: str, chat: Chat | None = None) -> int:
        place = chat or self.chat
        self._world.tell(Happening(deed, place, self.name, ""))
        change = {
            "chat": place.describe(),
            "from": self.user,
            "date": int(self._world.now().timestamp()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }
        return self._world.updates.push("my_chat_member", change)

    def _member(self, status: str) -> Json:
        member: Json = {"user": self._world.bot, "status": status}
        return member | {"until_date": 0} if status == "kicked" else member

    def _place(self, chat: Chat | int | None) -> Chat:
        if chat is None:
            return self.chat
        place = self._world.chats[chat] if isinstance(chat, int) else chat
        if self.id not in place.members:
            raise AssertionError(f"{self.name} is no member of {place.name}")
        return place


def _in_topic(topic: int) -> Json:
    return {"message_thread_id": topic, "is_topic_message": True} if topic else {}


def _buttons(message: SentMessage, *, stale: bool) -> list[Button]:
    keyboards = [message.buttons]
    if stale:
        keyboards += [version.buttons for version in reversed(message.edits)]
    return [button for rows in keyboards for row in rows for button in row]
