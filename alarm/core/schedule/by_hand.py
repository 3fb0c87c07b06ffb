"""What it means for the clock when a person arms or disarms: it is newer than every edge so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from alarm.core.actor import Actor
from alarm.core.draft import Draft
from alarm.core.schedule.calendar import Hold, Timing
from alarm.core.schedule.wishes import armed_mode
from alarm.core.settings import PanelState
from alarm.core.state import Area

# Who is named as having armed or disarmed where the schedule did.
SCHEDULE = "schedule"


def commanded(draft: Draft, before: Area, actor: Actor, until: datetime | None) -> None:
    """Take in that a person armed or disarmed an area; `before`: as it was.

    What another command had set for a time, or planned, is over by it. An end that has passed
    already sets nothing.
    """
    area = draft.state.areas[before.network_id]
    # A command that ran late is as old as it was sent: an edge that came between is newer.
    at = actor.sent_at or draft.blink_now
    hold = None
    if until is not None and not is_over(draft, until):
        hold = Hold(draft.blink_now, until, actor.name, armed_mode(before))
        old = before.timing.hold
        same = hold.before == armed_mode(area)
        if old is not None and (same or old.until <= until):
            # The time of the first is over then, or it is only prolonged: what was before it
            # comes back.
            hold = replace(hold, before=old.before, outer=old.outer, outermost=old.outermost)
        elif old is not None:
            hold = replace(hold, outer=old.until, outermost=old.before)
    timing = replace(before.timing, settled_at=settled(before.timing, at), hold=hold, planned=None)
    draft.put_area(replace(area, timing=timing))


def ends_newer_arming(draft: Draft, area: Area, actor: Actor) -> bool:
    """Tell whether a late command is about to end what the schedule armed since it was sent."""
    if actor.sent_at is None or area.changed_at is None or area.changed_by != SCHEDULE:
        return False
    armed = area.panel is not PanelState.DISARMED
    return armed and area.changed_at + draft.skew > actor.sent_at


def is_over(draft: Draft, until: datetime | None) -> bool:
    """Tell whether the end that a command names has passed before it was carried out."""
    return until is not None and until <= draft.blink_now


def settled(timing: Timing, at: datetime) -> datetime:
    """Return up to when edges are done with; one that is done with stays so."""
    return at if timing.settled_at is None else max(timing.settled_at, at)
