"""Cameras left out: until the next disarm, for a time, or for having cried wolf alone.

Since when and until when is kept in Blink's clock, so that each event is judged at its own time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.camera_names import called
from alarm.core.commands import CountAgain, LeaveOut
from alarm.core.deliveries import Lane, Words, say
from alarm.core.draft import Draft
from alarm.core.events import Camera, MotionEvent
from alarm.core.left_out import Bypass, BypassKind
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.state import Area

# An event older than this is never judged any more.
KEPT = timedelta(days=7)


def running(area: Area, camera_id: str) -> Bypass | None:
    """Return what leaves a camera out now."""
    return next((b for b in area.bypasses if b.camera_id == camera_id and b.until is None), None)


def covers(area: Area, event: MotionEvent, skew: timedelta) -> bool:
    """Tell whether the camera was left out at the event's own time, bounds in whole seconds."""
    return any(
        bypass.since.replace(microsecond=0) <= event.created_at
        and not over_at(bypass, event.created_at, skew)
        for bypass in area.bypasses
        if bypass.camera_id == event.camera_id
    )


def over_at(bypass: Bypass, at: datetime, skew: timedelta) -> bool:
    """Tell whether it had ended then; a deadline counts although no tick has seen it yet."""
    until = bypass.until
    if until is None:
        until = None if bypass.deadline is None else bypass.deadline + skew
    return until is not None and at >= until.replace(microsecond=0)


# -- what people do --------------------------------------------------------------------------------


def leave_out(draft: Draft, command: LeaveOut) -> None:
    """Leave a camera out from now on; one that is left out already changes for how long."""
    camera = draft.state.cameras.get(command.camera_id)
    area = None if camera is None else draft.state.areas.get(camera.network_id)
    actor = command.actor
    if camera is None or area is None:
        draft.tell(actor.chat_id, say(Notice.CAMERA_GONE))
        return
    deadline = None if command.duration is None else draft.now + command.duration
    begin(
        draft,
        area,
        Bypass(
            camera.id,
            BypassKind.UNTIL_DISARM if deadline is None else BypassKind.TIMED,
            draft.blink_now,
            by=actor.name,
            deadline=deadline,
        ),
    )
    seconds = None if command.duration is None else command.duration.total_seconds()
    name = called(camera, draft.state)
    until = None if deadline is None else deadline.isoformat()
    words = say(Notice.LEFT_OUT, camera=name, by=actor.name, seconds=seconds, until=until)
    tell(draft, words, actor.chat_id)
    draft.note("journal", what="bypass", camera=name, by=actor.name, until=until)


def count_again(draft: Draft, command: CountAgain) -> None:
    """End what leaves a camera out, and forget the alarms that it was alone behind."""
    actor, names = command.actor, []
    for area in draft.state.areas.values():
        for found in area.bypasses:
            camera_id = found.camera_id
            if found.until is not None or command.camera_id not in (None, camera_id):
                continue
            current = draft.state.areas[area.network_id]
            trips = tuple(t for t in current.trips if t.camera_id != camera_id)
            end(draft, replace(current, trips=trips), found, draft.blink_now)
            names.append(camera_name(draft, camera_id))
    if not names:
        name = camera_name(draft, command.camera_id) if command.camera_id else None
        draft.tell(actor.chat_id, say(Notice.NOT_LEFT_OUT, camera=name))
        return
    name = ", ".join(sorted(names))
    tell(draft, say(Notice.COUNTS_AGAIN, camera=name, by=actor.name), actor.chat_id)
    draft.note("journal", what="bypass ended", camera=name, by=actor.name)


def tell(draft: Draft, words: Words, chat_id: int) -> None:
    """Answer a person, and let the household hear it silently."""
    draft.tell(chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=chat_id, silent=True)
    refresh_panel_messages(draft)


# -- beginning and ending --------------------------------------------------------------------------


def begin(draft: Draft, area: Area, bypass: Bypass) -> None:
    """Note a bypass; it takes the place of a running one and keeps since when that was."""
    before = running(area, bypass.camera_id)
    if before is not None:
        bypass = replace(bypass, since=before.since)
    oldest = draft.blink_now - KEPT
    others = tuple(
        b for b in area.bypasses if b is not before and (b.until is None or b.until > oldest)
    )
    draft.put_area(replace(area, bypasses=(*others, bypass)))


def end(draft: Draft, area: Area, bypass: Bypass, at: datetime) -> None:
    ended = tuple(replace(b, until=at) if b is bypass else b for b in area.bypasses)
    draft.put_area(replace(area, bypasses=ended))


def disarmed(draft: Draft, area: Area) -> tuple[str, ...]:
    """End what a disarm ends; return the names of the cameras that count again."""
    names = []
    for bypass in area.bypasses:
        if bypass.until is None and bypass.kind is not BypassKind.TIMED:
            end(draft, draft.state.areas[area.network_id], bypass, draft.blink_now)
            names.append(camera_name(draft, bypass.camera_id))
    return tuple(names)


def moved(draft: Draft, event: MotionEvent, quiet: timedelta) -> None:
    """Let a camera that cried wolf be quiet anew from this event on."""
    area = draft.state.areas[event.network_id]
    found = running(area, event.camera_id)
    if found is None or found.kind is not BypassKind.SWINGER or found.deadline is None:
        return
    if over_at(found, event.created_at, draft.skew):
        # No tick has ended it yet, as after a downtime: it must not come to life again.
        return
    deadline = max(found.deadline, event.created_at - draft.skew + quiet)
    later = tuple(replace(b, deadline=deadline) if b is found else b for b in area.bypasses)
    draft.put_area(replace(area, bypasses=later))


def tick(draft: Draft) -> None:
    """End what was for a time, and say so."""
    for area in draft.state.areas.values():
        for bypass in area.bypasses:
            deadline = bypass.deadline
            if bypass.until is not None or deadline is None or deadline > draft.now:
                continue
            current = draft.state.areas[area.network_id]
            end(draft, current, bypass, deadline + draft.skew)
            name = camera_name(draft, bypass.camera_id)
            words = say(Notice.COUNTS_AGAIN, camera=name, why=bypass.kind.value)
            draft.tell_household(words, silent=True)
            draft.note("journal", what="bypass over", camera=name)
            refresh_panel_messages(draft)


def camera_name(draft: Draft, camera_id: str) -> str:
    camera: Camera | None = draft.state.cameras.get(camera_id)
    return camera_id if camera is None else called(camera, draft.state)
