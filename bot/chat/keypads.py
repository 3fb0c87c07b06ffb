"""Digits on their way to the alarm: in memory only, and off the chat as soon as they were read."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from datetime import datetime

from alarm.core.pin_commands import CancelPin, EnterPin
from alarm.core.pins import MAX_DIGITS, is_pin
from alarm.core.prompt import Prompt, open_prompt
from alarm.core.state import LoginStatus, State
from bot.chat.topics.desk import Asked, Desk
from bot.words import pins as words

SALT_BYTES = 16
KEPT_KEYPADS = 50
_CODE_WANTED = (LoginStatus.CODE_PENDING, LoginStatus.CODE_LOST)
_NUMBER = re.compile(r"(?<!\S)[0-9]{4,8}(?!\S)")
# Without the space: no command of ours, and its digits must not be repeated in the answer.
_GLUED = re.compile(r"/(?:disarm|pin)[\W_]?[0-9]{4,8}\b", re.IGNORECASE)


def new_salt() -> str:
    return secrets.token_hex(SALT_BYTES)


def parted(text: str) -> tuple[str, str]:
    """Return the PIN that stands behind a command, and the rest of it."""
    found = _NUMBER.search(text)
    if found is None:
        return "", text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return found[0], " ".join(rest.split())


def glued(text: str) -> bool:
    """Tell whether a PIN is written together with its command."""
    return _GLUED.match(text) is not None


def digits_of(text: str) -> str:
    """Return the PIN that a message consists of, empty where it is something else."""
    digits = text.replace(" ", "")
    return digits if is_pin(digits) else ""


def waiting(state: State, asked: Asked, now_open: Prompt | None) -> bool:
    """Tell whether digits are meant for the PIN and not for Blink.

    An open keypad comes first; without one they are Blink's code while Blink waits for one, and
    otherwise a PIN that came too late.
    """
    if not digits_of(asked.text):
        return False
    wanted = state.login.status in _CODE_WANTED
    return now_open is not None or (state.pins.required and not wanted)


def keypad_of(state: State, asked: Asked, now: datetime, prompt: str = "") -> Prompt | None:
    """Return the keypad that is open for the one who asks."""
    actor = asked.actor
    return open_prompt(state.prompts, actor.user_id, actor.chat_id, now, prompt)


def holds_pin(state: State, name: str, asked: Asked, now: datetime) -> bool:
    """Tell whether a message must not stay in the chat; `name`: its command."""
    match name:
        case "pin":
            return bool(asked.text)
        case "disarm":
            return state.pins.required and bool(asked.pin)
        case "":
            return glued(asked.text) or waiting(state, asked, keypad_of(state, asked, now))
    return False


class Keypads:
    """Collect what is pressed, and hand over what was typed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._typed: OrderedDict[tuple[int, str], str] = OrderedDict()

    def _open(self, asked: Asked, prompt: str = "") -> Prompt | None:
        return keypad_of(self._desk.state, asked, self._desk.controller.now(), prompt)

    def takes(self, asked: Asked) -> bool:
        """Enter digits that were written as a message; False where they are not for a PIN."""
        now_open = self._open(asked)
        if not waiting(self._desk.state, asked, now_open):
            return False
        if now_open is None:
            self._desk.show(asked, words.deleted_pin())
        else:
            self._typed.pop((asked.actor.user_id, now_open.id), None)
            self._desk.do(EnterPin(asked.actor, digits_of(asked.text), now_open.id))
        return True

    def press(self, asked: Asked) -> str:
        """Take one key; return what the press answers."""
        prompt, _, key = asked.text.rpartition(".")
        where = (asked.actor.user_id, prompt)
        if self._open(asked, prompt) is None:
            self._typed.pop(where, None)
            if any(p.id == prompt for p in self._desk.state.prompts.values()):
                return words.NOT_YOURS
            self._desk.turn(asked, words.over_page())
            return words.OVER
        digits = self._typed.get(where, "")
        match key:
            case words.OK if not is_pin(digits):
                return words.too_short()
            case words.OK:
                self._typed.pop(where)
                self._desk.do(EnterPin(asked.actor, digits, prompt))
                return ""
            case words.CANCEL:
                self._typed.pop(where, None)
                self._desk.do(CancelPin(asked.actor, prompt))
                return ""
            case words.BACK:
                digits = digits[:-1]
            case _ if key.isascii() and key.isdigit() and len(key) == 1:
                digits = (digits + key)[:MAX_DIGITS]
        self._typed[where] = digits
        self._typed.move_to_end(where)
        while len(self._typed) > KEPT_KEYPADS:
            self._typed.popitem(last=False)
        return words.typed(digits)
