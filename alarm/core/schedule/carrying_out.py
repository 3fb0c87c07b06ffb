"""Carry out what the clock wants: edges, the end of what a person set for a time, plans.

Nothing here ends `pending` or `triggered`: it waits until a person has closed the incident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alarm.core import panel
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.schedule import vacation
from alarm.core.schedule.by_hand import SCHEDULE, settled
from alarm.core.schedule.calendar import Hold, Timing
from alarm.core.schedule.edges import last_edge
from alarm.core.schedule.wishes import (
    RESTLESS,
    Change,
    Why,
    after_hold,
    armed_mode,
    confirmed,
    on_vacation,
    put_off_after,
    schedule_of,
    scheduled,
    zone_of,
)
from alarm.core.settings import Mode
from alarm.core.state import Area


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done with an area now, and its timing afterwards."""

    change: Change
    timing: Timing


def tick(draft: Draft) -> None:
    """Do what is due, once a cloud has confirmed the clock."""
    if not confirmed(draft.state):
        return
    vacation.tick(draft)
    changed: dict[tuple[Change, str], list[Area]] = {}
    for area in draft.state.areas.values():
        if area.timing == Timing() and scheduled(draft.state, area):
            # Nobody has armed or disarmed it yet: only what comes from now on is carried out.
            draft.put_area(replace(area, timing=Timing(draft.blink_now)))
            continue
        found = None if area.panel in RESTLESS else due(draft, area)
        if found is None:
            continue
        area = replace(area, timing=found.timing)
        draft.put_area(area)
        if armed_mode(area) is not found.change.mode:
            by = actor_of(draft, area, found.change)
            carry_out(draft, area, found.change, by)
            changed.setdefault((found.change, by), []).append(area)
    for (change, by), areas in changed.items():
        tell(draft, change, by, areas)


def due(draft: Draft, area: Area) -> Due | None:
    now, timing = draft.blink_now, area.timing
    edge = edge_due(draft, area)
    if timing.put_off is not None and timing.put_off.at <= now:
        # Carried out with what is found, or overtaken by it.
        timing = replace(timing, put_off=None)
    planned = timing.planned
    if planned is not None and planned.at <= now:
        rest = replace(timing, planned=None)
        if edge is None or edge.at <= planned.at:
            hold = None
            if planned.until is not None:
                hold = Hold(now, planned.until, planned.by, armed_mode(area))
            change = Change(planned.at, planned.mode, Why.PLANNED, planned.by)
            settled_at = settled(timing, planned.at)
            return Due(change, replace(rest, settled_at=settled_at, hold=hold))
        # Found late, and the schedule has wanted something else since.
        return Due(edge, replace(rest, settled_at=settled(timing, now)))
    if timing.hold is not None and timing.hold.until <= now:
        hold = last_over(timing.hold, now)
        mode = after_hold(draft.state, area, hold.before, now)
        change = Change(hold.until, mode, Why.HOLD, hold.by)
        rest = replace(timing, hold=outer_hold(draft, area, hold))
        return Due(change, replace(rest, settled_at=settled(timing, now)))
    return None if edge is None else Due(edge, replace(timing, settled_at=now))


def last_over(hold: Hold, now: datetime) -> Hold:
    """Return the hold itself, or the longer one around it where both were found over at once."""
    if hold.outer is None or hold.outer > now:
        return hold
    return replace(hold, until=hold.outer, before=hold.outermost, outer=None, outermost=None)


def outer_hold(draft: Draft, area: Area, hold: Hold) -> Hold | None:
    """Return what a command before had set for longer, where nothing but it decides now."""
    now, until = draft.blink_now, hold.outer
    if until is None or scheduled(draft.state, area) or on_vacation(draft.state, now):
        return None
    return Hold(now, until, hold.by, hold.outermost)


def edge_due(draft: Draft, area: Area) -> Change | None:
    """Return the newest edge that is not done with yet, unless something holds until later.

    One that was put off counts from the moment to which it was.
    """
    now, timing = draft.blink_now, area.timing
    holds = timing.hold is not None or on_vacation(draft.state, now)
    done = timing.done_until
    if holds or done is None:
        return None
    schedule, zone = schedule_of(draft.state, area), zone_of(draft.state)
    edge = last_edge(schedule, zone, done, now)
    put_off = put_off_after(draft.state, area, done)
    if put_off is not None and put_off.at <= now and (edge is None or edge.at <= put_off.at):
        return Change(put_off.at, Mode.AWAY, Why.SCHEDULE)
    return None if edge is None else Change(edge.at, edge.mode, Why.SCHEDULE)


def carry_out(draft: Draft, area: Area, change: Change, by: str) -> None:
    settings, mode = draft.state.settings, change.mode
    if mode is None:
        panel.disarm_area(draft, area, by, by_person=False)
    elif mode not in settings.modes:
        # Which cameras count while people are at home nobody can guess; `tell` says so.
        return
    else:
        leaving = mode is Mode.AWAY or change.why is Why.PLANNED
        delay = settings.mode(mode).exit_delay if leaving else timedelta(0)
        panel.arm_area(draft, area, mode, by, delay)


def actor_of(draft: Draft, area: Area, change: Change) -> str:
    """Return who is named as having armed or disarmed: the schedule wherever it decided."""
    decided = change.why is Why.SCHEDULE or not change.by
    if change.why in (Why.HOLD, Why.VACATION):
        decided = decided or scheduled(draft.state, area)
    return SCHEDULE if decided else change.by


def tell(draft: Draft, change: Change, by: str, areas: list[Area]) -> None:
    """Tell everyone what the clock did, silently; loudly what it could not do."""
    mode, where = change.mode, panel.area_names(draft, areas)
    args = {"at": change.at.isoformat(), "by": by, "why": change.why.value}
    args |= panel.meant(draft, areas)
    if mode is not None and mode not in draft.state.settings.modes:
        draft.tell_household(say(Notice.MODE_NOT_CHOSEN, mode=mode.value, **args))
        draft.note(
            "journal", what="not armed", mode=mode.value, reason="no cameras chosen", **where
        )
        return
    draft.note("journal", what="arm" if mode else "disarm", by=by, why=change.why.value, **where)
    if mode is None:
        draft.tell_household(say(Notice.SCHEDULE_DISARMED, **args), silent=True)
    else:
        words = say(Notice.SCHEDULE_ARMED, mode=mode.value, **args)
        draft.tell_household(words, silent=True)
    refresh_panel_messages(draft)
    if not draft.state.armed:
        draft.set(panel_messages={})
