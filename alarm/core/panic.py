"""The panic alarm: a person raises it by hand, armed or not, and the phones ring at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import alerting, drill, trial
from alarm.core.commands import Panic
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Phase, Wave
from alarm.core.notices import Notice
from alarm.core.settings import Mode
from alarm.core.state import State

# A second tap later than this may be meant for something else: it is asked anew.
VALID = timedelta(seconds=60)
# The question is dated in whole seconds, by a clock that may have been set a little since.
AHEAD = timedelta(seconds=5)


def unclosed(draft: Draft) -> list[Incident]:
    return drill.unclosed(draft, IncidentKind.PANIC)


def raise_alarm(draft: Draft, command: Panic) -> None:
    """Raise the alarm, or make the one that is open ring at once; an old question is asked anew."""
    actor = command.actor
    if is_old(draft.state, command.asked_at, draft.now):
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


def is_old(state: State, asked_at: datetime, now: datetime) -> bool:
    """Tell whether a question is to be asked anew, late or after the alarm that it led to."""
    if not -AHEAD <= now - asked_at <= VALID:
        return True
    ends = [
        i.acted_at
        for i in state.incidents.values()
        if i.panic_at is not None and i.status is IncidentStatus.CLOSED and i.acted_at is not None
    ]
    return any(end > asked_at for end in ends)


def open_panic(draft: Draft, command: Panic) -> None:
    trial.give_way(draft)
    drill.give_way(draft)
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
