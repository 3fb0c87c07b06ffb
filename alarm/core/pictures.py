"""Which pictures and clips follow an alert: soon enough to judge by, never a flood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import Lane, MediaBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident
from alarm.core.inputs import MorePictures
from alarm.core.notices import Notice

AT_ONCE = 6
ONE_PER_CAMERA = timedelta(minutes=1)
MEDIA_LIFE = timedelta(hours=6)


def show_new(draft: Draft, incident_id: str) -> None:
    """Give out what the bounds allow: the first six events, then one per camera a minute."""
    incident = draft.state.incidents[incident_id]
    given: list[MotionEvent] = []
    shown_at = dict(incident.shown_at)
    for event in held_back(incident):
        last = shown_at.get(event.camera_id)
        early = len(incident.shown) + len(given) < AT_ONCE
        if early or last is None or draft.now - last >= ONE_PER_CAMERA:
            given.append(event)
            shown_at[event.camera_id] = draft.now
    give(draft, incident, given)
    if given:
        incident = draft.state.incidents[incident_id]
        draft.put_incident(replace(incident, shown_at=shown_at))


def more(draft: Draft, command: MorePictures) -> None:
    """Give out the next six that were held back, because a person asked."""
    incident = draft.state.incidents.get(command.incident_id)
    waiting = held_back(incident) if incident else []
    if incident is None or not waiting:
        draft.tell(command.actor.chat_id, say(Notice.NOTHING_TO_DO))
        return
    give(draft, incident, waiting[:AT_ONCE])


def held_back(incident: Incident) -> list[MotionEvent]:
    return [e for e in incident.events if e.key not in incident.shown]


def give(draft: Draft, incident: Incident, events: Iterable[MotionEvent]) -> None:
    shown = set(incident.shown)
    for event in events:
        shown.add(event.key)
        for chat_id in draft.household():
            body = MediaBody(incident.id, event.key)
            draft.send(Lane.MEDIA, str(chat_id), body, expires=MEDIA_LIFE)
    if shown != incident.shown:
        draft.put_incident(replace(incident, shown=frozenset(shown)))
