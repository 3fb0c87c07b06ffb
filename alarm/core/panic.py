"""The panic alarm: a person raises it by hand, armed or not, and the phones ring at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import alerting, closing, drill, trial
from alarm.core.commands import Panic
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Phase, Verdict, Wave
from alarm.core.notices import Notice
from alarm.core.settings import Mode

# A second tap later than this may be meant for something else: it is asked anew.
VALID = timedelta(seconds=60)
# The question is dated in whole seconds, by a clock that may have been set a little since.
AHEAD = timedelta(seconds=5)


def unclosed(draft: Draft) -> list[Incident]:
    return drill.unclosed(draft, IncidentKind.PANIC)


def raise_alarm(draft: Draft, command: Panic) -> None:
    """Raise the alarm, or make the one that is open ring at once; an old question is asked anew."""
    actor, age = command.actor, draft.now - command.asked_at
    if not -AHEAD <= age <= VALID:
        draft.tell(actor.chat_id, say(Notice.PANIC_ASK))
        return
    going_on = [*drill.unclosed(draft, IncidentKind.BURGLARY), *unclosed(draft)]
    draft.note("journal", what="panic", by=actor.name)
    if not going_on:
        open_panic(draft, command)
        return
    incident = max(going_on, key=lambda i: (i.opened_at, i.id))
    rung = incident.panic_at
    if rung is None or command.asked_at > rung or incident.status is not IncidentStatus.OPEN:
        # Else it is the same tap once more, or one of two people at the same time.
        ring_at_once(draft, incident, command)


def open_panic(draft: Draft, command: Panic) -> None:
    trial.give_way(draft)
    for drilled in drill.running(draft):
        # It must neither keep the phones busy nor be taken for the real thing.
        closing.close(draft, drilled, "", Verdict.TEST)
    incident = Incident(
        id=draft.next_incident_id(),
        kind=IncidentKind.PANIC,
        network_id="",
        area_name="",
        mode=Mode.AWAY,
        opened_at=draft.now,
        opened_by=command.actor.name,
        panic_by=command.actor.name,
        panic_at=draft.now,
        wave=wave_at_once(draft, None),
    )
    draft.put_incident(incident)
    alerting.send_alerts(draft, incident.id)
    draft.note("incident", id=incident.id, what="opened", sort=incident.kind.value)


def ring_at_once(draft: Draft, incident: Incident, command: Panic) -> None:
    """Begin a new wave of the alarm that is open; a call that rings is its first."""
    draft.put_incident(
        replace(
            incident,
            status=IncidentStatus.OPEN,
            acknowledged_at=None,
            panic_by=command.actor.name,
            panic_at=draft.now,
            wave=wave_at_once(draft, incident.wave),
            waves=incident.waves + 1,
        )
    )
    alerting.send_alerts(draft, incident.id)
    draft.note("incident", id=incident.id, what="new wave", count=incident.event_count)


def wave_at_once(draft: Draft, before: Wave | None) -> Wave:
    """Return a wave without abort window."""
    wave = Wave(draft.now, Phase.ABORT_WINDOW, draft.now)
    if before is None or before.phase is not Phase.CALLING:
        return wave
    return replace(
        wave,
        phase=Phase.CALLING,
        deadline=before.deadline,
        order=before.order,
        position=before.position,
        call_id=before.call_id,
    )
