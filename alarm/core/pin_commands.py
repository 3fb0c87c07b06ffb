"""What people can ask about the PIN, and typing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from alarm.core.actor import Actor


class PinChange(StrEnum):
    """What is done to the PIN of the house, or to its duress PIN."""

    SET = "set"
    OFF = "off"
    DURESS = "duress"
    DURESS_OFF = "duress off"


@dataclass(frozen=True, slots=True)
class ChangePin:
    """Set, change or remove a PIN. What is not given is asked for; `salt` is random, in hex."""

    actor: Actor
    change: PinChange
    current: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    salt: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EnterPin:
    """Digits for a keypad; without `prompt` for the one that is open in this chat."""

    actor: Actor
    pin: str = field(repr=False)
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class CancelPin:
    actor: Actor
    prompt: str


@dataclass(frozen=True, slots=True)
class UnlockPin:
    """Let a user try PINs again at once."""

    actor: Actor
    user_id: int


PinCommand = ChangePin | EnterPin | CancelPin | UnlockPin
