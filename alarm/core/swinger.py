"""Swinger shutdown: a camera that is alone behind one alarm after another is left out (CP-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import bypass, watching
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, Verdict
from alarm.core.left_out import Bypass, BypassKind, Trip
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import Area

WITHIN = timedelta(hours=8)
QUIET = timedelta(hours=8)
# Why a camera counts again: nothing else could raise the alarm.
LAST = "last"


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
    if area is None or not limit or area.panel is PanelState.DISARMED:
        # A disarm restores what is left out: nothing is left out past one.
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
        name = (
            draft.state.cameras[camera_id].name if camera_id in draft.state.cameras else camera_id
        )
        words = say(Notice.SWINGER, camera=name, camera_id=camera_id, count=count, area=area.name)
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what="swinger", camera=name, count=count)
        refresh_panel_messages(draft)


def others_watch(draft: Draft, area: Area, camera_id: str) -> bool:
    """Tell whether the area could still raise the alarm without this camera."""
    there = watching.not_left_out(area, watching.able(draft.state, area))
    others = [camera for camera in there if camera.id != camera_id]
    return watching.enough(draft.state.settings, area.mode, others)


def settle(draft: Draft) -> None:
    """Let cameras that the alarm left out count again where nothing could ring without them.

    Looked at after everything that happens: an arming, another mode, a changed setting and a
    camera that fails may each leave a house with nothing but the one that is left out.
    """
    settings = draft.state.settings
    for area in draft.state.areas.values():
        if area.panel is PanelState.DISARMED:
            continue
        able = list(watching.able(draft.state, area))
        mine = [found for camera in able if (found := swinging(area, camera.id)) is not None]
        left = watching.not_left_out(area, iter(able))
        if not mine or watching.enough(settings, area.mode, left):
            continue
        restored = {found.camera_id for found in mine}
        with_mine = [*left, *(camera for camera in able if camera.id in restored)]
        if not watching.enough(settings, area.mode, with_mine):
            continue
        for found in mine:
            bypass.end(draft, draft.state.areas[area.network_id], found, draft.blink_now)
            name = bypass.camera_name(draft, found.camera_id)
            words = say(Notice.COUNTS_AGAIN, camera=name, why=LAST, mode=area.mode.value)
            draft.tell_household(words, lane=Lane.ALARM)
            draft.note("journal", what="bypass over", camera=name)
        refresh_panel_messages(draft)


def swinging(area: Area, camera_id: str) -> Bypass | None:
    """Return what leaves a camera out now, if the alarm itself did."""
    found = bypass.running(area, camera_id)
    return found if found is not None and found.kind is BypassKind.SWINGER else None
