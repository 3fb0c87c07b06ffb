"""The contacts that come from the environment, beside what people change in chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alarm.core import escalation
from alarm.core.contact import Contact
from alarm.core.contacts import named, next_id
from alarm.core.draft import Draft
from alarm.core.inputs import NumbersConfigured


def configured(draft: Draft, given: NumbersConfigured) -> None:
    """Follow a changed list of numbers; the same list changes nothing that people did in chat."""
    state = draft.state
    ours = [c for c in state.contacts if c.from_env]
    # An older program noted no list: it never changed one in chat either.
    known = state.env_numbers
    before = tuple(c.number for c in ours) if known is None else known
    if known != given.numbers:
        draft.set(env_numbers=given.numbers)
    if before == given.numbers:
        return
    follow(draft, ours, before, given.numbers)
    count = sum(c.from_env for c in draft.state.contacts)
    draft.note("journal", what="phone numbers set by configuration", count=count)


def follow(
    draft: Draft, ours: Sequence[Contact], before: Sequence[str], numbers: Sequence[str]
) -> None:
    """Drop numbers that are gone, add new ones; what stays keeps its name and its place.

    A number that somebody removed in chat stays removed. The order follows the new list, unless
    somebody changed it in chat.
    """
    kept = {c.number: c for c in ours if c.number in numbers}
    taken = {c.number for c in draft.state.contacts}
    fresh = {n: "" for n in numbers if n not in before and n not in taken}
    untouched = [c.number for c in ours] == [n for n in before if n in {c.number for c in ours}]
    order = numbers if untouched else [*kept, *fresh]
    others = [c for c in draft.state.contacts if not c.from_env]
    chosen: list[Contact] = []
    for number in order:
        if number in kept:
            chosen.append(kept[number])
        elif number in fresh:
            name = free_name([*others, *kept.values(), *chosen])
            chosen.append(Contact(next_id(draft), name, number, from_env=True))
    draft.set(contacts=in_their_places(draft.state.contacts, chosen))
    escalation.leave_out_gone(draft)


def free_name(contacts: Iterable[Contact]) -> str:
    known, number = list(contacts), 1
    while named(known, f"Phone {number}") is not None:
        number += 1
    return f"Phone {number}"


def in_their_places(contacts: Sequence[Contact], chosen: Sequence[Contact]) -> tuple[Contact, ...]:
    """Put `chosen` where those from the environment stood; more of them follow the last one.

    Where there were none they come first.
    """
    waiting, result = list(chosen), list[Contact]()
    last = max((i for i, c in enumerate(contacts) if c.from_env), default=-1)
    for index, contact in enumerate(contacts):
        if not contact.from_env:
            result.append(contact)
        elif waiting:
            result.append(waiting.pop(0))
        if index == last:
            result += waiting
            waiting = []
    return (*waiting, *result)
