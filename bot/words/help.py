"""The answer to /help, the menu, and a helpful word for what was not understood."""

from __future__ import annotations

import difflib
import html

from bot.pages import Page
from bot.words.markup import LONGEST_REASON, bold, page, plain

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
    ("code", "Pass on Blink's login code: /code 123456"),
    ("pin", "A PIN for Disarm and False alarm"),
    ("test", "Try the alarm; /test call rings the phones"),
    ("invite", "Let somebody in: member, viewer or guest"),
    ("users", "Who is here; change roles, send away"),
    ("home", "The home's group, told what members are told"),
    ("journal", "Who did what when"),
)
COMMANDS = tuple(command for command, _ in MENU)
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
}


def help_page() -> Page:
    """Answer /help."""
    return page(
        [
            bold("Your cameras watch, this bot raises the alarm."),
            "",
            "/arm when you leave, /arm night when you sleep, /disarm when you are back.",
            "/status tells whether all is well.",
            "",
            bold("When an alarm comes"),
            "It is written here, and then your phones ring. Press:",
            "• <b>Acknowledge</b>: I know of it, stop the calls. It stays armed.",
            "• <b>False alarm</b>: it was nothing. It stays armed.",
            "• <b>Disarm</b>: stop everything.",
            "/panic raises the alarm by hand, armed or not.",
            "Is somebody in the house? Call the police. This bot never does.",
            "",
            bold("More"),
            "/cameras shows every camera",
            "/clip Garage sends its latest video",
            "/schedule arms and disarms by the clock",
            "/vacation until 12 dec: armed until then, whatever the schedule says",
            "/threshold 3 in 2m: alarm after 3 motions within 2 minutes",
            "/settings changes delays, rules and calls by buttons",
            "/threshold night 1: another rule at night",
            "/distinct 2: alarm only if 2 different cameras see motion",
            "/bypass Garage leaves a camera out until the next disarm",
            "/snooze Garage 30m leaves it out for a time, /unbypass ends that",
            "/camera Front door rule 1: one motion there is enough",
            "/swinger 2: leave out a camera that was alone behind 2 false alarms",
            "/mode shows and changes away, home and night",
            "/privacy home on: cameras that do not count are off meanwhile",
            "/doorbell on: rings at the door are told while disarmed too",
            "/ack stops the calls, like the button",
            "/pin: ask for a PIN before the alarm is ended",
            "/code 123456 passes on a login code of Blink",
            "/test shows here how an alarm looks, /test call rings the phones too",
            "/invite lets somebody in, /users shows who is here (owners)",
            "/home in a group makes it the home's: alarms are told there too (owners)",
            "/journal shows who did what when (owners)",
        ]
    )


def unknown_command(text: str) -> Page:
    """Answer what is no command of ours, with the closest one that is."""
    first = plain(text, LONGEST_REASON).split(" ")[0]
    word = first.removeprefix("/").partition("@")[0].casefold()
    close = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.6)
    guess = MEANT.get(word) or (word if word in COMMANDS else close[0] if close else "")
    if not first.startswith("/"):
        hint = f" Did you mean /{guess}?" if guess else " /help shows them."
        return page([f"I only understand commands.{hint}"])
    hint = f"Did you mean /{guess}?" if guess else "/help shows all commands."
    shown = html.escape(plain(first, 32))
    return page([f"Not understood: {shown}. {hint}"])


def bad_arguments(sentence: str) -> Page:
    """Say why what stands behind a command cannot be used; `sentence` is plain text."""
    return page([f"✋ {html.escape(plain(sentence, 3000))}"])
