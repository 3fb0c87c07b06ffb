"""Which pictures and clips follow an alert: soon enough to judge by, never a flood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from alarm.core.commands import MorePictures
from alarm.core.deliveries import Lane, MediaBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident
from alarm.core.messages import refresh_copies
from alarm.core.notices import Notice

AT_ONCE = 6
ONE_PER_CAMERA = timedelta(minutes=1)
MEDIA_LIFE = timedelta(hours=6)


def show_new(
    draft: Draft, incident_id: str, events: Sequence[MotionEvent], *, at_once: int = AT_ONCE
) -> None:
    """Give out what the bounds allow of the newest events of an incident.

    The first six go at once, later ones once per camera and minute; the rest waits for a button,
    and so does what a chat could not take yet.
    """
    incident = draft.state.incidents[incident_id]
    given: list[MotionEvent] = []
    shown_at = dict(incident.shown_at)
    number = incident.event_count - len(events)
    full = waiting(draft, incident_id) >= AT_ONCE
    for event in events:
        number += 1
        last = shown_at.get(event.camera_id)
        now_and_then = not full and (last is None or draft.now - last >= ONE_PER_CAMERA)
        if number <= at_once or now_and_then:
            given.append(event)
            shown_at[event.camera_id] = draft.now
    if given:
        draft.put_incident(replace(incident, shown_at=shown_at))
        give(draft, incident_id, given)


def waiting(draft: Draft, incident_id: str) -> int:
    """Count the events of the incident whose pictures did not leave yet."""
    return len(
        {
            d.body.event_key
            for d in draft.state.outbox.values()
            if isinstance(d.body, MediaBody) and d.body.incident_id == incident_id
        }
    )


def more(draft: Draft, command: MorePictures) -> None:
    """Give out the next six that were held back, because a person asked."""
    incident = draft.state.incidents.get(command.incident_id)
    held = held_back(incident) if incident else []
    if held:
        give(draft, command.incident_id, held[:AT_ONCE])
        # The button counts what is still held back.
        refresh_copies(draft, command.incident_id)
    else:
        draft.tell(command.actor.chat_id, say(Notice.NOTHING_TO_DO))


def held_back(incident: Incident) -> list[MotionEvent]:
    return [e for e in incident.events if e.key not in incident.shown]


def give(draft: Draft, incident_id: str, events: Sequence[MotionEvent]) -> None:
    for event in events:
        for chat_id in draft.household():
            body = MediaBody(incident_id, event.key)
            draft.send(Lane.MEDIA, str(chat_id), body, expires=MEDIA_LIFE)
    incident = draft.state.incidents[incident_id]
    # Only events that are still kept can be asked for, so only those need remembering.
    kept = {event.key for event in incident.events}
    shown = (incident.shown | {event.key for event in events}) & kept
    draft.put_incident(replace(incident, shown=shown))
