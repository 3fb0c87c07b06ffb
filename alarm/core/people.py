"""Who owns the bot and who can be called."""

from __future__ import annotations

import hmac
from dataclasses import replace

from alarm.core import chats
from alarm.core.commands import Claim
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.inputs import NumbersConfigured, OwnerConfigured
from alarm.core.notices import Notice
from alarm.core.state import Contact, Person, Role


def claim(draft: Draft, command: Claim) -> None:
    """Make the bearer of the one-time code the owner; the code is spent by it."""
    actor = command.actor
    known = draft.state.people.get(str(actor.user_id))
    expected = draft.state.claim_code
    right = bool(expected) and hmac.compare_digest(expected.encode(), command.code.encode())
    if not right:
        if known is not None:
            draft.tell(actor.chat_id, say(Notice.WELCOME, name=known.name, role=known.role.value))
        return
    person = Person(actor.user_id, actor.name, Role.OWNER)
    people = {**draft.state.people, str(actor.user_id): person}
    draft.set(people=people, claim_code="")
    draft.tell(
        actor.chat_id,
        say(Notice.WELCOME, name=actor.name, role=Role.OWNER.value),
        lane=Lane.ALARM,
    )
    draft.note("journal", what="bot claimed", by=actor.name)
    own_up(draft)


def owner_configured(draft: Draft, owner: OwnerConfigured) -> None:
    key = str(owner.user_id)
    known = draft.state.people.get(key)
    if known is None or known.role is not Role.OWNER:
        person = (
            replace(known, role=Role.OWNER) if known else Person(owner.user_id, "Owner", Role.OWNER)
        )
        draft.set(people={**draft.state.people, key: person}, claim_code="")
        draft.note("journal", what="owner set by configuration", user=owner.user_id)
        own_up(draft)


def own_up(draft: Draft) -> None:
    """Tell a new owner that an earlier state was lost: those told before were lost with it."""
    if draft.state.in_doubt:
        draft.tell_owners(say(Notice.STATE_DOUBT, detail="", lost=True))


def numbers_configured(draft: Draft, configured: NumbersConfigured) -> None:
    """Replace the contacts that came from the environment, if the numbers changed."""
    from_env = tuple(c for c in draft.state.contacts if c.from_env)
    if tuple(c.number for c in from_env) == configured.numbers:
        return
    fresh = tuple(
        Contact(f"env{n}", f"Phone {n}", number, from_env=True)
        for n, number in enumerate(configured.numbers, start=1)
    )
    others = tuple(c for c in draft.state.contacts if not c.from_env)
    draft.set(contacts=(*fresh, *others))
    draft.note("journal", what="phone numbers set by configuration", count=len(fresh))


def reachable_again(draft: Draft, user_id: int, name: str) -> None:
    """Somebody wrote: the chat works, and we know the name."""
    person = draft.state.people.get(str(user_id))
    if person is None:
        return
    if person.name != name:
        person = replace(person, name=name)
        draft.set(people={**draft.state.people, str(user_id): person})
    chats.works(draft, str(user_id))
