"""The escalation plan: from the chat alert to the phones, in cycles, and slowly on after them.

A wave is one run of the plan. Its phases and deadlines are state, so a restart continues them:
an overdue deadline fires once and the next one counts from now, so that steps never burst.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import rounds
from alarm.core.contact import Contact
from alarm.core.deliveries import CallBody, Delivery, DeliveryStatus, HangUpBody, Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import CallNote, Incident, IncidentKind, IncidentStatus, Phase, Wave
from alarm.core.messages import refresh_copies
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.state import State

# With no chat copy confirmed after this long, the calls start without waiting for one.
CHAT_CONFIRM = timedelta(seconds=10)
# A call step that brought no result at all by then is given up for the next one.
CALL_LIFE = timedelta(minutes=15)
HANG_UP_LIFE = timedelta(minutes=10)
MAX_CALLS_PER_INCIDENT = 20
MAX_CALLS_PER_DAY = 60
REMIND_EVERY = timedelta(minutes=10)
ROUND_EVERY, ROUNDS_OFTEN = timedelta(minutes=30), timedelta(hours=3)
ROUND_LATER, ROUNDS_END = timedelta(hours=6), timedelta(hours=24)
KEPT_NOTES = 8
# The note of a call that somebody took.
ANSWERED = "answered"


def first_wave(draft: Draft, mode: Mode) -> Wave:
    deadline = draft.now + draft.state.settings.abort_window(mode)
    return Wave(draft.now, Phase.ABORT_WINDOW, deadline)


def tick(draft: Draft) -> None:
    for incident in draft.state.incidents.values():
        if incident.status is IncidentStatus.OPEN and incident.wave is not None:
            step(draft, incident, incident.wave)


def step(draft: Draft, incident: Incident, wave: Wave) -> None:
    """Do what is due in this phase; nothing before its deadline."""
    waited = draft.now - wave.started_at
    unheard = not wave.told and waited >= CHAT_CONFIRM and bool(draft.state.contacts)
    due = draft.now >= wave.deadline
    match wave.phase:
        case Phase.ABORT_WINDOW if due or (unheard and wave.with_calls):
            begin_round(draft, incident.id)
        case Phase.CALLING if due or wave.call_id not in draft.state.outbox:
            give_up_call(draft, incident.id, wave)
            call_next(draft, incident.id, wave.position + 1)
        case Phase.LISTENING if due:
            call_next(draft, incident.id, wave.position + 1)
        case Phase.PAUSE if due:
            begin_round(draft, incident.id)
        case Phase.SLOW:
            go_on_slowly(draft, incident, wave)


def begin_round(draft: Draft, incident_id: str) -> None:
    """Settle once who is called in this round and in which order, and call the first."""
    put_wave(
        draft, incident_id, lambda w: replace(w, order=rounds.new_round(draft.state, w, draft.now))
    )
    call_next(draft, incident_id, 0)


def call_next(draft: Draft, incident_id: str, position: int) -> None:
    """Call the contact at `position` or the next one that may be called; else end the round."""
    incident = draft.state.incidents[incident_id]
    wave = incident.wave
    if wave is None:
        return
    order = rounds.order_of(draft.state, wave)
    found = rounds.next_call(draft.state, wave, order, position) if wave.with_calls else None
    if found is None:
        end_round(draft, incident_id)
    elif incident.calls_made >= MAX_CALLS_PER_INCIDENT or day_used_up(draft):
        say_calls_used_up(draft, incident, wave)
        end_round(draft, incident_id)
    else:
        place_call(draft, incident, found[1], found[0])


def calls_left(state: State, now: datetime) -> int:
    """Return how many calls the last 24 hours leave."""
    day_ago = now - timedelta(days=1)
    return max(MAX_CALLS_PER_DAY - sum(at > day_ago for at in state.calls_at), 0)


def day_used_up(draft: Draft) -> bool:
    return not calls_left(draft.state, draft.now)


def count_call(draft: Draft) -> None:
    """Count one more call of today."""
    day_ago = draft.now - timedelta(days=1)
    recent = tuple(at for at in draft.state.calls_at if at > day_ago)
    draft.set(calls_at=(*recent, draft.now))


def uncount_of_day(draft: Draft, delivery: Delivery) -> None:
    """Take back the count of a call that certainly never left: Twilio refused the order."""
    days = list(draft.state.calls_at)
    if delivery.created_at in days:
        days.remove(delivery.created_at)
    draft.set(calls_at=tuple(days))


def uncount_call(draft: Draft, incident_id: str, delivery: Delivery) -> None:
    uncount_of_day(draft, delivery)
    incident = draft.state.incidents[incident_id]
    draft.put_incident(replace(incident, calls_made=max(incident.calls_made - 1, 0)))


def say_calls_used_up(draft: Draft, incident: Incident, wave: Wave) -> None:
    """Say once in a wave that no phone rings for now; a day's calls come back with time."""
    for_good = incident.calls_made >= MAX_CALLS_PER_INCIDENT
    put_wave(
        draft,
        incident.id,
        lambda w: replace(w, with_calls=w.with_calls and not for_good, limit_told=True),
    )
    if not wave.limit_told:
        words = say(Notice.CALLS_USED_UP, incident=incident.id, calls=incident.calls_made)
        draft.tell_household(words, lane=Lane.ALARM)


