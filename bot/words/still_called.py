"""Phones that go on ringing for somebody who is told of no alarm any more."""

from __future__ import annotations

from alarm.core.contact import Contact
from bot.pages import Button, Press
from bot.words.contacts import KEEP, REMOVE_NOW, label
from bot.words.markup import bold, listed, name
from bot.words.said import Said


def phones(said: Said) -> list[Contact]:
    """Return those that a notice names and that are still on the list."""
    ids = said.raw("phones").split()
    return [c for c in said.state.contacts if c.id in ids]


def question(said: Said) -> list[str]:
    """Say whose phone still rings, and what it would mean to remove it; nothing where none does."""
    left = phones(said)
    if not left:
        return []
    which = listed([name(c.name) for c in left], last=" and ")
    lines = [f"📞 {bold(f'Still called in an alarm: {which}.')} Shall that end?"]
    if len(left) == len(said.state.contacts):
        lines.append("No other phone is on the list: then nobody is called in an alarm.")
    return lines


def answers(said: Said) -> list[list[Button]]:
    """Return a row of buttons for each phone: end it, or leave it."""
    left = phones(said)
    one = len(left) == 1

    def row(contact: Contact) -> list[Button]:
        remove = "Remove the phone" if one else f"Remove {label(contact)}"
        keep = "Keep it" if one else f"Keep {label(contact)}"
        return [
            Button(remove, Press.CONTACT, f"{contact.id}:{REMOVE_NOW}"),
            Button(keep, Press.CONTACT, f"{contact.id}:{KEEP}"),
        ]

    return [row(contact) for contact in left]
