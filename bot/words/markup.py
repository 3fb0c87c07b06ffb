"""Build texts in Telegram's HTML: names made harmless, lists cut, never a tag cut."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.pages import Button, Page

# Telegram takes 4096 characters after parsing; a margin, counted in the largest of its units.
MOST_UNITS = 4000
LONGEST_NAME = 40
LONGEST_REASON = 200
UNNAMED = "(no name)"

_DETAILS = re.compile(r" \([^()]*\)\.?$")
_TAG = re.compile(r"<[^>]*>")
# Join or part letters and emoji; every other invisible mark could disguise or reorder a text.
_JOINERS = frozenset("\u200c\u200d")
_INVISIBLE = _JOINERS | {" "}


def plain(text: str, most: int = LONGEST_NAME) -> str:
    """Return one visible line of at most `most` characters; empty if nothing is visible."""
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif category == "Cs" or (category == "Cf" and character not in _JOINERS):
            continue
        else:
            kept.append(character)
    line = " ".join("".join(kept).split())
    if _INVISIBLE.issuperset(line):
        return ""
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def name(text: str) -> str:
    """Return a name that anybody may have chosen, as HTML."""
    return html.escape(plain(text) or UNNAMED)


def reason(text: str) -> str:
    """Return what another program gave as its reason, as HTML, without its full stop."""
    return html.escape(plain(text, LONGEST_REASON).rstrip(" ."))


def cause(text: str) -> str:
    """Return a reason without its technical details in brackets; the log has those."""
    return reason(_DETAILS.sub("", plain(text, LONGEST_REASON)))


def bold(inner: str) -> str:
    return f"<b>{inner}</b>"


def code(text: str) -> str:
    return f"<code>{html.escape(text)}</code>"


def listed(parts: Sequence[str], most: int = 8, *, last: str = ", ") -> str:
    """Join pieces of HTML, naming `most` of them and counting the rest."""
    if len(parts) > most:
        return ", ".join(parts[:most]) + f" and {len(parts) - most} more"
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(number: int, one: str) -> str:
    if number == 1:
        return f"1 {one}"
    return f"{number} {one[:-1]}ies" if one.endswith("ry") else f"{number} {one}s"


def visible_units(source: str) -> int:
    """Count what is left after parsing, in UTF-16 code units."""
    text = html.unescape(_TAG.sub("", source))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(lines: Sequence[str], room: int = MOST_UNITS) -> list[str]:
    """Return as many whole lines as fit, with the number of the missing ones as the last."""
    kept = [line for line in lines if line]
    total = sum(visible_units(line) + 1 for line in kept)
    if total <= room:
        return list(lines)
    more = "… and {} more lines"
    left = room - len(more) - 4
    shown: list[str] = []
    for line in lines:
        left -= visible_units(line) + 1
        if left < 0:
            break
        shown.append(line)
    return [*shown, more.format(len(lines) - len(shown))]


def page(lines: Iterable[str], *rows: Iterable[Button]) -> Page:
    """Make a page of lines and rows of buttons; empty lines at the edges and empty rows go."""
    text = "\n".join(fitting(list(lines))).strip("\n")
    return Page(re.sub(r"\n{3,}", "\n\n", text), tuple(tuple(row) for row in rows if row))
