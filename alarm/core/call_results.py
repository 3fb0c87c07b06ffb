"""What comes back from the phone: who was reached, and whom the wave calls next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.deliveries import CallBody, Delivery
from alarm.core.draft import Draft
from alarm.core.escalation import ANSWERED, call_next, put_wave, uncount_call, write_note
from alarm.core.incident import Phase, Wave

# A call that Twilio took is over by then, or it is hung up.
PLACED_LIFE = timedelta(minutes=3)
# While Telegram is down, a human who listened this long (seconds) knows.
LISTENED = 15

OUTCOMES = {
    CallStatus.BUSY: "busy",
    CallStatus.NO_ANSWER: "no answer",
    CallStatus.FAILED: "failed",
    CallStatus.CANCELED: "cancelled",
}


def call_placed(draft: Draft, incident_id: str) -> None:
    deadline = draft.now + PLACED_LIFE
    put_wave(draft, incident_id, lambda w: replace(w, deadline=deadline))


def call_seen(draft: Draft, body: CallBody, number: str, report: CallReport) -> None:
    """Take in one look at the wave's call: ringing, talking, or how it ended."""
    incident_id = body.incident_id
    machine = report.answered_by is AnsweredBy.MACHINE
    if not report.status.over:
        talking = report.status is CallStatus.IN_PROGRESS and not machine
        write_note(draft, incident_id, ANSWERED if talking else "ringing")
    elif report.status is not CallStatus.COMPLETED:
        call_failed(draft, incident_id, OUTCOMES[report.status])
    elif machine:
        call_failed(draft, incident_id, "answering machine")
    else:
        call_answered(draft, body, number, report)


def call_failed(draft: Draft, incident_id: str, outcome: str) -> None:
    """Nobody was reached by this call: the next contact is called at once."""
    write_note(draft, incident_id, outcome)
    wave = draft.state.incidents[incident_id].wave
    if wave is not None:
        call_next(draft, incident_id, wave.position + 1)


def call_refused(draft: Draft, delivery: Delivery, incident_id: str, reason: str) -> None:
    """Give up the wave's call; one that cannot have left counts as none."""
    if not delivery.repeat and not delivery.provider_id:
        uncount_call(draft, incident_id, delivery)
    call_failed(draft, incident_id, f"failed: {reason}")


def call_answered(draft: Draft, body: CallBody, number: str, report: CallReport) -> None:
    """Somebody was reached, which is no acknowledgement: wait for one."""
    write_note(draft, body.incident_id, ANSWERED)
    incident = draft.state.incidents[body.incident_id]
    name = next(c.name for c in draft.state.contacts if c.id == body.contact_id)
    reached = tuple(dict.fromkeys((*incident.reached, name)))
    reached_at = {**incident.reached_at, number: draft.now}
    draft.put_incident(replace(incident, reached=reached, reached_at=reached_at))
    deadline = draft.now + draft.state.settings.plan.answered_wait
    heard = report.answered_by is AnsweredBy.HUMAN and report.duration >= LISTENED

    def listening(wave: Wave) -> Wave:
        excluded = wave.excluded | {number} if heard and not wave.told else wave.excluded
        return replace(wave, phase=Phase.LISTENING, deadline=deadline, excluded=excluded)

    put_wave(draft, body.incident_id, listening)
