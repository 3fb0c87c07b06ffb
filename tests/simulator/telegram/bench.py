"""What the tests of the stand-in share: a clock by hand, a real bot, sample files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import (
    TelegramError,
)
from telegram.request import HTTPXRequest

JPEG = b"\xff\xd8\xff\xe0" + b"j" * 500
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 500
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"v" * 5000
ANN, BOB, GROUP = 1001, 1002, -4001
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)


def a_bot(url: str, token: str) -> Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": False})

    return Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request(),
        get_updates_request=request(),
    )


def buttons(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(t, callback_data=d) for t, d in r] for r in rows]
    )


ALARM_BUTTONS = buttons(
    [("Acknowledge", "ack:1"), ("False alarm", "false:1")], [("Disarm", "off:1")]
)


async def refusal(attempt: Callable[[], Awaitable[object]], kind: type[TelegramError]) -> str:
    with pytest.raises(kind) as caught:
        await attempt()
    assert type(caught.value) is kind
    return caught.value.message
