"""Who is called in one round of the plan, and in which order.

The order is decided once, when a round begins, and kept by the ids of the contacts: neither a
restart nor an edge of quiet hours nor a contact that comes, goes or moves meanwhile may skip
anybody or call somebody twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from alarm.core.contact import Contact
from alarm.core.incident import Wave
from alarm.core.quiet_hours import zone_of
from alarm.core.state import State


def quiet(state: State, contact: Contact, at: datetime) -> bool:
    """Tell whether the contact has quiet hours at that moment."""
    hours = contact.quiet
    return hours is not None and hours.hold(at, zone_of(state.settings.zone))


def in_order(state: State, contacts: Iterable[Contact], at: datetime) -> list[Contact]:
    """Return the contacts in their order, those with quiet hours last."""
    return sorted(contacts, key=lambda contact: quiet(state, contact, at))


def new_round(state: State, wave: Wave, at: datetime) -> tuple[str, ...]:
    """Return the ids of those whom a round that begins at that moment calls.

    The first round leaves out who has quiet hours, unless nobody else can be called.
    """
    awake = [
        c.id for c in state.contacts if not quiet(state, c, at) and c.number not in wave.excluded
    ]
    first = wave.cycle == 1 and wave.exhausted_at is None
    if first and awake:
        return tuple(awake)
    return tuple(c.id for c in in_order(state, state.contacts, at))


def order_of(state: State, wave: Wave) -> tuple[str, ...]:
    """Return the ids of the round that is on."""
    # An older program noted no order: it went by the place in the list.
    return wave.order or tuple(contact.id for contact in state.contacts)


def left_out(state: State, wave: Wave, at: datetime) -> tuple[str, ...]:
    """Return the ids of those whom the round that is on does not call."""
    order = order_of(state, wave)
    return tuple(c.id for c in in_order(state, state.contacts, at) if c.id not in order)


def next_call(
    state: State, wave: Wave, order: Sequence[str], position: int
) -> tuple[int, Contact] | None:
    """Return the first in the order, from `position` on, who is still there and may be called."""
    known = {contact.id: contact for contact in state.contacts}
    for index in range(position, len(order)):
        contact = known.get(order[index])
        if contact is not None and contact.number not in wave.excluded:
            return index, contact
    return None
