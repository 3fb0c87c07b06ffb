"""Rings at the door: told with their picture, never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.camera_names import called
from alarm.core.deliveries import DeliveryStatus, Lane, RingPictureBody, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.notices import Notice
from alarm.core.ring import Ring
from alarm.core.settings import PanelState
from alarm.core.state import Area

# Who rang a day ago helps nobody any more.
NEWS_UNTIL = timedelta(days=1)
PICTURE_LIFE = timedelta(hours=1)


def pressed(draft: Draft, area: Area | None, event: MotionEvent) -> None:
    """Tell of a ring, if it is wanted; of several that wait to be told, only the newest."""
    wanted = draft.state.settings.doorbell_always or (
        area is not None and heard(draft, area, event)
    )
    if not wanted or draft.blink_now - event.created_at > NEWS_UNTIL:
        return
    known = draft.state.cameras.get(event.camera_id)
    camera = event.camera_name if known is None else called(known, draft.state)
    at = event.created_at.isoformat()
    overtaken = {
        str(d.body.words.args.get("ring"))
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING
        and isinstance(d.body, WordsBody)
        and d.body.words.notice is Notice.DOORBELL
        and d.body.words.args.get("camera") == camera
    }
    draft.forget_words(Notice.DOORBELL, camera=camera)
    told = [key for key in overtaken if key in draft.state.rings]
    forget(draft, [key for key in told if not draft.state.rings[key].copies])
    draft.set(rings={**draft.state.rings, event.key: Ring(event, draft.now)})
    draft.tell_household(say(Notice.DOORBELL, camera=camera, at=at, ring=event.key), lane=Lane.CHAT)
    if event.thumbnail_path:
        picture = RingPictureBody(event.key)
        for chat in waiting_chats(draft, event.key):
            draft.send(Lane.MEDIA, chat, picture, expires=PICTURE_LIFE)


def heard(draft: Draft, area: Area, event: MotionEvent) -> bool:
    """Tell whether it rang since the area began to be armed, whichever cameras count."""
    if area.panel is PanelState.DISARMED:
        return False
    began = [span.armed_at for span in area.spans if span.until is None]
    if area.changed_at is not None:
        began.append(area.changed_at + draft.skew)
    return bool(began) and event.created_at >= min(began).replace(microsecond=0)


def waiting_chats(draft: Draft, ring: str) -> list[str]:
    return [
        d.target
        for d in draft.state.outbox.values()
        if isinstance(d.body, WordsBody) and d.body.words.args.get("ring") == ring
    ]


def arrived(draft: Draft, ring: str, chat: str, message_id: int) -> None:
    """Note where it was told: the picture follows as a reply."""
    known = draft.state.rings.get(ring)
    if known is not None:
        known = replace(known, copies={**known.copies, chat: message_id})
        draft.set(rings={**draft.state.rings, ring: known})


def forget(draft: Draft, rings: list[str]) -> None:
    if rings:
        draft.set(rings={k: r for k, r in draft.state.rings.items() if k not in rings})


def tick(draft: Draft) -> None:
    """Let go of rings whose picture has come, or never will."""
    forget(draft, [k for k, r in draft.state.rings.items() if draft.now - r.told_at > PICTURE_LIFE])
