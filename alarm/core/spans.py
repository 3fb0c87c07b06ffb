"""The arm log of an area: since when, until when and for which cameras events count.

All times here are of Blink's clock, so that a wrong host clock changes no decision.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.settings import PanelState
from alarm.core.state import Area, ArmedSpan

SPAN_LIFE = timedelta(days=7)


def armed(draft: Draft, area: Area, at: datetime) -> Area:
    """Return the area armed since `at` (host's clock), with a new armed period."""
    blink_at = at + draft.skew
    cameras = draft.state.settings.mode(area.mode).cameras
    span = ArmedSpan(area.mode, blink_at, blink_at, cameras=cameras)
    spans = (*remembered(draft, area), span)
    return replace(area, panel=PanelState.ARMED, deadline=None, spans=spans)


def switched(draft: Draft, area: Area) -> Area:
    """Return the area watched as its mode now wants it, in the same armed period.

    Cameras new to it count from now on, those that dropped out up to now; of all others nothing
    is forgotten. Nothing changes where no span runs or its cameras and mode are the same.
    """
    now, cameras = draft.blink_now, draft.state.settings.mode(area.mode).cameras
    running = [span for span in area.spans if span.until is None]
    if not running or (running[-1].mode, running[-1].cameras) == (area.mode, cameras):
        return area
    area = ended(area, now, by_person=False)
    span = ArmedSpan(area.mode, running[-1].armed_at, now, cameras=cameras)
    return replace(area, spans=(*remembered(draft, area), span))


def remembered(draft: Draft, area: Area) -> tuple[ArmedSpan, ...]:
    """Return the spans that an event could still fall into."""
    oldest = draft.blink_now - SPAN_LIFE
    return tuple(span for span in area.spans if span.until is None or span.until > oldest)


def ended(area: Area, at: datetime, *, by_person: bool) -> Area:
    """Return the area with its running span ended."""
    spans = tuple(
        replace(span, until=at, ended_by_person=by_person) if span.until is None else span
        for span in area.spans
    )
    return replace(area, spans=spans)


def shifted(area: Area, delta: timedelta, since: datetime) -> Area:
    """Return the area with every time of Blink's clock that is not before `since` moved."""

    def moved(at: datetime) -> datetime:
        return at if at < since else at + delta

    spans = tuple(
        replace(
            s,
            armed_at=moved(s.armed_at),
            since=moved(s.since),
            until=None if s.until is None else moved(s.until),
        )
        for s in area.spans
    )
    unspent = tuple(replace(c, armed_at=moved(c.armed_at)) for c in area.unspent)
    reported = area.reported
    if reported is not None:
        reported = replace(reported, start=moved(reported.start), end=moved(reported.end))
    settled_at = area.timing.settled_at
    timing = replace(area.timing, settled_at=None if settled_at is None else moved(settled_at))
    bypasses = tuple(
        replace(b, since=moved(b.since), until=None if b.until is None else moved(b.until))
        for b in area.bypasses
    )
    return replace(
        area,
        timing=timing,
        bypasses=bypasses,
        trips=tuple(replace(trip, at=moved(trip.at)) for trip in area.trips),
        spans=spans,
        unspent=unspent,
        spent_until=None if area.spent_until is None else moved(area.spent_until),
        reported=reported,
        missing_since=None if area.missing_since is None else moved(area.missing_since),
    )


def span_of(area: Area, event: MotionEvent) -> ArmedSpan | None:
    """Return the armed span that held the event at its own time, bounds in whole seconds."""
    for span in reversed(area.spans):
        since = span.since.replace(microsecond=0)
        over = span.until is not None and event.created_at > span.until
        watched = span.cameras is None or event.camera_id in span.cameras
        if since <= event.created_at and not over and watched:
            return span
    return None


def period_ended(area: Area, span: ArmedSpan) -> ArmedSpan | None:
    """Return the last span of the same armed period if that period is over."""
    period = [s for s in area.spans if s.armed_at == span.armed_at]
    return period[-1] if period[-1].until is not None else None
