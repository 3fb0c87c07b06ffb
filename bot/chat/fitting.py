"""Make a page fit what Telegram takes: one that is too long arrives in part, instead of not at all.

The wording keeps within these limits by itself. This is the last look before a message leaves, for
an alert that Telegram refuses would be lost.
"""

from __future__ import annotations

import html
import logging
import re
from dataclasses import replace

from telegram.constants import (
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    MessageLimit,
)

from bot.pages import Button, Page
from bot.words.markup import visible_units

logger = logging.getLogger(__name__)

Rows = tuple[tuple[Button, ...], ...]

MOST_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
MOST_CAPTION = int(MessageLimit.CAPTION_LENGTH)
MOST_HINT = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
MOST_DATA = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
MOST_BUTTONS = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
MOST_IN_A_ROW = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
# Characters; every phone cuts more off anyway.
LONGEST_LABEL = 64
MORE = "…"
_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>|&#?\w+;|.", re.DOTALL)


def fitted(page: Page) -> Page:
    """Return the page as it is where it fits, else as much of it as Telegram takes."""
    text, rows = cut(page.html), fitted_rows(page.buttons)
    if text is page.html and rows is page.buttons:
        return page
    logger.error("A page is too long for Telegram and is sent in part.")
    return Page(text, rows)


def cut(source: str, most: int = MOST_TEXT) -> str:
    """Return HTML with at most so many units to see; no tag, no entity and no character is cut."""
    if len(source) * 2 <= most or visible_units(source) <= most:
        return source
    left, kept, still_open = most - len(MORE), list[str](), list[str]()
    for piece in _PIECE.finditer(source):
        closing, tag = piece[1], piece[2]
        if tag is None:
            left -= _units(html.unescape(piece[0]))
            if left < 0:
                break
        elif not closing:
            still_open.append(tag)
        elif tag in still_open:
            still_open.remove(tag)
        kept.append(piece[0])
    ends = (f"</{tag}>" for tag in reversed(still_open))
    return "".join([*kept, MORE, *ends])


def fitted_rows(rows: Rows) -> Rows:
    """Return the rows themselves where they fit, else what can be pressed of them.

    The last row stays, for it leads on: Done, Back.
    """
    good = [tuple(_fitted(button) for button in row if _has_short_data(button)) for row in rows]
    narrow = [
        row[at : at + MOST_IN_A_ROW] for row in good for at in range(0, len(row), MOST_IN_A_ROW)
    ]
    room = MOST_BUTTONS - (len(narrow[-1]) if narrow else 0)
    kept = []
    for row in narrow[:-1]:
        room -= len(row)
        if room < 0:
            break
        kept.append(row)
    changed = (*kept, *narrow[-1:])
    return rows if changed == rows else changed


def shortened(text: str, most: int) -> str:
    """Return plain words of at most so many characters."""
    return text if len(text) <= most else text[: most - len(MORE)].rstrip() + MORE


def _has_short_data(button: Button) -> bool:
    return len(button.data.encode("utf-8", "surrogatepass")) <= MOST_DATA


def _fitted(button: Button) -> Button:
    label = shortened(button.text, LONGEST_LABEL) if button.text.strip() else MORE
    return button if label == button.text else replace(button, text=label)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
