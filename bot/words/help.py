"""Every command in a word, the menu, and a helpful word for what was not understood."""

from __future__ import annotations

import difflib
import html
from collections.abc import Callable

from bot.pages import Page
from bot.words.markup import LONGEST_REASON, page, plain

MENU: tuple[tuple[str, str], ...] = (
    ("start", "Say hello and see who you are here"),
    ("help", "What this bot can do"),
    ("status", "Is it armed, and does everything work?"),
    ("arm", "Start guarding"),
    ("disarm", "Stop guarding, end any alarm"),
    ("schedule", "Arm and disarm by the clock: the week"),
    ("vacation", "Armed until a day: /vacation until 12 dec"),
    ("threshold", "How much motion starts the alarm"),
    ("settings", "Delays, rules, calls: see and change"),
    ("mode", "Away, home, night: which cameras count"),
    ("distinct", "How many different cameras must see motion"),
    ("panic", "Raise the alarm by hand"),
    ("bypass", "Leave a camera out until the next disarm"),
    ("snooze", "Leave a camera out for a time: /snooze Garage 30m"),
    ("unbypass", "Let a camera count again"),
    ("camera", "One camera: its rule, leave it out"),
    ("swinger", "Leave out a camera after false alarms"),
    ("cameras", "Every camera: online, battery, motion"),
    ("privacy", "Which cameras are off while you are at home"),
    ("doorbell", "Tell of rings at the door while disarmed too"),
    ("clip", "Latest video of a camera: /clip Garage"),
    ("ack", "Stop the calls; the alarm stays on"),
    ("contacts", "Who is called: add, order, quiet hours, test call"),
    ("plan", "What would happen now, step by step"),
    ("code", "Pass on Blink's login code: /code 123456"),
    ("pin", "A PIN for Disarm and False alarm"),
    ("test", "Try the alarm; /test call rings the phones"),
    ("invite", "Let somebody in: member, viewer or guest"),
    ("users", "Who is here; change roles, send away"),
    ("home", "The home's group, told what members are told"),
    ("journal", "Who did what when"),
)
COMMANDS = tuple(command for command, _ in MENU)
# What the menu under the text field shows: a phone has room for few. /help tells of all.
IN_MENU = frozenset(
    {
        "status",
        "arm",
        "disarm",
        "panic",
        "cameras",
        "clip",
        "schedule",
        "mode",
        "contacts",
        "settings",
        "users",
        "journal",
        "test",
        "help",
    }
)
# What people type for it, too far away to be found by likeness.
MEANT = {
    "off": "disarm",
    "stop": "disarm",
    "unarm": "disarm",
    "on": "arm",
    "lock": "arm",
    "state": "status",
    "info": "status",
    "video": "clip",
    "clips": "clip",
    "rule": "threshold",
    "set": "settings",
    "setup": "settings",
    "options": "settings",
    "config": "settings",
    "delay": "settings",
    "drill": "test",
    "acknowledge": "ack",
    "week": "schedule",
    "sos": "panic",
    "alarm": "panic",
    "timer": "schedule",
    "holiday": "vacation",
    "holidays": "vacation",
    "people": "users",
    "members": "users",
    "revoke": "users",
    "group": "home",
    "log": "journal",
    "history": "journal",
    "phone": "contacts",
    "phones": "contacts",
    "numbers": "contacts",
    "call": "contacts",
    "escalation": "plan",
}


def closest(word: str) -> str:
    """Return the command that a slip of the finger meant; empty where none is near."""
    near = difflib.get_close_matches(word, COMMANDS, n=len(COMMANDS), cutoff=0.6)

    def likeness(command: str) -> tuple[float, int]:
        ratio = difflib.SequenceMatcher(None, command, word).ratio()
        # Of equally near ones the one of the same length: letters are swapped, not left out.
        return round(ratio, 6), -abs(len(command) - len(word))

    return max(near, key=likeness, default="")


def unknown_command(text: str, may: Callable[[str], bool] = lambda _: True) -> Page:
    """Answer what is no command of ours, with the closest one that is.

    `may`: tells whether the reader may use a command.
    """
    first = plain(text, LONGEST_REASON).split(" ")[0]
    word = first.removeprefix("/").partition("@")[0].casefold()
    guess = MEANT.get(word) or (word if word in COMMANDS else closest(word))
    guess = guess if guess and may(guess) else ""
    if not first.startswith("/"):
        hint = f" Did you mean /{guess}?" if guess else " /help shows them."
        return page([f"I only understand commands.{hint}"])
    hint = f"Did you mean /{guess}?" if guess else "/help shows all commands."
    shown = html.escape(plain(first, 32))
    return page([f"Not understood: {shown}. {hint}"])


def bad_arguments(sentence: str) -> Page:
    """Say why what stands behind a command cannot be used; `sentence` is plain text."""
    return page([f"✋ {html.escape(plain(sentence, 3000))}"])
