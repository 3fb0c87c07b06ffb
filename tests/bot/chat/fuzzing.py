"""Updates that Telegram might send, and some that it never would, all made from one seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.pages import Press
from bot.words.help import COMMANDS
from tests.bot.chat.bench import ANN, BEN, GROUP, MALLORY, VIC

Json = dict[str, Any]
T = TypeVar("T")

ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM = 1087968824, 136817688, 777000
USERS = (ANN, BEN, VIC, MALLORY)
ODD_USERS = (ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, 0, -1, 2**31, 2**53, 2**63, GROUP)
# Half a pair of characters: JSON can hold it, UTF-8 cannot.
HALF = "\ud83d"
NUMBERS = (0, 1, -1, 7, 2**31, 2**53, 2**63, 10**30, -(10**30), 1.5)
TEXTS = (
    *("", " ", "/", "//", "/ arm", "/@", "\x00", "\u202e\u0644", "🏠" * 40, "a" * 4096),
    *("<b>", "</b>&amp;", "\n\n", "hello", "123456", "12 34 56", "disarm", "٣٤٥", "{0}%s", "'--"),
)
# What may stand behind some command, now or one day.
ARGUMENTS = (
    *("", "away", "home", "night", "HOME", "until 7:00", "in 10m", "2h", "0", "-1", "1e9", "99:99"),
    *("3 in 2m", "3", "51", "2 in 9999h", "call", "Garage", "garage 30m", "garage off", "nothing"),
    *("add mon-fri 22:00-6:30 night", "remove 1", "pause", "resume", "until 12 dec", "off", "on"),
    *(
        "member",
        "member for 3d",
        "owner",
        "viewer for 999999d",
        "remove Ben",
        str(BEN),
        str(MALLORY),
    ),
    *("4711", "set 4711", "duress 4712", "+442079460123", "999", "add Bob +442079460123", "pin"),
)
SERVICE: tuple[Json, ...] = (
    {"new_chat_members": [{"id": MALLORY, "is_bot": False, "first_name": "Mallory"}]},
    {"left_chat_member": {"id": BEN, "is_bot": False, "first_name": "Ben"}},
    {"migrate_to_chat_id": -1_000_000_004_001},
    {"migrate_from_chat_id": GROUP},
    {"pinned_message": {"message_id": 3, "date": 0, "chat": {"id": ANN, "type": "private"}}},
    {"new_chat_title": "<b>Mine</b>"},
    {"group_chat_created": True},
    {
        "caption": "/disarm",
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
    },
    {"contact": {"phone_number": "+442079460123", "first_name": "Ann"}},
    {"location": {"latitude": 51.5, "longitude": 0.1}},
    {"web_app_data": {"data": "disarm:", "button_text": "Disarm"}},
    {"text": "/disarm", "via_bot": {"id": 9, "is_bot": True, "first_name": "b"}},
)
KINDS = (
    *("edited_message", "channel_post", "edited_channel_post", "business_message"),
    *("edited_business_message", "guest_message"),
)
# Ids of home areas, cameras, people, incidents and modes as they stand behind a button.
ABOUTS = (
    *("", "i1", "i2", "i999", "51001", "71001", "away", "home", "night", "0", "-1", "1:2", "a,b"),
    *(str(BEN), str(ANN), str(MALLORY), "\x00", "é" * 20, "x" * 60, "9" * 40, "None", "../state"),
)


class Fuzz:
    """Make one update after another; `pressed` gives callback data of real buttons.

    `broken`: the last update was none that Telegram would write.
    """

    def __init__(
        self, seed: int, now: Callable[[], datetime], pressed: Callable[[], list[str]]
    ) -> None:
        self._random = random.Random(seed)
        self._now = now
        self._pressed = pressed
        self._number = 1000
        self.broken = False

    def update(self) -> Json:
        """Return the next update: three in four as Telegram writes them, the others broken."""
        self._number += 1
        content = self._content()
        update = copy.deepcopy({"update_id": self._number} | content)
        self.broken = self._chance(0.25)
        if self.broken:
            for _ in range(self._random.randint(1, 3)):
                self._break(update)
        return update

    def _content(self) -> Json:
        dice = self._random.random()
        if dice < 0.45:
            return {"message": self._message()}
        if dice < 0.8:
            return {"callback_query": self._press()}
        if dice < 0.93:
            return {self._one(KINDS): self._message()}
        if dice < 0.97:
            return {"message": self._message(), "callback_query": self._press()}
        return self._other()

    def _other(self) -> Json:
        """Return what nobody wrote or pressed."""
        user = self._user()
        query = {"id": "9", "from": user, "query": "/disarm", "offset": ""}
        was = {"user": {"id": 1, "is_bot": True, "first_name": "b"}, "status": "member"}
        change = {
            "chat": self._chat(user),
            "from": user,
            "date": 0,
            "old_chat_member": was,
            "new_chat_member": was | {"status": "left"},
        }
        return self._one(({"inline_query": query}, {"my_chat_member": change}, {}))

    def _user(self) -> Json:
        number = self._one(USERS) if self._chance(0.85) else self._one(ODD_USERS)
        name = self._one(("Ann", "Ben", "</b>", "", "🦊", "a" * 64)) if self._chance(0.1) else "Who"
        return {"id": number, "is_bot": self._chance(0.05), "first_name": name}

    def _chat(self, user: Json) -> Json:
        if self._chance(0.8):
            return {"id": user["id"], "type": "private", "first_name": "Who"}
        kind = self._one(("group", "supergroup", "channel", "private", "sender"))
        return {"id": self._one((GROUP, -1001, user["id"], *USERS)), "type": kind, "title": "Home"}

    def _message(self) -> Json:
        user = self._user()
        age = (
            self._one((0, 0, 0, 0, 0, 0, 90, 3000, 90_000, 10**7, -400)) if self._chance(0.5) else 0
        )
        message: Json = {
            "message_id": self._random.randint(1, 500),
            "date": int((self._now() - timedelta(seconds=age)).timestamp()),
            "from": user,
            "chat": self._chat(user),
        }
        if self._chance(0.05):
            return message | self._one(SERVICE)
        text = self._text()
        message["text"] = text
        if self._chance(0.5):
            message["entities"] = self._entities(text)
        if self._chance(0.06):
            sender = {"id": ANN, "is_bot": False, "first_name": "Ann"}
            message["forward_origin"] = {"type": "user", "date": 0, "sender_user": sender}
        if self._chance(0.04):
            message["sender_chat"] = {"id": GROUP, "type": "supergroup", "title": "Home"}
        if self._chance(0.03):
            message["is_topic_message"], message["message_thread_id"] = True, 5
        if self._chance(0.05):
            message["reply_to_message"] = {k: message[k] for k in ("message_id", "date", "chat")}
        return message

    def _text(self) -> str:
        dice = self._random.random()
        if dice < 0.15:
            return self._one(TEXTS)
        if dice < 0.25:
            return "".join(chr(self._random.randint(1, 0x2FFF)) for _ in range(12))
        command = self._one(COMMANDS)
        if self._chance(0.1):
            command = self._one((command.upper(), command + "x", f"{command}@home_alarm_bot"))
        argument = self._one(ARGUMENTS)
        if self._chance(0.2):
            argument += self._one((" ", "\n", "")) + self._one(ARGUMENTS + TEXTS)
        return f"/{command} {argument}".rstrip(" ")

    def _entities(self, text: str) -> list[Json]:
        kinds = ("bot_command", "bot_command", "text_link", "mention", "nonsense")
        lengths = (len(text.split(" ", maxsplit=1)[0]), 0, -1, 10**6)
        return [
            {"type": self._one(kinds), "offset": self._one((0, 0, 0, 5, -3)), "length": length}
            for length in self._random.sample(lengths, self._random.randint(1, 2))
        ]

    def _press(self) -> Json:
        user = self._user()
        press: Json = {
            "id": str(self._random.randint(1, 10**18)),
            "from": user,
            "chat_instance": "1",
            "data": self._data(),
        }
        message = self._message() | {"chat": self._chat(user)}
        if self._chance(0.1):
            message = {"message_id": 5, "date": 0, "chat": message["chat"]}
        if self._chance(0.95):
            press["message"] = message
        else:
            press["inline_message_id"] = "x"
        return press

    def _data(self) -> str:
        real = self._pressed()
        dice = self._random.random()
        if real and dice < 0.35:
            return self._one(real)
        if dice < 0.9:
            about = self._one(ABOUTS)
            if self._chance(0.2):
                about += self._one((":", ",", " ", "")) + self._one(ABOUTS)
            return f"{self._one(tuple(Press))}:{about}"
        return self._one((*TEXTS, *ABOUTS, ":", ":i1", "DISARM:", "unlock:i1"))

    def _break(self, update: Json) -> None:
        """Take something away, or put something else in its place, at any depth."""
        holder: Any = update
        while True:
            keys = [k for k in holder if k != "update_id"] if isinstance(holder, dict) else []
            if isinstance(holder, list):
                keys = list(range(len(holder)))
            if not keys:
                return
            key = self._one(tuple(keys))
            if not isinstance(holder[key], dict | list) or not holder[key] or self._chance(0.2):
                break
            holder = holder[key]
        if self._chance(0.4):
            del holder[key]
        else:
            garbage: tuple[Any, ...] = (
                None,
                True,
                [],
                {},
                [[]],
                {"id": {}},
                HALF,
                *TEXTS,
                *NUMBERS,
            )
            holder[key] = self._one(garbage)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one(self, among: Sequence[T]) -> T:
        return self._random.choice(among)
