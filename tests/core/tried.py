"""A home in which the phone of a contact is tested."""

from __future__ import annotations

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.contact import Tried
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import Delivery, TrialBody, Words
from alarm.core.draft import Decision
from alarm.core.inputs import CallProgress, Claimed
from tests.core.home import ANN, Home, of_kind, sentences


def ordered(user: int = ANN, contact: str = "env1") -> Home:
    """Return a home in which a test call was ordered just now."""
    home = Home()
    home.do(TryPhone(home.actor(user), contact))
    return home


def calls(home: Home) -> list[Delivery]:
    return of_kind(home.state.outbox.values(), TrialBody)


def look(
    home: Home, status: CallStatus, by: AnsweredBy = AnsweredBy.NOBODY_KNOWN, duration: int = 0
) -> Decision:
    (call,) = calls(home)
    home.do(Claimed((call.id,)))
    return home.do(CallProgress(call.id, CallReport("CA-1", call.target, status, by, duration)))


def result(home: Home, contact: str = "env1") -> Tried | None:
    return next(c.tried for c in home.state.contacts if c.id == contact)


def told(decision: Decision, user: int = ANN) -> Words:
    (words,) = sentences(decision.effects, user)
    return words
