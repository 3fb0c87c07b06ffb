"""`blink-alarm setup`: ask for the accounts in the terminal and write them into an env file."""

from __future__ import annotations

import getpass
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alarm.core.errors import BadInput
from bot.env_files import change_env_file, read_env_file
from bot.places import can_be_written
from bot.variables import BY_NAME, TWILIO_ACCOUNT, Variable, is_set
from storage.errors import StorageError

DONE = 0
NOTHING_CHANGED = 1
REMOVE = "-"

_WHERE = {
    "TELEGRAM_BOT_TOKEN": "In Telegram, write /newbot to @BotFather; it answers with the token.",
    "BLINK_EMAIL": "The account of the Blink app on your phone; best one made for the alarm.",
    "BLINK_PASSWORD": "",
    "TWILIO_ACCOUNT_SID": "On the first page of console.twilio.com. Without Twilio no phone rings:"
    " press Enter for chat only.",
    "TWILIO_AUTH_TOKEN": "Beside the Account SID.",
    "TWILIO_FROM_NUMBER": "The number that you have at Twilio, like +4915112345678.",
    "TWILIO_TO_NUMBER": "The phones to ring, separated by commas, the first one first.",
}
_QUESTIONS = tuple(BY_NAME[name] for name in _WHERE)
_TWILIO = (*TWILIO_ACCOUNT, "TWILIO_TO_NUMBER")


@dataclass(frozen=True)
class _Answer:
    """What a person wants for a variable; None means not to have it."""

    text: str | None


def set_up(path: Path, ask: Callable[[str, bool], str] | None = None) -> int:
    """Ask for every account value and write `path`; return the exit status.

    `ask(prompt, secret)` returns a line or raises EOFError; by default the terminal does.
    Nothing is changed before the last answer is in.
    """
    if not can_be_written(path):
        print(f"{path} cannot be written; run this as its owner.", file=sys.stderr)
        return NOTHING_CHANGED
    stored = read_env_file(path) if path.exists() else {}
    print(f"These values go to {path}, readable by you alone.")
    try:
        answers = _ask_all(stored, ask or ask_in_terminal)
    except (KeyboardInterrupt, EOFError, UnicodeDecodeError):
        print("\nNothing was changed.")
        return NOTHING_CHANGED
    try:
        change_env_file(
            path, {BY_NAME[name].spellings: answer.text for name, answer in answers.items()}
        )
    except (StorageError, OSError) as error:
        print(f"{path} cannot be written: {error}", file=sys.stderr)
        return NOTHING_CHANGED
    option = f"--env-file {shlex.quote(str(path))}"
    print(f"\nWritten. Next, try the accounts:\n  blink-alarm check {option}")
    print(f"and start the alarm:\n  blink-alarm run {option}")
    return DONE


def ask_in_terminal(prompt: str, secret: bool) -> str:
    if secret and sys.stdin.isatty():
        return getpass.getpass(prompt)
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _ask_all(stored: dict[str, str], ask: Callable[[str, bool], str]) -> dict[str, _Answer]:
    """Return what changes; a value that is kept is not in it."""
    changes: dict[str, _Answer] = {}
    phones = True
    for variable in _QUESTIONS:
        if variable.name in _TWILIO and not phones:
            continue
        present = _usable(variable, stored)
        answer = _ask_one(variable, present, ask)
        if answer is not None:
            changes[variable.name] = answer
        if variable.name == _TWILIO[0]:
            phones = (answer.text if answer else present) is not None
            if not phones:
                # A half-set account would be refused at the start.
                changes |= {name: _Answer(None) for name in _TWILIO}
    return changes


def _ask_one(
    variable: Variable, present: str | None, ask: Callable[[str, bool], str]
) -> _Answer | None:
    """Ask until the answer is usable; None keeps the present value."""
    optional = variable.name in (_TWILIO[0], _TWILIO[-1])
    print(f"\nThe {variable.meaning}. {_WHERE[variable.name]}".rstrip())
    hint = ""
    if present is not None:
        hint = f" [Enter keeps it{', - removes it' if optional else ''}]"
    while True:
        text = ask(f"{variable.name}{hint}: ", variable.secret)
        if not variable.secret:
            text = text.strip()
        if not is_set(text) and present is not None:
            return None
        if optional and (not is_set(text) or text == REMOVE):
            return _Answer(None)
        if not is_set(text):
            print("It cannot do without this one.")
            continue
        try:
            variable.read(text)
        except BadInput as refusal:
            print(f"{variable.name} {refusal}.")
            continue
        return _Answer(text)


def _usable(variable: Variable, stored: dict[str, str]) -> str | None:
    """Return the present text, unless it is missing or would be refused."""
    text = next((stored[name] for name in variable.spellings if is_set(stored.get(name))), None)
    if text is None:
        return None
    try:
        variable.read(text)
    except BadInput:
        return None
    return text
