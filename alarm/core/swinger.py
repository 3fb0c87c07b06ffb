"""Swinger shutdown: a camera that is alone behind one alarm after another is left out (CP-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import bypass
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, Verdict
from alarm.core.left_out import Bypass, BypassKind, Trip
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.state import Area

WITHIN = timedelta(hours=8)
QUIET = timedelta(hours=8)


def note_trip(draft: Draft, incident: Incident) -> None:
    """Remember that a camera was alone behind an alarm that nobody judged real."""
    area = draft.state.areas.get(incident.network_id)
    cameras = incident.cameras | {event.camera_id for event in incident.counted}
    real = incident.verdict is Verdict.REAL
    if area is None or incident.kind is not IncidentKind.BURGLARY or real or len(cameras) != 1:
        return
    oldest = draft.blink_now - WITHIN
    recent = tuple(trip for trip in area.trips if trip.at >= oldest)
    trip = Trip(next(iter(cameras)), incident.opened_at + draft.skew)
    draft.put_area(replace(area, trips=(*recent, trip)))


def shut_down(draft: Draft, incident: Incident) -> None:
    """Leave out the camera of an alarm that is over, if it was alone behind too many."""
    limit = draft.state.settings.swinger
    area = draft.state.areas.get(incident.network_id)
    if area is None or not limit:
        return
    oldest = draft.blink_now - WITHIN
    recent = [trip.camera_id for trip in area.trips if trip.at >= oldest]
    for camera_id in dict.fromkeys(recent):
        count = recent.count(camera_id)
        if (
            count < limit
            or bypass.running(area, camera_id)
            or not others_watch(draft, area, camera_id)
        ):
            continue
        left_out = Bypass(
            camera_id, BypassKind.SWINGER, draft.blink_now, deadline=draft.now + QUIET
        )
        bypass.begin(draft, draft.state.areas[area.network_id], left_out)
        name = bypass.camera_name(draft, camera_id)
        words = say(Notice.SWINGER, camera=name, camera_id=camera_id, count=count, area=area.name)
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what="swinger", camera=name, count=count)
        refresh_panel_messages(draft)


def others_watch(draft: Draft, area: Area, camera_id: str) -> bool:
    """Tell whether another camera of the area could still raise the alarm."""
    settings = draft.state.settings
    counting = settings.mode(area.mode).cameras
    return any(
        camera.network_id == area.network_id
        and camera.id != camera_id
        and (camera.online and camera.enabled)
        and (counting is None or camera.id in counting)
        and not settings.never(camera.id)
        and bypass.running(area, camera.id) is None
        for camera in draft.state.cameras.values()
    )
