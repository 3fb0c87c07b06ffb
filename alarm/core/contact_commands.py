"""What people can ask of the alarm about those who can be called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alarm.core.actor import Actor
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import require

LONGEST_CONTACT = 30
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")


def require_name(name: str) -> None:
    """Refuse what cannot be the name of a contact; digits alone are its place in the list."""
    usable = any(character.isalpha() for character in name) and len(name) <= LONGEST_CONTACT
    require(usable, f"A name must have a letter and at most {LONGEST_CONTACT} characters.")


@dataclass(frozen=True, slots=True)
class AddContact:
    """Call this number, too; it was checked to be a person's phone."""

    actor: Actor
    name: str
    number: str

    def __post_init__(self) -> None:
        require_name(self.name)
        require(bool(_E164.fullmatch(self.number)), "The number must be like +442079460123.")


@dataclass(frozen=True, slots=True)
class RemoveContact:
    actor: Actor
    contact_id: str


@dataclass(frozen=True, slots=True)
class KeepContact:
    """Go on calling a contact, though the person was sent away."""

    actor: Actor
    contact_id: str


@dataclass(frozen=True, slots=True)
class MoveContact:
    """Call a contact one place earlier, or before all others."""

    actor: Actor
    contact_id: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class RenameContact:
    actor: Actor
    contact_id: str
    name: str

    def __post_init__(self) -> None:
        require_name(self.name)


@dataclass(frozen=True, slots=True)
class SetQuietHours:
    """Set a contact's quiet hours; None means none."""

    actor: Actor
    contact_id: str
    hours: QuietHours | None


@dataclass(frozen=True, slots=True)
class OwnPhone:
    """The contact's phone is the actor's own, so that the chat can stand in for it."""

    actor: Actor
    contact_id: str


@dataclass(frozen=True, slots=True)
class TryPhone:
    """Call a contact once, as a test."""

    actor: Actor
    contact_id: str


ContactCommand = (
    AddContact
    | RemoveContact
    | KeepContact
    | MoveContact
    | RenameContact
    | SetQuietHours
    | OwnPhone
    | TryPhone
)
