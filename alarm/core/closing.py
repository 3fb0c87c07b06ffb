"""The end of an incident: stop what waits, hang up what rings, tell those already reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alarm.core import escalation, swinger
from alarm.core.contact import Contact
from alarm.core.deliveries import (
    AlertBody,
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    MediaBody,
    OverCallBody,
    Scalar,
    WordsBody,
    say,
)
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.messages import refresh_copies
from alarm.core.notices import Notice
from alarm.core.state import State

KEPT_CLOSED = 5
# Soon or never: hours later it would only frighten.
OVER_CALL_LIFE = timedelta(minutes=2)
# The line of a call that was just hung up is busy for a moment.
OVER_CALL_WAIT = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Told:
    """Names of those who hear that an alarm is over, and how."""

    by_call: tuple[str, ...] = ()
    in_chat: tuple[str, ...] = ()

    def __add__(self, other: Told) -> Told:
        """Return both together, each name once."""
        by_call = dict.fromkeys((*self.by_call, *other.by_call))
        return Told(tuple(by_call), tuple(dict.fromkeys((*self.in_chat, *other.in_chat))))


def about_calls(draft: Draft, calls: int | None) -> dict[str, Scalar]:
    """Return what the answer to whoever stops an alarm says of its calls.

    `calls`: how many it made, None where there was no alarm. `no_call`: that it made none is said
    (the abort notice of CP-01); that calls were stopped always is.
    """
    return {"calls": calls, "no_call": calls == 0 and draft.state.settings.abort_notice}


def about_told(draft: Draft, told: Told) -> dict[str, Scalar]:
    """Return what the same answer says of who is told that it is over (the cancel notice)."""
    named = told if draft.state.settings.cancel_notice else Told()
    return {"called_off": ", ".join(named.by_call), "told_off": ", ".join(named.in_chat)}


def close(
    draft: Draft, incident: Incident, by: str, verdict: Verdict, *, user_id: int | None = None
) -> Told:
    """Close: stop everything that waits or rings, and give the area its panel back.

    `by`: the person, empty where it closes by itself; `user_id`: the same one, who need not be
    told. Return who is told that it is over.
    """
    reached_at = {**incident.reached_at, **talking(draft, incident)}
    stop_calls(draft, incident.id)
    stop_telling(draft, incident.id)
    current = draft.state.incidents[incident.id]
    draft.put_incident(
        replace(
            current,
            status=IncidentStatus.CLOSED,
            verdict=verdict,
            acted_by=by,
            acted_at=draft.now,
            closed_at=draft.blink_now,
            reached_at=reached_at,
        )
    )
    area = draft.state.areas.get(incident.network_id)
    if area is not None and area.incident_id == incident.id:
        spent_until = max(filter(None, (area.spent_until, draft.blink_now)))
        draft.put_area(
            replace(area, panel=incident.panel_before, incident_id=None, spent_until=spent_until)
        )
    swinger.note_trip(draft, draft.state.incidents[incident.id])
    refresh_copies(draft, incident.id)
    draft.note("incident", id=incident.id, what="closed", by=by, verdict=verdict.value)
    forget_old(draft)
    return tell_reached(draft, incident, reached_at, by, user_id) if by else Told()


def talking(draft: Draft, incident: Incident) -> dict[str, datetime]:
    """Return the number that listens to the incident's call right now, if one does."""
    call = draft.state.outbox.get(incident.wave.call_id) if incident.wave else None
    if call is None or not incident.calls or incident.calls[-1].outcome != escalation.ANSWERED:
        return {}
    return {call.target: draft.now}


