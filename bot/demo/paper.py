"""Text on a terminal: how wide it is, where it breaks, in which colour, and where it goes."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TextIO

# Columns. Longer lines are hard to read, and on fewer the lanes leave no room.
WIDEST, NARROWEST = 96, 40
ERASE_LINE = "\r\033[K"
EMOJI_FORM, TEXT_FORM, JOINER = "\N{VARIATION SELECTOR-16}", "\N{VARIATION SELECTOR-15}", "\u200d"


class Ink(StrEnum):
    """ANSI codes."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    RED = "1;31"
    GREEN = "32"
    YELLOW = "33"
    MAGENTA = "35"
    CYAN = "36"


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether colours are shown there and welcome (no-color.org)."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def columns(text: str) -> int:
    """Return how many columns a terminal gives to a text; emoji take two."""
    total = last = 0
    for character in text:
        if character == EMOJI_FORM:
            # It turns the sign before it, perhaps a narrow one, into an emoji.
            total += 2 - last
            last = 2
        elif character not in (TEXT_FORM, JOINER) and not unicodedata.combining(character):
            last = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            total += last
    return total


def wrap(text: str, width: int) -> list[str]:
    """Break a line at spaces, and a word that is wider than the line wherever it must."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if columns(joined) <= width:
            lines[-1] = joined
            continue
        head, *rest = _pieces(word, width)
        lines[-1:] = [*filter(None, [lines[-1]]), head, *rest]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if columns(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


class Paper:
    """Where the transcript is written, line by line.

    `on_gone` is told when nobody reads any more, as after `| head`. `below` gives what stays
    under the newest line, a prompt perhaps; it is on a terminal only.
    """

    def __init__(self, stream: TextIO, environ: Mapping[str, str], *, width: int = 0) -> None:
        self._stream = stream
        self._width = width
        self.on_terminal = stream.isatty()
        self.coloured = wants_colour(stream, environ)
        self.below: Callable[[], str] = lambda: ""
        self.on_gone: Callable[[], None] = lambda: None
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A terminal without emoji shows a question mark instead of ending the show.
            reconfigure(errors="replace")

    @property
    def width(self) -> int:
        """The columns to fill, as the window is by now."""
        # The last column stays free: some terminals break the line when it is written.
        here = self._width or shutil.get_terminal_size((80, 24)).columns - 1
        return max(NARROWEST, min(WIDEST, here))

    def ink(self, text: str, ink: Ink) -> str:
        return f"\033[{ink}m{text}\033[0m" if self.coloured and ink and text else text

    def line(self, text: str = "") -> None:
        below = self.below()
        self.raw(f"{ERASE_LINE}{text}\n{below}" if below else f"{text}\n")

    def raw(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # The reader or the terminal is gone. What is still in the buffer would be complained
            # about at the very end.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
            self.on_gone()
