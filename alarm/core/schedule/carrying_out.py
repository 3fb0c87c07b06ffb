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
from alarm.core.schedule.by_hand import (
    SCHEDULE,
    about_off,
    end_off,
    laid_upon,
    say_kept,
    settled,
)
from alarm.core.schedule.calendar import Hold, Planned, Timing
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
    """What is to be done with an area now, and its timing afterwards.

    Of a plan: `off` is the end of a time that is off by it, `until` the end that it set.
    """

    change: Change
    timing: Timing
    off: tuple[Change, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with some areas. `stays`: the panel was so already."""

    change: Change
    by: str
    off: tuple[Change, ...]
    stays: bool
    until: datetime | None


def tick(draft: Draft) -> None:
    """Do what is due, once a cloud has confirmed the clock."""
    if not confirmed(draft.state):
        return
    vacation.tick(draft)
    done: dict[Done, list[Area]] = {}
    for area in draft.state.areas.values():
        if area.timing == Timing() and scheduled(draft.state, area):
            # Nobody has armed or disarmed it yet: only what comes from now on is carried out.
            draft.put_area(replace(area, timing=Timing(draft.blink_now)))
            continue
        found = None if area.panel in RESTLESS else due(draft, area)
        if found is None:
            continue
        change, off = found.change, found.off
        area = replace(area, timing=found.timing)
        draft.put_area(area)
        by = actor_of(draft, area, change)
        stays = armed_mode(area) is change.mode
        if not stays:
            carry_out(draft, area, change, by)
        done.setdefault(Done(change, by, off, stays, found.until), []).append(area)
    for what, areas in done.items():
        if not what.stays:
            tell(draft, what, areas)
        elif what.change.why is Why.PLANNED:
            say_kept(draft, what.by, panel.meant(draft, areas), what.off, what.until)


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
            rest = replace(rest, settled_at=settled(timing, planned.at))
            return planned_due(draft, area, planned, rest)
        # Found late, and the schedule has wanted something else since.
        return Due(edge, replace(rest, settled_at=settled(timing, now)))
    if timing.hold is not None and timing.hold.until <= now:
        hold = last_over(timing.hold, now)
        mode = after_hold(draft.state, area, hold.before, now)
        change = Change(hold.until, mode, Why.HOLD, hold.by)
        rest = replace(timing, hold=outer_hold(draft, area, hold))
        return Due(change, replace(rest, settled_at=settled(timing, now)))
    return None if edge is None else Due(edge, replace(timing, settled_at=now))


def planned_due(draft: Draft, area: Area, planned: Planned, rest: Timing) -> Due:
    """Return what a plan is to do; `rest`: the timing without it. It lays its time upon another."""
    now, mode, until = draft.blink_now, planned.mode, planned.until
    change = Change(planned.at, mode, Why.PLANNED, planned.by)
    if mode not in draft.state.settings.modes:
        return Due(change, rest)
    if until is None:
        off = end_off(draft.state, area, mode, now)
        return Due(change, replace(rest, hold=None), off)
    hold = Hold(now, until, planned.by, armed_mode(area))
    return Due(change, replace(rest, hold=laid_upon(rest.hold, hold, mode)), until=until)


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


def tell(draft: Draft, done: Done, areas: list[Area]) -> None:
    """Tell everyone what the clock did, silently; loudly what it could not do."""
    change, by = done.change, done.by
    mode, where = change.mode, panel.area_names(draft, areas)
    args = {"at": change.at.isoformat(), "by": by, "why": change.why.value}
    args |= about_off(done.off) | panel.meant(draft, areas)
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
