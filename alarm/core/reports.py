"""Bursts that are reported instead of rung: found too late, or after a person had disarmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import spans
from alarm.core.deliveries import Delivery, DeliveryStatus, Lane, WordsBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.notices import Notice
from alarm.core.rule import QUIET
from alarm.core.state import Area, ArmedSpan, Stretch

# Beyond this a burst is reported in chat only.
RING_UNTIL = timedelta(hours=12)
# After an outage the pages of the clip list come one by one: what they hold is told in one go.
COLLECTED_FOR = timedelta(seconds=10)


def only_reported(draft: Draft, area: Area, span: ArmedSpan, newest: MotionEvent) -> Notice | None:
    """Return how a burst is to be reported, or None where it rings."""
    if draft.blink_now - newest.created_at > RING_UNTIL:
        return Notice.OLD_BURST
    over = spans.period_ended(area, span)
    return Notice.MISSED_BURST if over is not None and over.ended_by_person else None


def belongs(draft: Draft, area: Area, span: ArmedSpan, event: MotionEvent) -> bool:
    """Tell whether an event that could not ring is part of what was just reported."""
    told = area.reported
    near = told is not None and told.start - QUIET <= event.created_at <= told.end + QUIET
    return near and only_reported(draft, area, span, event) is not None


def extend(draft: Draft, area: Area, event: MotionEvent) -> None:
    """Add the event to the reported stretch; people know already."""
    if area.reported is not None:
        start = min(area.reported.start, event.created_at)
        end = max(area.reported.end, event.created_at)
        draft.put_area(replace(area, reported=Stretch(start, end)))


def report(draft: Draft, area: Area, burst: tuple[MotionEvent, ...], notice: Notice) -> None:
    """Tell of a burst in chat only; its events are spent by that."""
    keys = {event.key for event in burst}
    unspent = tuple(c for c in area.unspent if c.event.key not in keys)
    reported = Stretch(burst[0].created_at, burst[-1].created_at)
    draft.put_area(replace(area, unspent=unspent, reported=reported))
    cameras = dict.fromkeys(event.camera_name for event in burst)
    number, first, last = len(burst), burst[0].created_at, burst[-1].created_at
    at = draft.now + COLLECTED_FOR
    waiting = untold(draft, notice, area)
    if waiting:
        args = waiting[0].body.words.args if isinstance(waiting[0].body, WordsBody) else {}
        cameras = dict.fromkeys([*str(args["cameras"]).split(", "), *cameras])
        number += int(args["count"] or 0)
        first = min(first, datetime.fromisoformat(str(args["first"])))
        last = max(last, datetime.fromisoformat(str(args["at"])))
        at = min(delivery.next_try for delivery in waiting)
    draft.drop(delivery.id for delivery in waiting)
    words = say(
        notice,
        area=area.name,
        network=area.network_id,
        cameras=", ".join(cameras),
        count=number,
        first=first.isoformat(),
        at=last.isoformat(),
    )
    draft.tell_household(words, lane=Lane.ALARM, at=at)
    draft.note("journal", what=notice.value, area=area.name, count=len(burst))


def untold(draft: Draft, notice: Notice, area: Area) -> list[Delivery]:
    """Return the reports of this kind for the area that did not leave yet."""
    return [
        d
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING
        and isinstance(d.body, WordsBody)
        and d.body.words.notice is notice
        and d.body.words.args.get("network") == area.network_id
    ]