def place_call(draft: Draft, incident: Incident, contact: Contact, position: int) -> None:
    body = CallBody(incident.id, contact.id)
    delivery = draft.send(Lane.PHONE, contact.number, body, expires=CALL_LIFE)
    count_call(draft)
    draft.put_incident(
        replace(
            incident,
            calls=(*incident.calls, CallNote(contact.name, "calling"))[-KEPT_NOTES:],
            calls_made=incident.calls_made + 1,
        )
    )
    put_wave(
        draft,
        incident.id,
        lambda w: replace(
            w,
            phase=Phase.CALLING,
            position=position,
            call_id=delivery.id,
            deadline=draft.now + CALL_LIFE,
        ),
    )
    refresh_copies(draft, incident.id)
    draft.note("incident", id=incident.id, what="call", contact=contact.name)


def give_up_call(draft: Draft, incident_id: str, wave: Wave) -> None:
    delivery = draft.state.outbox.get(wave.call_id)
    if delivery is not None:
        if delivery.provider_id:
            body = HangUpBody(delivery.provider_id)
            draft.send(Lane.PHONE, delivery.target, body, expires=HANG_UP_LIFE)
        if delivery.status is not DeliveryStatus.SENDING:
            # One that Twilio may just have taken stays until that is known, and is hung up then.
            draft.drop([delivery.id])
    # What still comes of it must move no wave that went on without it.
    put_wave(draft, incident_id, lambda w: replace(w, call_id=""))
    write_note(draft, incident_id, "no result")


def leave_out_gone(draft: Draft) -> None:
    """Call the next one where the contact that is called is on the list no more."""
    known = {contact.id for contact in draft.state.contacts}
    for incident in draft.state.incidents.values():
        wave = incident.wave
        if wave is None or wave.phase is not Phase.CALLING:
            continue
        call = draft.state.outbox.get(wave.call_id)
        if call and isinstance(call.body, CallBody) and call.body.contact_id not in known:
            give_up_call(draft, incident.id, wave)
            call_next(draft, incident.id, wave.position + 1)


def end_round(draft: Draft, incident_id: str) -> None:
    """After the last contact: pause for the next cycle, or the plan is used up."""
    incident = draft.state.incidents[incident_id]
    wave, plan = incident.wave, draft.state.settings.plan
    if wave is None:
        return
    last = wave.exhausted_at is not None or wave.cycle >= plan.cycles
    missing = rounds.left_out(draft.state, wave, draft.now) if last and wave.with_calls else ()
    if incident.kind is IncidentKind.DRILL:
        draft.put_incident(replace(incident, wave=None))
        refresh_copies(draft, incident_id)
    elif missing:
        # Nobody is left out in the end: neither for quiet hours nor because they came meanwhile.
        order = rounds.order_of(draft.state, wave)
        put_wave(draft, incident_id, lambda w: replace(w, order=(*order, *missing)))
        call_next(draft, incident_id, len(order))
    elif wave.exhausted_at is not None:
        put_wave(
            draft,
            incident_id,
            lambda w: replace(w, phase=Phase.SLOW, deadline=draft.now + REMIND_EVERY),
        )
    elif not last and wave.with_calls and draft.state.contacts:
        deadline = draft.now + plan.pause
        put_wave(
            draft,
            incident_id,
            lambda w: replace(w, phase=Phase.PAUSE, cycle=w.cycle + 1, deadline=deadline),
        )
    else:
        put_wave(
            draft,
            incident_id,
            lambda w: replace(
                w,
                phase=Phase.SLOW,
                exhausted_at=draft.now,
                deadline=draft.now + REMIND_EVERY,
                next_round=draft.now + ROUND_EVERY,
            ),
        )
        words = say(Notice.EXHAUSTED, incident=incident_id, phones=len(draft.state.contacts))
        draft.tell_household(words, lane=Lane.ALARM)
        refresh_copies(draft, incident_id)
        draft.note("incident", id=incident_id, what="nobody reacted")


def go_on_slowly(draft: Draft, incident: Incident, wave: Wave) -> None:
    """Remind in chat and start a call round now and then, until a person acts."""
    if wave.exhausted_at is None:
        return
    age = draft.now - wave.exhausted_at
    if draft.now >= wave.deadline:
        put_wave(draft, incident.id, lambda w: replace(w, deadline=draft.now + REMIND_EVERY))
        draft.forget_words(Notice.STILL_OPEN, incident=incident.id)
        words = say(Notice.STILL_OPEN, incident=incident.id)
        draft.tell_household(words, lane=Lane.ALARM)
    if wave.next_round is not None and draft.now >= wave.next_round:
        if age > ROUNDS_END or not wave.with_calls:
            put_wave(draft, incident.id, lambda w: replace(w, next_round=None))
            return
        pace = ROUND_EVERY if age < ROUNDS_OFTEN else ROUND_LATER
        put_wave(draft, incident.id, lambda w: replace(w, next_round=draft.now + pace))
        begin_round(draft, incident.id)


def put_wave(draft: Draft, incident_id: str, change: Callable[[Wave], Wave]) -> None:
    incident = draft.state.incidents[incident_id]
    if incident.wave is not None:
        draft.put_incident(replace(incident, wave=change(incident.wave)))


def write_note(draft: Draft, incident_id: str, outcome: str) -> None:
    """Note what the latest call came to, and show it in the alert."""
    incident = draft.state.incidents[incident_id]
    if incident.calls and incident.calls[-1].outcome != outcome:
        last = replace(incident.calls[-1], outcome=outcome)
        draft.put_incident(replace(incident, calls=(*incident.calls[:-1], last)))
        refresh_copies(draft, incident_id)
