"""Look at a page as Telegram and a person do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alarm.core.events import Camera
from alarm.core.state import Login, LoginStatus, State
from bot.pages import Page, read_press
from bot.words.view import View
from simulator.telegram.html import parse_html, units
from simulator.telegram.limits import MAX_CALLBACK_DATA_BYTES, MAX_TEXT
from tests.core.home import HOUSE, household

# 22:03:10 of a Wednesday in Berlin.
NIGHT = datetime(2026, 3, 4, 21, 3, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ALLOWED = {"bold", "italic", "code", "text_link", "pre"}


def look(now: datetime = NIGHT, **changes: Any) -> View:
    """Return the view of a home where everything works."""
    view = View(
        now=now,
        zone=BERLIN,
        phone_ready=True,
        poll_seconds=15.0,
        polled_at=now - timedelta(seconds=8),
    )
    return replace(view, **changes)


def camera(name: str, **changes: Any) -> Camera:
    return replace(Camera(name.casefold(), HOUSE, name), **changes)


def well(state: State | None = None) -> State:
    """Return a home in which nothing is wrong: logged in, with two cameras."""
    cameras = {c.id: c for c in (camera("Garage"), camera("Hall"))}
    return replace(state or household(), cameras=cameras, login=Login(LoginStatus.DONE))


def seen(page: Page) -> str:
    """Return what a person reads, after every rule of Telegram was checked."""
    text, entities = parse_html(page.html)
    text.encode()
    assert text == text.strip()
    assert text
    assert len(text) <= MAX_TEXT
    assert units(text) <= MAX_TEXT
    assert {entity["type"] for entity in entities} <= ALLOWED
    for row in page.buttons:
        assert row
        for button in row:
            assert button.text.strip()
            assert len(button.data.encode()) <= MAX_CALLBACK_DATA_BYTES
            assert read_press(button.data) == (button.press, button.about)
    return text


def pressable(page: Page) -> list[str]:
    return [button.text for row in page.buttons for button in row]


def without_icon(text: str) -> str:
    """Return the text from its first letter or digit on."""
    start = next((at for at, character in enumerate(text) if character.isalnum()), len(text))
    return text[start:]
