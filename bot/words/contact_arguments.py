"""Read what people write about contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alarm.core.contact import Contact
from alarm.core.contact_commands import LONGEST_CONTACT, require_name
from alarm.core.errors import BadInput
from alarm.core.quiet_hours import QuietHours
from alarm.phone.numbers import parse_number
from bot.words.markup import plain
from bot.words.matching import key, likeness

ADD_LIKE = "Write it like /contacts add Ann +49 151 2345678"
QUIET_LIKE = "Write it like /contacts quiet Ann 23:00-7:00, or /contacts quiet Ann off"
RENAME_LIKE = "Write it like /contacts rename Phone 1 = Ann"

_TIME = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?"
_HOURS = re.compile(rf"(.*?)\s*\b{_TIME}\s*(?:-|–|—|to|until)\s*{_TIME}")
_NEVER = re.compile(r"(.*?)\s*\b(?:off|none|never|no)")
# A number at the end without its plus; what is wrong with it, its own reader says.
_NATIONAL = re.compile(r"(.*?)\s+([0-9][0-9\s().\-/]{4,})")


def read_contact(text: str) -> tuple[str, str]:
    """Read "Ann +49 151 2345678" as a name and a number in E.164; raise BadInput."""
    before, plus, digits = text.rpartition("+")
    if plus:
        who, number = before, plus + digits
    else:
        found = _NATIONAL.fullmatch(text.strip())
        if found is None:
            raise BadInput(ADD_LIKE)
        who, number = found[1], found[2]
    return read_name(who, ADD_LIKE), parse_number(number)


def read_name(text: str, how: str) -> str:
    """Read a contact's name; raise BadInput."""
    typed = plain(text.strip().strip("\"'„“”"), LONGEST_CONTACT + 1)
    if not typed:
        raise BadInput(how)
    require_name(typed)
    return typed


def read_quiet(text: str) -> tuple[str, QuietHours | None]:
    """Read "Ann 23:00-7:00" or "Ann off" as who and when; raise BadInput."""
    typed = text.strip().casefold()
    never = _NEVER.fullmatch(typed)
    if never is not None:
        return never[1], None
    found = _HOURS.fullmatch(typed)
    if found is None:
        raise BadInput(QUIET_LIKE)
    who, *clock = found.groups()
    return who, QuietHours(_minute(clock[0], clock[1]), _minute(clock[2], clock[3]))


def _minute(hour: str, minute: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise BadInput(f"A time is 0:00 to 24:00. {QUIET_LIKE}")
    return (60 * hours + minutes) % (24 * 60)


def read_rename(text: str, contacts: Sequence[Contact]) -> tuple[Contact, str]:
    """Read "Phone 1 = Ann" or "Phone 1 Ann"; raise BadInput."""
    who, equals, new = text.partition("=")
    if equals:
        return find_contact(who, contacts), read_name(new, RENAME_LIKE)
    typed = " ".join(text.split())
    for contact in sorted(contacts, key=lambda c: -len(c.name)):
        if typed.casefold().startswith(f"{contact.name.casefold()} "):
            return contact, read_name(typed[len(contact.name) :], RENAME_LIKE)
    raise BadInput(RENAME_LIKE)


def find_contact(text: str, contacts: Sequence[Contact], *, user_id: int | None = None) -> Contact:
    """Find a contact by its place, its name, or the beginning of a word of it, in any case.

    Without a text the only one is meant, or the one whose phone is `user_id`'s own. Raise
    BadInput with the names to choose from.
    """
    wanted = key(text)
    if not contacts:
        raise BadInput(f"Nobody is on the list yet. {ADD_LIKE}")
    if not wanted:
        own = [c for c in contacts if user_id is not None and c.user_id == user_id]
        if len(own) == 1 or len(contacts) == 1:
            return own[0] if own else contacts[0]
        raise BadInput(f"Which one? {_names(contacts)}")
    if wanted.isascii() and wanted.isdigit():
        if not 1 <= int(wanted[:4]) <= len(contacts):
            raise BadInput(f"There are {len(contacts)} contacts: {_names(contacts)}")
        return contacts[int(wanted[:4]) - 1]
    for grade in range(3):
        fits = [c for c in contacts if likeness(wanted, c.name) == grade]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise BadInput(f"More than one contact fits. Which one? {_names(fits)}")
    raise BadInput(f"Nobody on the list is called {plain(text)}. There are: {_names(contacts)}")


def _names(contacts: Sequence[Contact]) -> str:
    return ", ".join(plain(c.name) for c in contacts)
