"""Show a person in private only what the one table of `allowed` lets him do.

A group sees everything: who presses there is judged then.
"""

from __future__ import annotations

from collections.abc import Callable

from alarm.core.state import State
from bot.chat.allowed import allows, allows_press
from bot.pages import Page


def offered(page: Page, state: State, chat: int) -> Page:
    """Return the page without the buttons that would be refused in this chat."""
    if chat < 0:
        return page
    person = state.people.get(str(chat))
    rows = (tuple(b for b in row if allows_press(person, b.press)) for row in page.buttons)
    return Page(page.html, tuple(row for row in rows if row))


def may(state: State, chat: int) -> Callable[[str], bool]:
    """Return what tells whether a command is worth naming in this chat."""
    person = state.people.get(str(chat))
    return lambda command: chat < 0 or allows(person, command)
