"""Clips that Blink lists: which are new, which count, and what they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import (
    bypass,
    clock,
    doorbell,
    entry_delay,
    incidents,
    networks,
    reports,
    spans,
    swinger,
)
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.events import DOORBELL_SOURCE, IGNORED_SOURCES, MotionEvent
from alarm.core.incident import NORMAL_DELAY, IncidentStatus
from alarm.core.inputs import EventsListed, ListingFinished
from alarm.core.listing import (
    Feed,
    Outage,
)
from alarm.core.notices import Notice
from alarm.core.rule import Tripped, rules_of, tripping
from alarm.core.settings import PanelState
from alarm.core.state import (
    UNKNOWN_AREA,
    Area,
    ArmedSpan,
    CatchUp,
    CountedEvent,
    State,
)

SEEN_LIFE = timedelta(days=7)
# An unknown clip this much older than the last complete listing was purged and came back.
STRAY_AGE = timedelta(hours=1)
# A gap between complete listings longer than the slowest poll is an outage.
OUTAGE_GAP = timedelta(minutes=15)
# Nothing that can still ring combines with events older than this.
UNSPENT_LIFE = timedelta(hours=26)
# What the cloud may list late or twice; the next listing starts this much before the last.
OVERLAP = timedelta(minutes=10)


def listing_start(state: State, blink_now: datetime) -> datetime:
    """Return from when on the clip list must be read, in Blink's clock."""
    start = state.feed.listed_at
    if start is None:
        # Not from now on alone: that would slide past what happens while no listing succeeds.
        armed = (span.since for area in state.areas.values() for span in area.spans)
        start = min([blink_now, *armed])
    return start - OVERLAP


def events_listed(draft: Draft, listed: EventsListed) -> None:
    clock.measure_skew(draft, listed.skew)
    seen = draft.state.seen
    new = list({e.key: e for e in listed.events if e.key not in seen}.values())
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
    tell_catch_up(draft)


def remember(draft: Draft, new: list[MotionEvent]) -> None:
    now = int(draft.blink_now.timestamp())
    oldest = now - int(SEEN_LIFE.total_seconds())
    kept = {key: at for key, at in draft.state.seen.items() if at > oldest}
    draft.set(seen=kept | {event.key: now for event in new})


def take(draft: Draft, event: MotionEvent) -> None:
    """Judge one event that was never seen before."""
    note_motion(draft, event)
    area = area_of(draft, event.network_id)
    span = spans.span_of(area, event) if area else None
    if event.deleted or stray(draft, event):
        span = None
    seen = area is not None and span is not None and may_count(event)
    if area is not None and seen:
        bypass.moved(draft, event, swinger.QUIET)
        seen = not bypass.covers(area, event, draft.skew)
        area = draft.state.areas[area.network_id]
    never = draft.state.settings.never(event.camera_id)
    counts = seen and not never
    note_catch_up(draft, event, counts)
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
    if area is not None and span is not None and counts:
        count(draft, area, span, event)
    elif area is not None and seen:
        show(draft, area, event)
    elif event.source == DOORBELL_SOURCE and not event.deleted and not stray(draft, event):
        doorbell.pressed(draft, area, event)


def note_motion(draft: Draft, event: MotionEvent) -> None:
    """Remember when a camera saw something last, armed or not."""
    known = draft.state.last_motion.get(event.camera_id)
    # One dated ahead must not stand there until that time has come.
    at = min(event.created_at, draft.blink_now)
    if may_count(event) and (known is None or at > known):
        draft.set(last_motion={**draft.state.last_motion, event.camera_id: at})


def note_catch_up(draft: Draft, event: MotionEvent, counts: bool) -> None:
    known = draft.state.catch_up
    if known is not None and may_count(event) and not stray(draft, event):
        draft.set(catch_up=CatchUp(known.clips + 1, known.counted + counts))


def tell_catch_up(draft: Draft) -> None:
    """Say once, after a start, what the list held of the time before."""
    known = draft.state.catch_up
    if known is None:
        return
    draft.set(catch_up=None)
    if known.clips:
        words = say(Notice.CAUGHT_UP, clips=known.clips, counted=known.counted)
        draft.tell_household(words, silent=True)


def area_of(draft: Draft, network_id: str) -> Area | None:
    """Return the event's area; one that was armed before any network was known is this one's."""
    if network_id not in draft.state.areas and UNKNOWN_AREA in draft.state.areas:
        networks.adopt(draft, network_id, draft.state.areas[UNKNOWN_AREA].name)
    return draft.state.areas.get(network_id)


def show(draft: Draft, area: Area, event: MotionEvent) -> None:
    """Show an event of a camera that never counts in what is open."""
    incident = draft.state.incidents.get(area.incident_id or "")
    if incident is not None and incident.status is not IncidentStatus.CLOSED:
        incidents.show(draft, incident, event)


def count(draft: Draft, area: Area, span: ArmedSpan, event: MotionEvent) -> None:
    """Let an event that counts join what is open, belong to what is over, or trip the rule."""
    incident = draft.state.incidents.get(area.incident_id or "")
    if incident is not None and incident.status is not IncidentStatus.CLOSED:
        incidents.join(draft, incident, event)
        return
    if area.spent_until is not None and event.created_at <= area.spent_until:
        incidents.show_late(draft, area, event)
        return
    if reports.belongs(draft, area, span, event):
        reports.extend(draft, area, event)
        return
    counted = CountedEvent(event, span.armed_at)
    oldest = draft.blink_now - UNSPENT_LIFE
    unspent = tuple(c for c in area.unspent if c.event.created_at > oldest)
    area = replace(area, unspent=(*unspent, counted))
    draft.put_area(area)
    tripped = tripping(area.unspent, counted, rules_of(draft.state.settings, span.mode))
    if tripped:
        trip(draft, area, span, tripped)


def trip(draft: Draft, area: Area, span: ArmedSpan, tripped: Tripped) -> None:
    """Ring for a burst, or only report it where ringing would help nobody."""
    burst = tripped.events
    late = draft.blink_now - burst[-1].created_at
    notice = reports.only_reported(draft, area, span, burst[-1])
    if notice is not None:
        reports.report(draft, area, burst, notice)
        return
    # What clips normally take to be listed is no part of the time that a person has.
    delay = draft.state.settings.mode(span.mode).entry_delay - max(
        late - NORMAL_DELAY, timedelta(0)
    )
    if delay > timedelta(0) and area.panel is PanelState.ARMED:
        entry_delay.start(draft, area, tripped, delay, late)
    elif delay > timedelta(0) and area.panel is PanelState.PENDING:
        entry_delay.shorten(draft, area, delay)
    else:
        incidents.open_burglary(draft, area, burst, span.mode, late, tripped.rule_text)


def may_count(event: MotionEvent) -> bool:
    return not (event.deleted or event.source in IGNORED_SOURCES or event.source == DOORBELL_SOURCE)


def stray(draft: Draft, event: MotionEvent) -> bool:
    """Tell whether an unknown clip is too old to be news: it was listed and forgotten before."""
    listed_at = draft.state.feed.listed_at
    if event.created_at < draft.blink_now - SEEN_LIFE:
        return True
    if listed_at is None or event.created_at >= listed_at - STRAY_AGE:
        return False
    return all(outage.end < event.created_at for outage in draft.state.feed.outages)
