"""What the tests of the chat share: people, a configuration, a state, a clock by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update

from alarm.core.state import Person, Role, State
from bot.config import Config, load_config
from bot.words.view import View
from simulator.telegram import TelegramStandIn

ANN, BEN, VIC, MALLORY, GROUP = 1001, 1002, 1003, 6666, -4001
# The account by which Telegram lets administrators of a group hide.
ANONYMOUS_ADMIN = 1087968824
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def configured(telegram: TelegramStandIn) -> Config:
    """Return the configuration of a program that talks to the stand-in."""
    return load_config(
        {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "BLINK_EMAIL": "owner@example.org",
            "BLINK_PASSWORD": "correct horse",
            "TIMEZONE": "Europe/London",
        },
        (),
    )


def household(**changes: Any) -> State:
    """Return the state of a home where Ann owns, Ben is a member and Vic may only look."""
    people = {
        str(ANN): Person(ANN, "Ann", Role.OWNER),
        str(BEN): Person(BEN, "Ben", Role.MEMBER),
        str(VIC): Person(VIC, "Vic", Role.VIEWER),
    }
    return State(**({"people": people} | changes))


def view() -> View:
    return View(now=NOON, zone=ZoneInfo("UTC"), phone_ready=False, poll_seconds=15.0)


def update(**content: Any) -> Update:
    """Make an update as Telegram writes it."""
    return Update.de_json({"update_id": 7} | content, None)


def message(
    text: str | None,
    user: int = ANN,
    *,
    chat: int | None = None,
    kind: str = "private",
    is_bot: bool = False,
    age: timedelta = timedelta(0),
    **more: Any,
) -> dict[str, Any]:
    """Write a message in a chat, by default in the private one of its author."""
    written: dict[str, Any] = {
        "message_id": 12,
        "date": int((NOON - age).timestamp()),
        "from": {"id": user, "is_bot": is_bot, "first_name": "Somebody"},
        "chat": {"id": user if chat is None else chat, "type": kind, "first_name": "Somebody"},
    }
    if text is not None:
        written["text"] = text
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            written["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return written | more


def press(data: str | None, user: int = ANN, **chat: Any) -> dict[str, Any]:
    """Write a press on a button of the bot's own message."""
    pressed: dict[str, Any] = {
        "id": "4382",
        "from": {"id": user, "is_bot": False, "first_name": "Somebody"},
        "message": message("ALARM", 110201543, chat=user, is_bot=True) | chat,
        "chat_instance": "1",
    }
    return pressed if data is None else pressed | {"data": data}
