"""The server, and the handles by which tests and the demo play the people."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from simulator.server import StandIn
from simulator.telegram import api
from simulator.telegram.chats import Chat, SentMessage
from simulator.telegram.limits import Formatted
from simulator.telegram.parameters import read_parameters
from simulator.telegram.people import Person
from simulator.telegram.refusal import Json, Refusal, not_found, unauthorized
from simulator.telegram.updates import UpdateQueue
from simulator.telegram.world import CallbackAnswer, Happening, Rate, World

# Of the right shape and nobody's: the one in Telegram's own manual.
EXAMPLE_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
_TOKEN = re.compile(r"[1-9]\d{0,15}:[A-Za-z0-9_-]{20,64}")
_FIRST_SUPERGROUP_ID = -1_000_000_000_000


class TelegramStandIn(StandIn):
    """Serve one bot's Bot API on loopback.

    `now` and `monotonic` are the clocks of messages, rates and pressed buttons. `uplink`: the bytes
    a second at which the home's line brings files here, None for as fast as they come.
    """

    def __init__(
        self,
        *,
        token: str = EXAMPLE_TOKEN,
        username: str = "home_alarm_bot",
        first_update_id: int = 271_000_001,
        privacy_mode: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.token = token
        self.uplink: float | None = None
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Home alarm",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy_mode,
            "supports_inline_queries": False,
        }
        self.world = World(bot, now, monotonic, UpdateQueue(first_update_id))

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/file/bot{token}/{path:.+}", self._download),
            web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._serve),
            web.route("*", "/{anything:.*}", self._serve),
        ]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            parameters = await read_parameters(request, self.uplink)
            result = await api.call(self.world, request.match_info["method"], parameters)
        except Refusal as refusal:
            return _refused(refusal)
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            file = self.world.files.at_path(request.match_info["path"])
            if file is None:
                raise not_found()
        except Refusal as refusal:
            return _refused(refusal)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info.get("token", "")
        if not _TOKEN.fullmatch(token):
            raise not_found()
        if token != self.token:
            raise unauthorized()

    def forget(self) -> None:
        """Let go of old messages, files and presses as well."""
        super().forget()
        self.world.forget()

    # The people

    def person(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        is_bot: bool = False,
    ) -> Person:
        """Make somebody with an account who never wrote to the bot yet."""
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        facts = {name: value for name, value in names.items() if value}
        chat = Chat(user_id, "private", first_name, facts, [user_id], started=False, of_bot=is_bot)
        self.world.chats[user_id] = chat
        return Person(self.world, chat, {"id": user_id, "is_bot": is_bot} | facts)

    def group(self, chat_id: int, title: str, members: list[Person]) -> Chat:
        """Make a group that the bot was added to some time ago."""
        kind = "supergroup" if chat_id <= _FIRST_SUPERGROUP_ID else "group"
        ids = [member.id for member in members]
        chat = Chat(chat_id, kind, title, {"title": title}, ids)
        self.world.chats[chat_id] = chat
        return chat

    def topic(self, chat: Chat, name: str) -> int:
        """Open a topic in a supergroup and return its number."""
        chat.facts["is_forum"] = True
        number = chat.next_id
        chat.topics[number] = name
        opened = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self._service_message(chat, opened | {"message_thread_id": number})
        return number

    def migrate_group(self, chat: Chat) -> Chat:
        """Upgrade a group: it gets a new id, the old one is refused, both are told."""
        new = Chat(
            _FIRST_SUPERGROUP_ID + chat.id, "supergroup", chat.name, chat.facts, chat.members
        )
        self.world.chats[new.id] = new
        chat.migrated_to = new.id
        self._service_message(chat, {"migrate_to_chat_id": new.id})
        self._service_message(new, {"migrate_from_chat_id": chat.id})
        return new

    def _service_message(self, chat: Chat, extra: Json) -> None:
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        message = self.world.add_message(chat, anonymous, Formatted("", [], ""), extra=extra)
        self.world.updates.push("message", chat.render(message))

    def raw_update(self, update: Json) -> int:
        """Queue any update at all; without an `update_id` it gets the next one."""
        return self.world.updates.push_raw(update)

    # The chats

    def chat(self, chat_id: int) -> Chat:
        return self.world.chats[chat_id]

    def transcript(self, chat: Chat | int) -> str:
        return (self.chat(chat) if isinstance(chat, int) else chat).transcript()

    async def wait_for(
        self,
        wanted: str | Callable[[SentMessage], bool],
        *,
        chat: Chat | int | None = None,
        timeout: float = 5.0,
        after: int = 0,
    ) -> SentMessage:
        """Return the first message of the bot that says or fits `wanted`, edits included.

        `after` leaves out messages up to that id. What never comes raises AssertionError with the
        transcript.
        """
        fits = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        changed = asyncio.Event()
        self.world.watchers.add(changed)
        try:
            async with asyncio.timeout(timeout):
                while True:
                    changed.clear()
                    for message in self._shown(chat):
                        if message.id > after and fits(message):
                            return message
                    await changed.wait()
        except TimeoutError:
            transcripts = "\n".join(place.transcript() for place in self._places(chat))
            sought = repr(wanted) if isinstance(wanted, str) else "what was waited for"
            raise AssertionError(
                f"the bot did not say {sought} within {timeout:g} s\n{transcripts}"
            ) from None
        finally:
            self.world.watchers.discard(changed)

    def _places(self, chat: Chat | int | None) -> list[Chat]:
        if chat is None:
            return list(self.world.chats.values())
        return [self.chat(chat) if isinstance(chat, int) else chat]

    def _shown(self, chat: Chat | int | None) -> list[SentMessage]:
        return [
            message
            for place in self._places(chat)
            for message in place.messages
            if not message.deleted
        ]

    def limit_rate(self, chat: Chat | int, messages: int, seconds: float) -> None:
        """Let the bot act at most `messages` times within `seconds` in one chat."""
        chat_id = chat if isinstance(chat, int) else chat.id
        self.world.rates[chat_id] = Rate(messages, seconds)

    # What the bot did

    @property
    def on_message(self) -> Callable[[Happening], None] | None:
        """Called at each message, edit, answer and deed of a person."""
        return self.world.on_message

    @on_message.setter
    def on_message(self, hook: Callable[[Happening], None] | None) -> None:
        self.world.on_message = hook

    @property
    def callback_answers(self) -> list[CallbackAnswer]:
        return self.world.callback_answers

    @property
    def pending_updates(self) -> list[Json]:
        return self.world.updates.pending

    @property
    def being_polled(self) -> bool:
        """Whether a getUpdates waits for news at this moment."""
        return self.world.updates.being_polled

    @property
    def confirmed_offset(self) -> int:
        """The highest offset that the bot confirmed: all updates before it are gone."""
        return self.world.updates.confirmed_offset

    def menu(self, scope: str = "default", language: str = "") -> list[Json]:
        """Give the command menu of a scope, written `default`, `chat:<id>` and so on."""
        return self.world.menus.get((scope, language), [])


def _refused(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.body(), status=refusal.code)
