"""Who can be called, and in which order: what people change in chat.

Answers go to the private chat of whoever asked: who is called is no matter for a group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alarm.core import escalation, trial
from alarm.core.actor import Actor
from alarm.core.contact import Contact
from alarm.core.contact_commands import (
    AddContact,
    KeepContact,
    MoveContact,
    OwnPhone,
    RemoveContact,
    RenameContact,
    SetQuietHours,
)
from alarm.core.deliveries import Lane, Scalar, Words, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.notices import Notice
from alarm.core.quiet_hours import QuietHours
from alarm.core.state import Person, State

MOST_CONTACTS = 10


def find(state: State, contact_id: str) -> Contact | None:
    return next((c for c in state.contacts if c.id == contact_id), None)


def named(contacts: Iterable[Contact], name: str) -> Contact | None:
    """Return who has this name, in any case."""
    return next((c for c in contacts if c.name.casefold() == name.casefold()), None)


def phones_of(state: State, person: Person) -> tuple[Contact, ...]:
    """Return the contacts that are a person's: by their own word, or by their name."""
    called = person.name.casefold()
    return tuple(
        c
        for c in state.contacts
        if c.user_id == person.user_id or (c.user_id is None and c.name.casefold() == called)
    )


def listed(contacts: Iterable[Contact]) -> str:
    """Return the ids as a notice takes them: it is worded from what is still there."""
    return " ".join(c.id for c in contacts)


def next_id(draft: Draft) -> str:
    """Return an id that no contact ever had: a wave remembers contacts by it."""
    counters = draft.state.counters
    draft.set(counters=replace(counters, contact=counters.contact + 1))
    return f"c{counters.contact + 1}"


# -- commands --------------------------------------------------------------------------------------


def add(draft: Draft, command: AddContact) -> None:
    """Call one more number, after all others."""
    contacts, actor = draft.state.contacts, command.actor
    same = next((c for c in contacts if c.number == command.number), None)
    if same is not None:
        refuse(draft, actor, "known", name=same.name)
    elif named(contacts, command.name) is not None:
        refuse(draft, actor, "taken", name=command.name)
    elif len(contacts) >= MOST_CONTACTS:
        refuse(draft, actor, "full", most=MOST_CONTACTS)
    else:
        own = actor.user_id if command.name.casefold() == actor.name.casefold() else None
        contact = Contact(next_id(draft), command.name, command.number, user_id=own)
        draft.set(contacts=(*contacts, contact))
        about: dict[str, Scalar] = {
            "name": contact.name,
            "by": actor.name,
            "place": len(contacts) + 1,
        }
        answer(draft, actor, say(Notice.CONTACT_ADDED, **about, own=own is not None))
        news = say(Notice.CONTACT_ADDED, **about)
        draft.tell_household(news, but=actor.user_id, silent=True)
        draft.note("journal", what="contact added", by=actor.name, contact=contact.name)


def remove(draft: Draft, command: RemoveContact) -> None:
    """Call a contact no more; whatever rings there is hung up."""
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    draft.set(contacts=tuple(c for c in draft.state.contacts if c.id != contact.id))
    trial.forget(draft, contact.id)
    escalation.leave_out_gone(draft)
    left = len(draft.state.contacts)
    words = say(Notice.CONTACT_REMOVED, name=contact.name, by=actor.name, left=left)
    answer(draft, actor, words)
    draft.tell_household(words, but=actor.user_id, silent=True)
    draft.note("journal", what="contact removed", by=actor.name, contact=contact.name)


def keep(draft: Draft, command: KeepContact) -> None:
    """Go on calling a contact whose person is not here any more; write down who wanted that."""
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    place = draft.state.contacts.index(contact) + 1
    answer(draft, actor, say(Notice.CONTACT_KEPT, name=contact.name, place=place))
    draft.note("journal", what="contact kept", by=actor.name, contact=contact.name)


