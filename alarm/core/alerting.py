"""The beginning of an incident or of its next wave: the alert to every chat, then the plan."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import escalation, pictures, secrecy
from alarm.core.deliveries import AlertBody, DeliveryStatus, Lane
from alarm.core.draft import Draft
from alarm.core.incident import Incident


def start(draft: Draft, incident: Incident, *, with_calls: bool) -> None:
    """Send the alert and begin the first wave; a drill without calls has none."""
    wave = escalation.first_wave(draft, incident.mode) if with_calls else None
    draft.put_incident(replace(incident, wave=wave))
    send_alerts(draft, incident.id)
    pictures.show_new(draft, incident.id, incident.events)
    draft.note(
        "incident",
        id=incident.id,
        what="opened",
        sort=incident.kind.value,
        area=incident.area_name,
        count=incident.event_count,
        late=incident.late.total_seconds(),
    )


def send_alerts(draft: Draft, incident_id: str) -> None:
    """Send the alert to every chat that does not wait for it already."""
    body, incident = AlertBody(incident_id), draft.state.incidents[incident_id]
    waiting = {
        d.target
        for d in draft.state.outbox.values()
        if d.body == body and d.status is DeliveryStatus.PENDING
    }
    for chat_id in draft.household():
        if str(chat_id) not in waiting and secrecy.shown(incident, chat_id):
            draft.send(Lane.ALARM, str(chat_id), body)
