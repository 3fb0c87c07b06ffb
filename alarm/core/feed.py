"""Clips that Blink lists: which are new, which count, and what they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import incidents, panel, spans
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.events import DOORBELL_SOURCE, IGNORED_SOURCES, MotionEvent
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import EventsListed, ListingFinished
from alarm.core.notices import Notice
from alarm.core.rule import tripping_burst
from alarm.core.settings import PanelState
from alarm.core.state import Area, ArmedSpan, CountedEvent, Feed, Outage

SEEN_LIFE = timedelta(days=7)
# Beyond this a burst is reported in chat only.
RING_UNTIL = timedelta(hours=12)
# An unknown clip this much older than the last complete listing was purged and came back.
STRAY_AGE = timedelta(hours=1)
# A gap between complete listings longer than the slowest poll is an outage.
OUTAGE_GAP = timedelta(minutes=15)
# Nothing that can still ring combines with events older than this.
UNSPENT_LIFE = timedelta(hours=26)
# What the cloud may list late or twice; the next listing starts this much before the last.
OVERLAP = timedelta(minutes=10)


def listing_start(feed: Feed, blink_now: datetime) -> datetime:
    """Return from when on the clip list must be read, in Blink's clock."""
    return (feed.listed_at or blink_now) - OVERLAP


def events_listed(draft: Draft, listed: EventsListed) -> None:
    measure_skew(draft, listed.skew)
    seen = draft.state.seen
    new = [event for event in listed.events if event.key not in seen]
    new = list({event.key: event for event in new}.values())
    if not new:
        return
    remember(draft, new)
    for event in sorted(new, key=lambda e: (e.created_at, e.key)):
        take(draft, event)


def listing_finished(draft: Draft, finished: ListingFinished) -> None:
    at = finished.started_at + draft.skew
    feed = draft.state.feed
    outages = feed.outages
    if feed.listed_at is not None and at <= feed.listed_at:
        return
    if feed.listed_at is not None and at - feed.listed_at > OUTAGE_GAP:
        recent = tuple(o for o in outages if at - o.end < SEEN_LIFE)
        outages = (*recent, Outage(feed.listed_at, at))
    draft.set(feed=Feed(at, outages))


def measure_skew(draft: Draft, skew: timedelta | None) -> None:
    """Take over a measured skew; differences below a second are noise and cost no write."""
    clock = draft.state.clock
    if skew is None or (clock.skew is not None and abs(skew - clock.skew) < timedelta(seconds=1)):
        return
    if clock.skew is None and skew:
        # Whatever was armed before Blink was first heard was noted in the host's clock.
        for area in draft.state.areas.values():
            draft.put_area(spans.shifted(area, skew))
    draft.set(clock=replace(clock, skew=skew))


def remember(draft: Draft, new: list[MotionEvent]) -> None:
    now = int(draft.blink_now.timestamp())
    oldest = now - int(SEEN_LIFE.total_seconds())
    kept = {key: at for key, at in draft.state.seen.items() if at > oldest}
    draft.set(seen=kept | {event.key: now for event in new})


def take(draft: Draft, event: MotionEvent) -> None:
    """Judge one event that was never seen before."""
    area = draft.state.areas.get(event.network_id)
    span = spans.span_of(area, event) if area else None
    counts = span is not None and may_count(event) and not stray(draft, event)
    draft.note(
        "event",
        key=event.key,
        camera=event.camera_name,
        network=event.network_id,
        created_at=event.created_at.isoformat(),
        source=event.source,
        counted=counts,
        clip=event.clip_path,
    )
    if not counts or area is None or span is None:
        return
    incident = draft.state.incidents.get(area.incident_id or "")
    if incident is not None and incident.status is not IncidentStatus.CLOSED:
        incidents.join(draft, incident, event)
        return
    if area.spent_until is not None and event.created_at <= area.spent_until:
        incidents.show_late(draft, area, event)
        return
    counted = CountedEvent(event, span.armed_at)
    oldest = draft.blink_now - UNSPENT_LIFE
    unspent = tuple(c for c in area.unspent if c.event.created_at > oldest)
    area = replace(area, unspent=(*unspent, counted))
    draft.put_area(area)
    burst = tripping_burst(area.unspent, counted, draft.state.settings.modes[span.mode].rule)
    if burst:
        trip(draft, area, span, tuple(c.event for c in burst))


def trip(draft: Draft, area: Area, span: ArmedSpan, burst: tuple[MotionEvent, ...]) -> None:
    """Ring for a burst, or only report it where ringing would help nobody."""
    late = draft.blink_now - burst[-1].created_at
    over = spans.period_ended(area, span)
    if late > RING_UNTIL or (over is not None and over.ended_by_person):
        notice = Notice.OLD_BURST if late > RING_UNTIL else Notice.MISSED_BURST
        keys = {event.key for event in burst}
        unspent = tuple(c for c in area.unspent if c.event.key not in keys)
        draft.put_area(replace(area, unspent=unspent))
        cameras = ", ".join(dict.fromkeys(event.camera_name for event in burst))
        at = burst[-1].created_at.isoformat()
        words = say(notice, area=area.name, cameras=cameras, count=len(burst), at=at)
        draft.tell_household(words, lane=Lane.ALARM)
        draft.note("journal", what=notice.value, area=area.name, count=len(burst))
        return
    entry = draft.state.settings.modes[span.mode].entry_delay
    if area.panel is PanelState.ARMED and late < entry:
        panel.start_entry_delay(draft, area, burst, entry - max(late, timedelta(0)))
    elif area.panel is not PanelState.PENDING:
        incidents.open_burglary(draft, area, burst, span.mode)


def may_count(event: MotionEvent) -> bool:
    return not (event.deleted or event.source in IGNORED_SOURCES or event.source == DOORBELL_SOURCE)


def stray(draft: Draft, event: MotionEvent) -> bool:
    """Tell whether an unknown clip is too old to be news: it was listed and forgotten before."""
    feed = draft.state.feed
    if feed.listed_at is None or event.created_at >= feed.listed_at - STRAY_AGE:
        return False
    return not any(o.start - STRAY_AGE <= event.created_at <= o.end for o in feed.outages)