def stop_calls(draft: Draft, incident_id: str) -> None:
    """End the wave: forget the call that waits, hang up the one that rings.

    A call that Twilio may just have taken stays until that is known, and is hung up then.
    """
    gone = []
    for delivery in draft.state.outbox.values():
        if not isinstance(delivery.body, CallBody) or delivery.body.incident_id != incident_id:
            continue
        if delivery.provider_id:
            body = HangUpBody(delivery.provider_id)
            draft.send(Lane.PHONE, delivery.target, body, expires=escalation.HANG_UP_LIFE)
        if delivery.status is not DeliveryStatus.SENDING:
            gone.append(delivery.id)
    draft.drop(gone)
    draft.drop(waiting(draft, lambda d: is_word_of(d, incident_id)))
    draft.put_incident(replace(draft.state.incidents[incident_id], wave=None))


def stop_telling(draft: Draft, incident_id: str) -> None:
    """Forget alerts and pictures that did not leave yet; what is on its way is edited later."""

    def tells(delivery: Delivery) -> bool:
        body = delivery.body
        return isinstance(body, AlertBody | MediaBody) and body.incident_id == incident_id

    draft.drop(waiting(draft, tells))


def tell_reached(
    draft: Draft,
    incident: Incident,
    reached_at: Mapping[str, datetime],
    by: str,
    user_id: int | None,
) -> Told:
    """Tell those whom a call reached in the cancel window: it is over. Once each.

    Never for a drill, nor where the household switched the window off.
    Whoever has a chat reads it there; the others get a short call.
    """
    window = draft.state.settings.cancel_window
    if incident.kind is IncidentKind.DRILL or not window:
        return Told()
    told = Told()
    for contact in draft.state.contacts:
        at = reached_at.get(contact.number)
        if at is None or draft.now - at > window:
            continue
        chat = chat_of(draft.state, contact)
        if chat is not None:
            told += tell_in_chat(draft, incident, contact, by) if chat != user_id else Told()
        elif not escalation.day_used_up(draft):
            told += call_off(draft, incident, contact)
    return told


def chat_of(state: State, contact: Contact) -> int | None:
    """Return the private chat in which a contact reads, None where there is none that works."""
    person = state.people.get(str(contact.user_id))
    return person.user_id if person is not None and person.reachable else None


def tell_in_chat(draft: Draft, incident: Incident, contact: Contact, by: str) -> Told:
    verdict = draft.state.incidents[incident.id].verdict
    opened = incident.opened_at.isoformat()
    words = say(Notice.ALARM_OVER, by=by, verdict=verdict.value, opened=opened)
    draft.tell(contact.user_id or 0, words, lane=Lane.ALARM, expires=NEWS_LIFE)
    return Told(in_chat=(contact.name,))


def call_off(draft: Draft, incident: Incident, contact: Contact) -> Told:
    body = OverCallBody(incident.id, contact.id)
    call = draft.send(Lane.PHONE, contact.number, body, expires=OVER_CALL_LIFE)
    draft.put_delivery(replace(call, next_try=draft.now + OVER_CALL_WAIT))
    escalation.count_call(draft)
    draft.note("incident", id=incident.id, what="over call", contact=contact.name)
    return Told(by_call=(contact.name,))


def is_word_of(delivery: Delivery, incident_id: str) -> bool:
    """Tell whether it is a sentence about what an open incident goes through."""
    body = delivery.body
    return isinstance(body, WordsBody) and body.words.args.get("incident") == incident_id


def waiting(draft: Draft, chosen: Callable[[Delivery], bool]) -> list[str]:
    return [
        d.id
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING and chosen(d)
    ]


def forget_old(draft: Draft) -> None:
    forget_oldest(draft, secret=False)
    # Counted apart: what is hidden from a chat must not push out what it shows.
    forget_oldest(draft, secret=True)


def forget_oldest(draft: Draft, *, secret: bool) -> None:
    closed = [
        i
        for i in draft.state.incidents.values()
        if i.status is IncidentStatus.CLOSED and bool(i.hidden_from) is secret
    ]
    oldest = sorted(closed, key=lambda i: i.acted_at or i.opened_at)[:-KEPT_CLOSED]
    if oldest:
        gone = {i.id for i in oldest}
        kept = {k: i for k, i in draft.state.incidents.items() if k not in gone}
        draft.set(incidents=kept)
