"""A line to type on, under a transcript that goes on above it."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import re
import signal
import termios
import tty
from types import TracebackType
from typing import Any, Self

from bot.demo.paper import ERASE_LINE, Ink, Paper, columns

MARK = "> "
CHUNK = 65536
# What function and arrow keys send. Only the arrow up means something here.
_KEY = re.compile(r"\x1b(?:[\[O][0-9;]*[~A-Za-z])?")
UP = re.compile(r"\x1b[\[O]A")


class Prompt:
    """Read lines from a terminal, with a prompt, or from a pipe or file, without one.

    Open for as long as the context lasts; afterwards the terminal is as it was.
    """

    def __init__(self, paper: Paper, keyboard: int | None) -> None:
        self._paper = paper
        self._keyboard = keyboard
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._typed = ""
        self._last = ""
        self._modes: list[Any] | None = None

    def __enter__(self) -> Self:
        if self._keyboard is None:
            self._end()
            return self
        if os.isatty(self._keyboard) and self._paper.on_terminal:
            self._modes = termios.tcgetattr(self._keyboard)
            self._take_terminal()
            self._paper.below = self._shown
            # After Ctrl-Z and fg the shell's modes are in force.
            asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, self._take_terminal)
        try:
            asyncio.get_running_loop().add_reader(self._keyboard, self._read)
        except PermissionError:
            # A plain file: it can always be read, so nobody can be told when.
            while self._read():
                pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        loop = asyncio.get_running_loop()
        if self._keyboard is not None:
            loop.remove_reader(self._keyboard)
        if self._keyboard is not None and self._modes is not None:
            loop.remove_signal_handler(signal.SIGCONT)
            self._paper.below = lambda: ""
            self._paper.raw(ERASE_LINE)
            with contextlib.suppress(termios.error):
                # A terminal that was closed meanwhile needs no modes.
                termios.tcsetattr(self._keyboard, termios.TCSADRAIN, self._modes)

    async def line(self) -> str | None:
        """Return the next line, or None when no more will come."""
        line = await self._lines.get()
        if line is None:
            self._end()
        return line

    def _take_terminal(self) -> None:
        if self._keyboard is not None:
            tty.setcbreak(self._keyboard, termios.TCSADRAIN)
            self._paper.raw(f"{ERASE_LINE}{self._shown()}")

    def _read(self) -> bool:
        """Take what was typed; return whether more may come."""
        try:
            data = os.read(self._keyboard, CHUNK) if self._keyboard is not None else b""
        except OSError:
            # The terminal is gone.
            data = b""
        self._take(self._decode(data, final=not data))
        if not data:
            self._end()
        return bool(data)

    def _end(self) -> None:
        if self._keyboard is not None:
            asyncio.get_running_loop().remove_reader(self._keyboard)
        if self._typed:
            self._submit()
        self._lines.put_nowait(None)

    def _take(self, text: str) -> None:
        while text:
            key = _KEY.match(text)
            if key is None:
                self._take_character(text[0])
            elif UP.fullmatch(key[0]):
                self._typed = self._last
            text = text[key.end() if key else 1 :]
        if self._modes is not None:
            self._paper.raw(f"{ERASE_LINE}{self._shown()}")

    def _take_character(self, character: str) -> None:
        match character:
            case "\r" | "\n":
                self._submit()
            case "\x7f" | "\b":
                self._typed = self._typed[:-1]
            case "\x15":
                self._typed = ""
            case "\x17":
                self._typed = self._typed[: self._typed.rstrip().rfind(" ") + 1]
            case "\x04" if not self._typed and self._modes is not None:
                self._lines.put_nowait(None)
            case _ if character.isprintable():
                self._typed += character

    def _submit(self) -> None:
        self._lines.put_nowait(self._typed)
        self._last, self._typed = self._typed or self._last, ""

    def _shown(self) -> str:
        """Return the prompt with the end of what is typed, in one row."""
        shown = self._typed
        while columns(MARK + shown) > self._paper.width:
            shown = shown[1:]
        return f"{self._paper.ink(MARK, Ink.GREEN)}{shown}"
