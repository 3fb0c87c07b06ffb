"""A home with a PIN, and with a duress PIN."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from alarm.core import pins
from alarm.core.commands import Disarm, FalseAlarm
from alarm.core.deliveries import DeleteBody, Words
from alarm.core.draft import Decision
from alarm.core.incident import Incident, IncidentKind
from alarm.core.notices import Notice
from alarm.core.pin_commands import ChangePin, EnterPin, PinChange
from alarm.core.pins import Pins
from alarm.core.prompt import Prompt
from tests.core.home import ANN, Home, household, sentences

SALT = "00112233445566778899aabbccddeeff"
PIN, DURESS, WRONG = "1234", "9876", "5555"
GROUP = -4001


@cache
def both() -> Pins:
    return Pins(SALT, pins.hashed(PIN, SALT), pins.hashed(DURESS, SALT))


def pinned_home(known: Pins | None = None) -> Home:
    return Home(replace(household(), pins=both() if known is None else known))


def disarm(home: Home, pin: str = "", user: int = ANN, chat: int | None = None) -> Decision:
    return home.do(Disarm(home.actor(user, chat), pin=pin))


def false_alarm(home: Home, pin: str = "", user: int = ANN, incident: str = "") -> Decision:
    return home.do(FalseAlarm(home.actor(user), incident or home.incident.id, pin))


def enter(
    home: Home, pin: str, user: int = ANN, chat: int | None = None, prompt: str = ""
) -> Decision:
    return home.do(EnterPin(home.actor(user, chat), pin, prompt))


def change(
    home: Home, what: PinChange = PinChange.SET, current: str = "", new: str = "", user: int = ANN
) -> Decision:
    return home.do(ChangePin(home.actor(user), what, current, new, SALT))


def prompt_of(home: Home, user: int = ANN) -> Prompt:
    return home.state.prompts[str(user)]


def asked(decision: Decision, chat: int = ANN) -> Words:
    """Return the one keypad that a decision shows in a chat."""
    (words,) = [w for w in sentences(decision.effects, chat) if w.notice is Notice.PIN_ASKED]
    return words


def deleted(decision: Decision) -> list[int]:
    return [d.body.message_id for d in decision.effects if isinstance(d.body, DeleteBody)]


def forced() -> Home:
    """Return a home in which Ann was forced to disarm."""
    home = pinned_home().arm_now()
    disarm(home, DURESS)
    return home


def secret(home: Home) -> Incident:
    """Return the call for help."""
    return next(i for i in home.state.incidents.values() if i.kind is IncidentKind.DURESS)
