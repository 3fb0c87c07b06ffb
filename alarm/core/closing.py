"""The end of an incident: stop what waits, hang up what rings, tell those already reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import escalation, swinger
from alarm.core.deliveries import (
    AlertBody,
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    MediaBody,
    OverCallBody,
    WordsBody,
)
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.messages import refresh_copies

KEPT_CLOSED = 5
# Those whom a call reached within this time before the end hear of the end, too.
CANCEL_WINDOW = timedelta(minutes=5)
# Soon or never: hours later it would only frighten.
OVER_CALL_LIFE = timedelta(minutes=2)
# The line of a call that was just hung up is busy for a moment.
OVER_CALL_WAIT = timedelta(seconds=3)


def close(draft: Draft, incident: Incident, by: str, verdict: Verdict) -> tuple[str, ...]:
    """Close: stop everything that waits or rings, and give the area its panel back.

    `by`: the person, empty where it closes by itself. Return the names of those who get a call
    that it is over.
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
    return tell_reached(draft, incident, reached_at) if by else ()


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
    draft: Draft, incident: Incident, reached_at: Mapping[str, datetime]
) -> tuple[str, ...]:
    """Call those whom a call reached just before: it is over. Once each, never for a drill."""
    if incident.kind is IncidentKind.DRILL:
        return ()
    names = []
    for contact in draft.state.contacts:
        at = reached_at.get(contact.number)
        if at is None or draft.now - at > CANCEL_WINDOW or escalation.day_used_up(draft):
            continue
        body = OverCallBody(incident.id, contact.id)
        call = draft.send(Lane.PHONE, contact.number, body, expires=OVER_CALL_LIFE)
        draft.put_delivery(replace(call, next_try=draft.now + OVER_CALL_WAIT))
        escalation.count_call(draft)
        draft.note("incident", id=incident.id, what="over call", contact=contact.name)
        names.append(contact.name)
    return tuple(names)


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
