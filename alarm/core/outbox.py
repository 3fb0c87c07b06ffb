"""The life of a delivery: claimed, delivered, tried again, given up, interrupted."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

from alarm.core import blink_arm, escalation, people
from alarm.core.calls import CallReport
from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    BlinkArmBody,
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    MediaBody,
    PanelBody,
    WordsBody,
    say,
)
from alarm.core.draft import Draft
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import CallProgress, Claimed, Delivered, DeliveryFailed
from alarm.core.messages import refresh_copies
from alarm.core.notices import Notice
from alarm.core.state import State

FIRST_RETRY = 2.0
# Alarm traffic is tried again within this many seconds, everything else within five minutes.
MAX_RETRY = {Lane.ALARM: 20.0, Lane.PHONE: 30.0, Lane.BLINK: 30.0}
MAX_RETRY_OTHER = 300.0


def wanted(state: State, delivery: Delivery) -> bool:
    """Tell whether a delivery still makes sense right before it leaves."""
    match delivery.body:
        case CallBody(incident_id=i):
            incident = state.incidents.get(i)
            return incident is not None and (
                incident.wave is not None and incident.wave.call_id == delivery.id
            )
        case AlertBody(incident_id=i):
            incident = state.incidents.get(i)
            return incident is not None and incident.status is not IncidentStatus.CLOSED
        case MediaBody(incident_id=i) | AlertEditBody(incident_id=i):
            return i in state.incidents
        case BlinkArmBody(network_id=network, armed=armed):
            area = state.areas.get(network)
            wish = area.wish if area else None
            return wish is not None and wish.armed == armed and not wish.confirmed
    return True


def claim(draft: Draft, claimed: Claimed) -> None:
    """Mark as leaving, so that a crash from here on is known as uncertain."""
    for id_ in claimed.ids:
        delivery = draft.state.outbox.get(id_)
        if delivery is None or delivery.status is not DeliveryStatus.PENDING:
            continue
        if not wanted(draft.state, delivery):
            draft.drop([id_])
            continue
        draft.put_delivery(
            replace(
                delivery,
                status=DeliveryStatus.SENDING,
                attempts=delivery.attempts + 1,
                claimed_at=delivery.claimed_at or draft.now,
            )
        )


def delivered(draft: Draft, done: Delivered) -> None:
    delivery = draft.state.outbox.get(done.id)
    if delivery is None:
        return
    draft.drop([done.id])
    if delivery.lane in (Lane.ALARM, Lane.CHAT, Lane.MEDIA):
        people.chat_works(draft, delivery.target)
    match delivery.body:
        case AlertBody(incident_id=i):
            alert_arrived(draft, i, delivery, done.message_id)
        case PanelBody():
            messages = {**draft.state.panel_messages, delivery.target: done.message_id}
            draft.set(panel_messages=messages)
        case BlinkArmBody(network_id=network, armed=armed):
            blink_arm.read_back(draft, network, armed=armed)


def alert_arrived(draft: Draft, incident_id: str, delivery: Delivery, message_id: int) -> None:
    incident = draft.state.incidents.get(incident_id)
    if incident is None:
        return
    copies = {**incident.copies, delivery.target: message_id}
    draft.put_incident(replace(incident, copies=copies))
    escalation.put_wave(draft, incident_id, lambda wave: replace(wave, told=True))
    late = round((draft.now - delivery.created_at).total_seconds(), 1)
    draft.note("incident", id=incident_id, what="alert arrived", seconds=late)
    if incident.status is not IncidentStatus.OPEN:
        # Somebody acted while this copy was on its way: show it.
        refresh_copies(draft, incident_id)


def failed(draft: Draft, failure: DeliveryFailed) -> None:
    delivery = draft.state.outbox.get(failure.id)
    if delivery is None:
        return
    if failure.new_target not in ("", delivery.target):
        chat_moved(draft, delivery, failure.new_target)
    elif given_up_on(draft.state, delivery, failure):
        draft.drop([delivery.id])
        given_up(draft, delivery, failure.reason, permanent=failure.permanent)
    else:
        wait = retry_wait(delivery, failure.retry_after)
        draft.put_delivery(
            replace(
                delivery,
                status=DeliveryStatus.PENDING,
                next_try=draft.now + timedelta(seconds=wait),
                repeat=delivery.repeat or failure.uncertain,
            )
        )
        if isinstance(delivery.body, CallBody):
            escalation.write_note(draft, delivery.body.incident_id, f"trying: {failure.reason}")


def given_up_on(state: State, delivery: Delivery, failure: DeliveryFailed) -> bool:
    """Tell whether another try is useless. Blink is asked for ever: the house must be watched."""
    if isinstance(delivery.body, BlinkArmBody):
        return not wanted(state, delivery)
    return failure.permanent or not wanted(state, delivery)


def chat_moved(draft: Draft, delivery: Delivery, chat: str) -> None:
    """A group became a supergroup: everything of the old chat belongs to the new one."""
    old = delivery.target
    draft.put_delivery(replace(delivery, status=DeliveryStatus.PENDING))
    for waiting in draft.state.outbox.values():
        if waiting.target == old and waiting.status is DeliveryStatus.PENDING:
            draft.put_delivery(replace(waiting, target=chat, next_try=draft.now))
    for incident in draft.state.incidents.values():
        if old in incident.copies:
            # The new chat numbers its messages anew: the old copies cannot be edited any more.
            copies = {key: value for key, value in incident.copies.items() if key != old}
            draft.put_incident(replace(incident, copies=copies))
            if incident.status is not IncidentStatus.CLOSED:
                draft.send(Lane.ALARM, chat, AlertBody(incident.id))
    messages = {key: value for key, value in draft.state.panel_messages.items() if key != old}
    draft.set(panel_messages=messages)


def retry_wait(delivery: Delivery, retry_after: float | None) -> float:
    """Return seconds to wait: doubling with jitter, never less than the other side asked."""
    most = MAX_RETRY.get(delivery.lane, MAX_RETRY_OTHER)
    wait = min(FIRST_RETRY * 2.0 ** max(delivery.attempts - 1, 0), most)
    # Jitter from the name keeps this function pure and still spreads the tries.
    jitter = zlib.crc32(f"{delivery.id}/{delivery.attempts}".encode()) % 1000 / 1000
    return max(wait * (0.75 + jitter / 2), retry_after or 0.0)


def given_up(draft: Draft, delivery: Delivery, reason: str, *, permanent: bool) -> None:
    """Journal it, and let what depended on it go on another way."""
    kind = type(delivery.body).__name__.removesuffix("Body")
    draft.note("journal", what="delivery given up", delivery=kind, reason=reason)
    match delivery.body:
        case CallBody(incident_id=i):
            incident = draft.state.incidents.get(i)
            if incident and incident.wave and incident.wave.call_id == delivery.id:
                escalation.call_failed(draft, i, f"failed: {reason}")
        case AlertBody() | WordsBody() | PanelBody() if permanent:
            # An edit or a picture may fail for its own reasons; a new message tells of the chat.
            chat_lost(draft, delivery.target, reason)


def chat_lost(draft: Draft, chat: str, reason: str) -> None:
    """A chat cannot be reached any more: say so in the others, once."""
    person = draft.state.people.get(chat)
    if person is None or not person.reachable:
        return
    draft.set(people={**draft.state.people, chat: replace(person, reachable=False)})
    words = say(Notice.CHAT_LOST, name=person.name, reason=reason)
    draft.tell_household(words, but=person.user_id, lane=Lane.ALARM)


def call_progress(draft: Draft, progress: CallProgress) -> None:
    delivery = draft.state.outbox.get(progress.id)
    if delivery is None or not isinstance(delivery.body, CallBody):
        return
    body, report = delivery.body, progress.report
    if not wanted(draft.state, delivery):
        drop_unwanted_call(draft, delivery, report)
        return
    if report.status.over:
        draft.drop([delivery.id])
    elif delivery.provider_id != report.sid:
        draft.put_delivery(replace(delivery, status=DeliveryStatus.PLACED, provider_id=report.sid))
        escalation.call_placed(draft, body.incident_id)
    escalation.call_seen(draft, body.incident_id, body.contact_id, report)


def drop_unwanted_call(draft: Draft, delivery: Delivery, report: CallReport) -> None:
    """Somebody acted while this call was being placed: hang it up."""
    draft.drop([delivery.id])
    if not report.status.over:
        body = HangUpBody(report.sid)
        draft.send(Lane.PHONE, delivery.target, body, expires=escalation.HANG_UP_LIFE)


def tick(draft: Draft) -> None:
    """Give up what expired."""
    for delivery in draft.state.outbox.values():
        expired = delivery.expires_at is not None and delivery.expires_at <= draft.now
        if expired and delivery.status is DeliveryStatus.PENDING:
            draft.drop([delivery.id])
            given_up(draft, delivery, "expired", permanent=False)


def interrupted(draft: Draft) -> int:
    """After a restart, try again what was on its way; return how many."""
    again = [d for d in draft.state.outbox.values() if d.status is DeliveryStatus.SENDING]
    for delivery in again:
        draft.put_delivery(
            replace(delivery, status=DeliveryStatus.PENDING, repeat=True, next_try=draft.now)
        )
    return len(again)
