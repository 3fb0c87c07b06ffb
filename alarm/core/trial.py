"""A test call: one phone rings once, says that it is only a test, and the chat hears the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import escalation, secrecy
from alarm.core.call_results import OUTCOMES, PLACED_LIFE
from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.contact import Trial, Tried
from alarm.core.contact_commands import TryPhone
from alarm.core.deliveries import Delivery, DeliveryStatus, HangUpBody, Lane, TrialBody, say
from alarm.core.draft import Draft
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.notices import Notice

# Somebody waits for the result with a phone in the hand.
ORDER_LIFE = timedelta(minutes=2)
MACHINE = "answering machine"
NO_RESULT = "no result"
GAVE_WAY = "stopped for an alarm"
# Calls of a day that stay for an alarm.
KEPT_FOR_ALARM = escalation.MAX_CALLS_PER_INCIDENT


def start(draft: Draft, command: TryPhone) -> None:
    """Call one contact as a test; never while the phones may be needed."""
    actor = command.actor
    contact = next((c for c in draft.state.contacts if c.id == command.contact_id), None)
    why = refusal(draft, actor.user_id)
    if contact is None:
        draft.tell(actor.user_id, say(Notice.CONTACT_REFUSED, why="gone"))
    elif why:
        draft.tell(actor.user_id, say(Notice.TRIAL_REFUSED, name=contact.name, why=why))
    else:
        body = TrialBody(contact.id)
        delivery = draft.send(Lane.PHONE, contact.number, body, expires=ORDER_LIFE)
        escalation.count_call(draft)
        deadline = draft.now + ORDER_LIFE + PLACED_LIFE
        draft.set(trial=Trial(delivery.id, contact.id, actor.user_id, deadline))
        words = say(Notice.TRIAL_BEGUN, name=contact.name)
        draft.tell(actor.user_id, words, lane=Lane.ALARM)
        draft.note("journal", what="test call", by=actor.name, contact=contact.name)


def refusal(draft: Draft, user_id: int) -> str:
    """Return why no test call may be made now; empty where it may.

    A call for help that this person must not know of is no reason.
    """
    kinds = {
        i.kind
        for i in draft.state.incidents.values()
        if i.status is not IncidentStatus.CLOSED and secrecy.shown(i, user_id)
    }
    if kinds - {IncidentKind.DRILL}:
        return "alarm"
    if kinds:
        return "drill"
    if draft.state.trial is not None:
        return "running"
    left = escalation.calls_left(draft.state, draft.now)
    return "limit" if left <= KEPT_FOR_ALARM else ""


def seen(draft: Draft, report: CallReport) -> None:
    """Take in one look at the call that is on."""
    trial = draft.state.trial
    if trial is None:
        return
    if trial.placed_at is None:
        trial = replace(trial, placed_at=draft.now, deadline=draft.now + PLACED_LIFE)
    if report.status is CallStatus.IN_PROGRESS and trial.rang is None:
        trial = replace(trial, rang=draft.now - (trial.placed_at or draft.now))
    draft.set(trial=trial)
    if not report.status.over:
        return
    if report.status is not CallStatus.COMPLETED:
        end(draft, OUTCOMES[report.status])
    elif report.answered_by is AnsweredBy.MACHINE:
        end(draft, MACHINE)
    else:
        end(draft, escalation.ANSWERED)


def refused(draft: Draft, delivery: Delivery, reason: str) -> None:
    """The order was given up; one that cannot have left counts as no call."""
    trial = draft.state.trial
    if trial is None or trial.delivery_id != delivery.id:
        return
    if not delivery.repeat and not delivery.provider_id:
        escalation.uncount_of_day(draft, delivery)
    end(draft, f"failed: {reason}")


def give_way(draft: Draft, *, in_secret: bool = False) -> None:
    """End a test call at once: the phones are needed. In secret it does not say what for."""
    if draft.state.trial is not None:
        stop(draft, NO_RESULT if in_secret else GAVE_WAY)


def forget(draft: Draft, contact_id: str) -> None:
    """End the test call of a contact that is there no more."""
    trial = draft.state.trial
    if trial is not None and trial.contact_id == contact_id:
        stop(draft, NO_RESULT)


def stop(draft: Draft, outcome: str) -> None:
    """Hang up what rings, forget what waits; what is just leaving is hung up when it shows."""
    trial = draft.state.trial
    delivery = draft.state.outbox.get(trial.delivery_id) if trial else None
    if delivery is not None:
        if delivery.provider_id:
            body = HangUpBody(delivery.provider_id)
            draft.send(Lane.PHONE, delivery.target, body, expires=escalation.HANG_UP_LIFE)
        if delivery.status is not DeliveryStatus.SENDING:
            draft.drop([delivery.id])
    end(draft, outcome)


def end(draft: Draft, outcome: str) -> None:
    """Keep the result with the contact, and tell whoever asked for it."""
    trial = draft.state.trial
    draft.set(trial=None)
    contact = next(
        (c for c in draft.state.contacts if trial and c.id == trial.contact_id),
        None,
    )
    if trial is None or contact is None:
        return
    rang = trial.rang if outcome == escalation.ANSWERED else None
    tried = replace(contact, tried=Tried(draft.now, outcome, rang))
    contacts = tuple(tried if c.id == contact.id else c for c in draft.state.contacts)
    draft.set(contacts=contacts)
    words = say(
        Notice.TRIAL_OVER,
        name=contact.name,
        outcome=outcome,
        rang=None if rang is None else rang.total_seconds(),
    )
    if str(trial.chat_id) in draft.state.people:
        draft.tell(trial.chat_id, words, lane=Lane.ALARM)
    draft.note("journal", what="test call over", contact=contact.name, outcome=outcome)


def tick(draft: Draft) -> None:
    """Give up a test call that came to nothing."""
    trial = draft.state.trial
    if trial is not None and draft.now >= trial.deadline:
        stop(draft, NO_RESULT)
