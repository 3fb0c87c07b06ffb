"""A home in Berlin with phones to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.contact import Contact
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import State
from tests.bot.words.looks import NIGHT, well

LATE = QuietHours(22 * 60, 7 * 60)
THREE_DAYS_AGO = NIGHT - timedelta(days=3)


def home(*contacts: Contact) -> State:
    state = well()
    berlin = replace(state.settings, zone="Europe/Berlin")
    return replace(state, contacts=contacts or state.contacts, settings=berlin)


def ann(**changes: object) -> Contact:
    return replace(Contact("c1", "Ann", "+491510000023"), **changes)  # type: ignore[arg-type]
