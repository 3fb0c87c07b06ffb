"""The life of a delivery: claimed, delivered, tried again, given up, interrupted."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

from alarm.core import (
    blink_arm,
    call_results,
    chats,
    doorbell,
    escalation,
    messages,
    pin_entry,
    privacy,
    screens,
    secrecy,
    trial,
)
from alarm.core.calls import CallReport
from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    BlinkArmBody,
    BlinkLookBody,
    BlinkMotionBody,
    CallBody,
    DeleteBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    OverCallBody,
    PanelBody,
    PanelEditBody,
    PinScreenBody,
    ScreenBody,
    TrialBody,
    WordsBody,
    say,
)
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.inputs import CallProgress, Claimed, Delivered, DeliveryFailed
from alarm.core.notices import Notice
from alarm.core.one_line import line_is_free
from alarm.core.wanted import wanted

FIRST_RETRY = 2.0
# Alarm traffic is tried again within this many seconds, everything else within five minutes.
MAX_RETRY = {Lane.ALARM: 20.0, Lane.PHONE: 30.0, Lane.BLINK: 30.0}
MAX_RETRY_OTHER = 300.0
# More than one number can get while an order to call it is in doubt.
KEPT_CALLS = 50
# A camera that is offline may stay so for days.
MAX_RETRY_CAMERA = 120.0


def claim(draft: Draft, claimed: Claimed) -> None:
    """Mark as leaving, so that a crash from here on is known as uncertain.

    A call whose number is being called waits on.
    """
    for id_ in claimed.ids:
        delivery = draft.state.outbox.get(id_)
        if delivery is None or delivery.status is not DeliveryStatus.PENDING:
            continue
        if not wanted(draft.state, delivery):
            draft.drop([id_])
            continue
        if not line_is_free(draft.state, delivery):
            continue
        draft.put_delivery(
            replace(
                delivery,
                status=DeliveryStatus.SENDING,
                attempts=delivery.attempts + 1,
                claimed_at=delivery.claimed_at or draft.now,
                outdated=False,
            )
        )


def delivered(draft: Draft, done: Delivered) -> None:
    delivery = draft.state.outbox.get(done.id)
    if delivery is None:
        return
    draft.drop([done.id])
    know_call(draft, done.sid)
    hidden = secrecy.is_about_secret(draft.state, delivery.body)
    if delivery.lane in (Lane.ALARM, Lane.CHAT, Lane.MEDIA) and not hidden:
        chats.works(draft, delivery.target)
    match delivery.body:
        case AlertBody(incident_id=i):
            alert_arrived(draft, i, delivery, done.message_id)
        case PanelBody():
            panel_arrived(draft, delivery, done.message_id)
        case AlertEditBody() | PanelEditBody():
            messages.once_more(draft, delivery)
        case WordsBody(words=words) if "prompt" in words.args:
            pin_entry.keypad_arrived(draft, words.args["prompt"], delivery.target, done.message_id)
        case WordsBody(words=words) if words.notice is Notice.DOORBELL:
            ring = str(words.args.get("ring"))
            doorbell.arrived(draft, ring, delivery.target, done.message_id)
        case WordsBody(words=words) if words.notice is Notice.ENTRY_DELAY:
            messages.entry_arrived(draft, delivery, done.message_id)
        case ScreenBody():
            screens.arrived(draft, delivery, done.message_id)
        case BlinkArmBody(network_id=network, armed=armed):
            blink_arm.read_back(draft, network, armed=armed)
        case BlinkMotionBody(camera_id=camera, enabled=enabled):
            privacy.read_back(draft, camera, enabled=enabled)


def alert_arrived(draft: Draft, incident_id: str, delivery: Delivery, message_id: int) -> None:
    incident = draft.state.incidents.get(incident_id)
    if incident is None:
        return
    older = incident.copies.get(delivery.target)
    if older is not None:
        messages.retire_copy(draft, incident_id, delivery.target, older)
    copies = {**incident.copies, delivery.target: message_id}
    told_after = incident.told_after
    if told_after is None:
        told_after = draft.now - incident.opened_at
    draft.put_incident(replace(incident, copies=copies, told_after=told_after))
    escalation.put_wave(draft, incident_id, lambda wave: replace(wave, told=True))
    late = round((draft.now - delivery.created_at).total_seconds(), 1)
    draft.note("incident", id=incident_id, what="alert arrived", seconds=late)
    if delivery.outdated:
        messages.edit_copy(draft, incident_id, delivery.target)


def panel_arrived(draft: Draft, delivery: Delivery, message_id: int) -> None:
    older = draft.state.panel_messages.get(delivery.target)
    if older is not None:
        messages.retire_panel_message(draft, delivery.target, older)
    panel_messages = {**draft.state.panel_messages, delivery.target: message_id}
    if draft.state.armed:
        draft.set(panel_messages=panel_messages)
    if delivery.outdated:
        messages.edit_panel_message(draft, delivery.target, message_id)


def failed(draft: Draft, failure: DeliveryFailed) -> None:
    delivery = draft.state.outbox.get(failure.id)
    if delivery is None:
        return
    delivery = replace(delivery, repeat=delivery.repeat or failure.uncertain)
    if failure.new_target not in ("", delivery.target):
        chats.moved(draft, delivery, failure.new_target)
    elif not wanted(draft.state, delivery):
        draft.drop([delivery.id])
    elif given_up_on(delivery, failure):
        draft.drop([delivery.id])
        given_up(draft, delivery, failure.reason, permanent=failure.permanent)
    elif delivery.status is not DeliveryStatus.PLACED:
        wait = retry_wait(delivery, failure.retry_after)
        next_try = draft.now + timedelta(seconds=wait)
        draft.put_delivery(replace(delivery, status=DeliveryStatus.PENDING, next_try=next_try))
        if isinstance(delivery.body, CallBody):
            escalation.write_note(draft, delivery.body.incident_id, f"trying: {failure.reason}")


def given_up_on(delivery: Delivery, failure: DeliveryFailed) -> bool:
    """Tell whether another try is useless, or worse: what may have arrived and is said once."""
    if isinstance(delivery.body, BlinkArmBody | BlinkLookBody | BlinkMotionBody):
        # Blink is asked for ever: the house has to be watched.
        return False
    return failure.permanent or (failure.uncertain and at_most_once(delivery))


def at_most_once(delivery: Delivery) -> bool:
    """Tell whether saying it twice is worse than not at all: chatter, and that all is over."""
    body = delivery.body
    return isinstance(body, OverCallBody) or (
        isinstance(body, WordsBody) and delivery.lane is Lane.CHAT
    )


def retry_wait(delivery: Delivery, retry_after: float | None) -> float:
    """Return seconds to wait: doubling with jitter, never less than the other side asked."""
    most = MAX_RETRY.get(delivery.lane, MAX_RETRY_OTHER)
    if isinstance(delivery.body, BlinkLookBody | BlinkMotionBody):
        most = MAX_RETRY_CAMERA
    # Years of retries must not overflow a float.
    doublings = min(max(delivery.attempts - 1, 0), 16)
    wait = min(FIRST_RETRY * 2.0**doublings, most)
    # Jitter from the name keeps this function pure and still spreads the tries.
    jitter = zlib.crc32(f"{delivery.id}/{delivery.attempts}".encode()) % 1000 / 1000
    return max(wait * (0.75 + jitter / 2), retry_after or 0.0)


def given_up(draft: Draft, delivery: Delivery, reason: str, *, permanent: bool) -> None:
    """Journal it, and let what depended on it go on another way."""
    kind = type(delivery.body).__name__.removesuffix("Body")
    hidden = secrecy.is_about_secret(draft.state, delivery.body)
    sort = "secret" if hidden else "journal"
    draft.note(sort, what="delivery given up", delivery=kind, reason=reason)
    match delivery.body:
        case CallBody(incident_id=i):
            incident = draft.state.incidents.get(i)
            if incident and incident.wave and incident.wave.call_id == delivery.id:
                call_results.call_refused(draft, delivery, i, reason)
        case TrialBody():
            trial.refused(draft, delivery, reason)
        case DeleteBody(secret=True):
            draft.tell(int(delivery.target), say(Notice.PIN_NOT_DELETED), expires=NEWS_LIFE)
        case PinScreenBody() if permanent:
            screens.not_pinned(draft, delivery, reason)
        case AlertBody() | WordsBody() | PanelBody() | ScreenBody() if permanent and not hidden:
            # An edit or a picture may fail for its own reasons; a new message tells of the chat.
            chats.lost(draft, delivery.target, reason)


def call_progress(draft: Draft, progress: CallProgress) -> None:
    delivery = draft.state.outbox.get(progress.id)
    if delivery is None or not isinstance(delivery.body, CallBody | TrialBody):
        return
    body, report = delivery.body, progress.report
    know_call(draft, report.sid)
    if not wanted(draft.state, delivery):
        drop_unwanted_call(draft, delivery, report)
        return
    placed = not report.status.over and delivery.provider_id != report.sid
    if report.status.over:
        draft.drop([delivery.id])
    elif placed:
        draft.put_delivery(replace(delivery, status=DeliveryStatus.PLACED, provider_id=report.sid))
    if isinstance(body, TrialBody):
        trial.seen(draft, report)
        return
    if placed:
        call_results.call_placed(draft, body.incident_id)
    call_results.call_seen(draft, body, delivery.target, report)


def know_call(draft: Draft, sid: str) -> None:
    """Note that Twilio placed this call, so that it is not taken for the one of another step."""
    known = draft.state.known_calls
    if sid and sid not in known:
        draft.set(known_calls=(*known, sid)[-KEPT_CALLS:])


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
    again = 0
    for delivery in draft.state.outbox.values():
        if delivery.status is not DeliveryStatus.SENDING:
            continue
        if not wanted(draft.state, delivery):
            draft.drop([delivery.id])
        elif at_most_once(delivery):
            draft.drop([delivery.id])
            given_up(draft, delivery, "interrupted", permanent=False)
        else:
            again += not secrecy.is_about_secret(draft.state, delivery.body)
            draft.put_delivery(
                replace(delivery, status=DeliveryStatus.PENDING, repeat=True, next_try=draft.now)
            )
    return again
