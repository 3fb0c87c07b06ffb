"""Who is what here: roles that change, guests whose time is over, people who are sent away."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import chats, contacts, departed
from alarm.core.deliveries import Lane, Words, say
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.household_commands import KeepGuest, Revoke, SetRole
from alarm.core.invitations import MAX_STAY, STAY_RANGE, iso
from alarm.core.notices import Notice
from alarm.core.state import Person, Role, State

LAST_OWNER = "There must be an owner. Make somebody else an owner first."
OWNER_BY_CONFIGURATION = (
    "This owner is set by TELEGRAM_OWNER_ID on the alarm's computer. Change it there."
)
NOBODY = "Nobody here is that person any more. /users shows who is."


def set_role(draft: Draft, command: SetRole) -> None:
    """Give somebody another role. An owner has no end."""
    person = known(draft, command.user_id)
    if person.role is command.role:
        draft.tell(command.actor.chat_id, role_words(command.actor.name, person))
        return
    spare(draft, person)
    until = None if command.role is Role.OWNER else person.until
    changed = replace(person, role=command.role, until=until)
    draft.set(people={**draft.state.people, str(person.user_id): changed})
    # Who only looks hears of no alarm in chat: then the phone should not ring unthought of.
    phones = phones_of(draft, person) if command.role is Role.VIEWER else ""
    tell_change(draft, command.actor.chat_id, command.actor.name, changed, phones)
    draft.note(
        "journal",
        what="role changed",
        by=command.actor.name,
        name=person.name,
        old=person.role.value,
        new=command.role.value,
    )


def keep_guest(draft: Draft, command: KeepGuest) -> None:
    """Let a guest stay longer than was meant, or for good."""
    person = known(draft, command.user_id)
    if person.until is None:
        raise BadInput(f"{person.name} is no guest: there is no end to move.")
    until = None if command.longer is None else person.until + command.longer
    if until is not None and until > draft.blink_now + MAX_STAY:
        raise BadInput(STAY_RANGE)
    changed = replace(person, until=until)
    draft.set(people={**draft.state.people, str(person.user_id): changed})
    tell_change(draft, command.actor.chat_id, command.actor.name, changed)
    draft.note(
        "journal",
        what="guest stays",
        by=command.actor.name,
        name=person.name,
        until=iso(until),
    )


def revoke(draft: Draft, command: Revoke) -> None:
    """Send somebody away: from now on nothing is told to them, and nothing is done for them."""
    person = known(draft, command.user_id)
    spare(draft, person)
    remove(draft, person, sent_away=True)
    words = say(
        Notice.REVOKED,
        by=command.actor.name,
        name=person.name,
        role=person.role.value,
        phones=phones_of(draft, person),
    )
    draft.note("journal", what="revoked", by=command.actor.name, name=person.name)
    if command.actor.user_id != person.user_id:
        draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_owners(words, but=frozenset({str(command.actor.user_id)}))


def known(draft: Draft, user_id: int) -> Person:
    person = draft.state.people.get(str(user_id))
    if person is None:
        raise BadInput(NOBODY)
    return person


def spare(draft: Draft, owner: Person) -> None:
    """Raise BadInput where this owner cannot be missed."""
    why = why_kept(draft.state, owner)
    if why:
        raise BadInput(why)


def why_kept(state: State, person: Person) -> str:
    """Return why somebody can neither be made less nor be sent away; empty where both can be."""
    if person.role is not Role.OWNER:
        return ""
    if person.from_env:
        return OWNER_BY_CONFIGURATION
    return LAST_OWNER if len(state.owners) == 1 else ""


def remove(draft: Draft, person: Person, *, sent_away: bool) -> None:
    """Forget a person, and everything that is on its way to the private chat."""
    people = {k: p for k, p in draft.state.people.items() if k != str(person.user_id)}
    prompts = {k: p for k, p in draft.state.prompts.items() if k != str(person.user_id)}
    draft.set(people=people, prompts=prompts)
    departed.remember(draft, person, sent_away=sent_away)
    chats.forget(draft, str(person.user_id))


def phones_of(draft: Draft, person: Person) -> str:
    """Return which contacts go on ringing for somebody who is told of no alarm any more."""
    return contacts.listed(contacts.phones_of(draft.state, person))


def tell_change(draft: Draft, chat_id: int, by: str, person: Person, phones: str = "") -> None:
    """Tell who asked, the person and the other owners."""
    words = role_words(by, person, phones)
    draft.tell(chat_id, words, lane=Lane.ALARM)
    if person.user_id != chat_id:
        yours = say(Notice.ROLE_YOURS, by=by, role=person.role.value, until=iso(person.until))
        draft.tell(person.user_id, yours, lane=Lane.ALARM)
    draft.tell_owners(words, but=frozenset({str(chat_id), str(person.user_id)}))


def role_words(by: str, person: Person, phones: str = "") -> Words:
    return say(
        Notice.ROLE_CHANGED,
        by=by,
        name=person.name,
        role=person.role.value,
        until=iso(person.until),
        phones=phones,
    )


def tick(draft: Draft) -> None:
    """Say good-bye to guests whose time is over.

    By true time: while nobody knows how wrong the host's clock is, nobody is sent away by it.
    """
    clock = draft.state.clock
    if clock.skew is None or clock.unsure_from is not None:
        return
    for person in draft.state.people.values():
        if person.is_over(draft.blink_now):
            remove(draft, person, sent_away=False)
            words = say(
                Notice.GUEST_OVER,
                name=person.name,
                role=person.role.value,
                phones=phones_of(draft, person),
            )
            draft.tell_owners(words)
            draft.tell(person.user_id, say(Notice.GUEST_BYE), lane=Lane.ALARM)
            draft.note("journal", what="guest's time over", name=person.name)