def move(draft: Draft, command: MoveContact) -> None:
    """Call a contact earlier; a round that is on keeps its order."""
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    place = draft.state.contacts.index(contact)
    goal = 0 if command.first else max(place - 1, 0)
    others = [c for c in draft.state.contacts if c.id != contact.id]
    draft.set(contacts=(*others[:goal], contact, *others[goal:]))
    words = say(Notice.CONTACT_MOVED, name=contact.name, place=goal + 1, old=place + 1)
    answer(draft, actor, words)
    if goal != place:
        draft.note(
            "journal",
            what="contact moved",
            by=actor.name,
            contact=contact.name,
            old=place + 1,
            new=goal + 1,
        )


def rename(draft: Draft, command: RenameContact) -> None:
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    others = [c for c in draft.state.contacts if c.id != contact.id]
    if named(others, command.name) is not None:
        refuse(draft, actor, "taken", name=command.name)
        return
    put(draft, replace(contact, name=command.name))
    answer(draft, actor, say(Notice.CONTACT_RENAMED, name=command.name, old=contact.name))
    draft.note(
        "journal",
        what="contact renamed",
        by=actor.name,
        old=contact.name,
        new=command.name,
    )


def set_quiet_hours(draft: Draft, command: SetQuietHours) -> None:
    """Set when a contact is called last; it holds from the next round on."""
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    put(draft, replace(contact, quiet=command.hours))
    words = say(
        Notice.CONTACT_QUIET,
        name=contact.name,
        **span("", command.hours),
        **span("old_", contact.quiet),
    )
    answer(draft, actor, words)
    draft.note(
        "journal",
        what="quiet hours",
        by=actor.name,
        contact=contact.name,
        **span("", command.hours),
        **span("old_", contact.quiet),
    )


def span(which: str, hours: QuietHours | None) -> dict[str, Scalar]:
    return {
        f"{which}start": None if hours is None else hours.start,
        f"{which}end": None if hours is None else hours.end,
    }


def own_phone(draft: Draft, command: OwnPhone) -> None:
    """Note whose phone it is: in chat that person hears what else a short call would say.

    Nobody but an owner takes one that is another person's: a duress alarm spares that phone.
    """
    actor = command.actor
    contact = find(draft.state, command.contact_id)
    if contact is None:
        refuse(draft, actor, "gone")
        return
    other = whose(draft.state, contact, actor)
    if other is not None:
        if not owns(draft.state, actor):
            refuse(draft, actor, "whose", name=contact.name, whose=other.name)
            return
        words = say(Notice.CONTACT_TAKEN, name=contact.name, by=actor.name)
        draft.tell(other.user_id, words, lane=Lane.ALARM, expires=NEWS_LIFE)
    put(draft, replace(contact, user_id=actor.user_id))
    before = None if other is None else other.name
    answer(draft, actor, say(Notice.CONTACT_OWNED, name=contact.name, by=actor.name, before=before))
    draft.note(
        "journal", what="contact has a chat", by=actor.name, contact=contact.name, before=before
    )


def whose(state: State, contact: Contact, actor: Actor) -> Person | None:
    """Return whose phone a contact is, where it is somebody else's than the actor's.

    By the name alone it may also be the actor's: two people may have the same one.
    """
    called = actor.name.casefold()
    if contact.user_id is None and contact.name.casefold() == called:
        return None
    others = (person for person in state.people.values() if person.user_id != actor.user_id)
    return next((person for person in others if contact in phones_of(state, person)), None)


def owns(state: State, actor: Actor) -> bool:
    """Tell whether the actor is an owner of the alarm."""
    return any(person.user_id == actor.user_id for person in state.owners)


def put(draft: Draft, contact: Contact) -> None:
    contacts = (contact if c.id == contact.id else c for c in draft.state.contacts)
    draft.set(contacts=tuple(contacts))


def answer(draft: Draft, actor: Actor, words: Words) -> None:
    draft.tell(actor.user_id, words, lane=Lane.ALARM)


def refuse(draft: Draft, actor: Actor, why: str, **args: Scalar) -> None:
    answer(draft, actor, say(Notice.CONTACT_REFUSED, why=why, **args))
