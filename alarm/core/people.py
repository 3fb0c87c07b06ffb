"""Who owns the bot."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import chats, invitations
from alarm.core.actor import Actor
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.household_commands import Claim
from alarm.core.inputs import OwnerConfigured
from alarm.core.notices import Notice
from alarm.core.state import Person, Role


def claim(draft: Draft, command: Claim) -> None:
    """Make the bearer of the one-time code the owner; the code is spent by it."""
    actor = command.actor
    known = draft.state.people.get(str(actor.user_id))
    expected = draft.state.claim_code
    right = bool(expected) and invitations.same_code(expected, command.code)
    if not right:
        if not (command.code and invitations.accept(draft, command)) and known is not None:
            until = invitations.iso(known.until)
            words = say(Notice.WELCOME, name=known.name, role=known.role.value, until=until)
            draft.tell(actor.chat_id, words)
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
    """Let the user of the configuration own the bot; no other is the owner by it any more."""
    key = str(owner.user_id)
    known = draft.state.people.get(key)
    for other in draft.state.people.values():
        if other.from_env and other.user_id != owner.user_id:
            people = {**draft.state.people, str(other.user_id): replace(other, from_env=False)}
            draft.set(people=people)
    if known is not None and known.role is Role.OWNER and not known.from_env:
        draft.set(people={**draft.state.people, key: replace(known, from_env=True)})
    if known is None or known.role is not Role.OWNER:
        person = known or Person(owner.user_id, "Owner", Role.OWNER)
        person = replace(person, role=Role.OWNER, until=None, from_env=True)
        draft.set(people={**draft.state.people, key: person}, claim_code="")
        draft.note("journal", what="owner set by configuration", user=owner.user_id)
        own_up(draft)


def own_up(draft: Draft) -> None:
    """Tell a new owner that an earlier state was lost: those told before were lost with it."""
    if draft.state.in_doubt:
        draft.tell_owners(say(Notice.STATE_DOUBT, detail="", lost=True))


def reachable_again(draft: Draft, actor: Actor) -> None:
    """Somebody wrote: the chat works, and we know the name."""
    person = draft.state.people.get(str(actor.user_id))
    if person is None:
        return
    if person.name != actor.name:
        person = replace(person, name=actor.name)
        draft.set(people={**draft.state.people, str(actor.user_id): person})
    # What was written in a group says nothing of the private chat.
    chats.works(draft, str(actor.chat_id))
