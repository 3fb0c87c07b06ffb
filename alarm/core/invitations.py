"""Let people in by a link that works once: a member, a viewer, or a guest for some time."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.household_commands import Claim, Invite, WithdrawInvitation
from alarm.core.notices import Notice
from alarm.core.state import Invitation, Person

LINK_LIFE = timedelta(hours=24)
# One that has ended is remembered for a while: whoever opens it late is told to the owners.
KEPT = timedelta(days=7)
MOST_OPEN = 10
MIN_STAY, MAX_STAY = timedelta(hours=1), timedelta(days=366)
STAY_RANGE = "A guest may stay 1 hour to 366 days."


def invite(draft: Draft, command: Invite) -> None:
    """Open the door for one person; the link is told to who asked, in private."""
    actor = command.actor
    stay = command.stay
    if stay is not None and not MIN_STAY <= stay <= MAX_STAY:
        raise BadInput(STAY_RANGE)
    if len([i for i in draft.state.invitations.values() if is_open(draft, i)]) >= MOST_OPEN:
        raise BadInput(f"{MOST_OPEN} invitations are open already. /users withdraws them.")
    invitation = Invitation(
        command.code,
        command.role,
        actor.name,
        draft.now + min(LINK_LIFE, stay or LINK_LIFE),
        None if stay is None else draft.blink_now + stay,
    )
    draft.set(invitations={**draft.state.invitations, command.code: invitation})
    draft.tell(
        actor.user_id,
        say(
            Notice.INVITED,
            code=invitation.code,
            role=invitation.role.value,
            expires=invitation.expires_at.isoformat(),
            until=iso(invitation.until),
        ),
        lane=Lane.ALARM,
    )
    draft.note(
        "journal",
        what="invited",
        by=actor.name,
        role=invitation.role.value,
        until=iso(invitation.until),
    )


def withdraw(draft: Draft, command: WithdrawInvitation) -> None:
    invitation = draft.state.invitations.get(command.code)
    if invitation is None:
        return
    forget(draft, invitation.code)
    draft.note(
        "journal", what="invitation withdrawn", by=command.actor.name, role=invitation.role.value
    )


def accept(draft: Draft, command: Claim) -> bool:
    """Let in who shows the code of an invitation; False where there is no such code."""
    shown = command.code.encode()
    invitation = next(
        (
            i
            for i in draft.state.invitations.values()
            if hmac.compare_digest(i.code.encode(), shown)
        ),
        None,
    )
    if invitation is None:
        return False
    actor = command.actor
    known = draft.state.people.get(str(actor.user_id))
    if known is not None and not gains(known, invitation):
        # An owner tries the own link: it stays good for the person it is meant for.
        words = say(Notice.INVITE_OWN, role=known.role.value)
        draft.tell(actor.chat_id, words)
    elif not is_open(draft, invitation):
        draft.tell_owners(say(Notice.INVITE_OVER, name=actor.name, role=invitation.role.value))
        draft.note("journal", what="ended invitation opened", name=actor.name)
        forget(draft, invitation.code)
    else:
        join(draft, command, invitation)
    return True


def shown(draft: Draft, code: str) -> Invitation | None:
    for invitation in draft.state.invitations.values():
        if same_code(invitation.code, code):
            return invitation
    return None


def same_code(ours: str, theirs: str) -> bool:
    """Compare in constant time; whatever was written, half a character included, is only wrong."""
    return hmac.compare_digest(*(c.encode("utf-8", "surrogatepass") for c in (ours, theirs)))


def gains(known: Person, invitation: Invitation) -> bool:
    """Tell whether the invitation gives more than this person has."""
    if known.role is not invitation.role:
        return not known.role.covers(invitation.role)
    if known.until is None:
        return False
    return invitation.until is None or invitation.until > known.until


def join(draft: Draft, command: Claim, invitation: Invitation) -> None:
    actor = command.actor
    person = Person(actor.user_id, actor.name, invitation.role, until=invitation.until)
    draft.set(people={**draft.state.people, str(actor.user_id): person})
    forget(draft, invitation.code)
    about = {"role": person.role.value, "until": iso(person.until)}
    welcome = say(Notice.WELCOME, name=person.name, **about)
    draft.tell(actor.chat_id, welcome, lane=Lane.ALARM)
    joined = say(Notice.JOINED, name=person.name, invited_by=invitation.by, **about)
    draft.tell_owners(joined, but=frozenset({str(actor.user_id)}))
    draft.note("journal", what="joined", by=person.name, invited_by=invitation.by, **about)


def is_open(draft: Draft, invitation: Invitation) -> bool:
    ended = invitation.until is not None and invitation.until <= draft.blink_now
    return draft.now < invitation.expires_at and not ended


def forget(draft: Draft, code: str) -> None:
    draft.set(invitations={k: i for k, i in draft.state.invitations.items() if k != code})


def shifted(invitation: Invitation, delta: timedelta) -> Invitation:
    """Move the life of the link with the host's clock; a guest's end is of true time."""
    return replace(invitation, expires_at=invitation.expires_at + delta)


def tick(draft: Draft) -> None:
    for invitation in draft.state.invitations.values():
        if draft.now >= invitation.expires_at + KEPT:
            forget(draft, invitation.code)


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
