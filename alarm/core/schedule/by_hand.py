"""What it means for the clock when a person arms or disarms: it is newer than every edge so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from alarm.core.actor import Actor
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.schedule.calendar import Hold, PutOff, Timing
from alarm.core.schedule.wishes import Change, Why, after_hold, armed_mode, on_vacation
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State

# Who is named as having armed or disarmed where the schedule did.
SCHEDULE = "schedule"


def commanded(
    draft: Draft, before: Area, actor: Actor, until: datetime | None
) -> tuple[Change, ...]:
    """Take in that a person armed or disarmed an area; `before`: as it was.

    What another command had set for a time, or planned, is over by it: return that. What was put
    off is an edge, which comes all the same. An end that has passed already sets nothing.
    """
    area = draft.state.areas[before.network_id]
    # A command that ran late is as old as it was sent: an edge that came between is newer.
    at = actor.sent_at or draft.blink_now
    hold = None
    if until is not None and not is_over(draft, until):
        hold = Hold(draft.blink_now, until, actor.name, armed_mode(before))
        hold = laid_upon(before.timing.hold, hold, armed_mode(area))
    timing = before.timing
    put_off = still_put_off(draft, timing.put_off, at)
    timing = replace(timing, settled_at=settled(timing, at), hold=hold, put_off=put_off)
    timing = replace(timing, planned=None)
    area = replace(area, timing=timing)
    draft.put_area(area)
    return overtaken(draft.state, before, area, draft.blink_now)


def laid_upon(old: Hold | None, hold: Hold, mode: Mode | None) -> Hold:
    """Return a new time, in which an area is in `mode`, with what it leads back to."""
    if old is None:
        return hold
    if hold.before is mode or old.until <= hold.until:
        # The time of the first is over then, or it is only prolonged: what was before it comes
        # back.
        hold = replace(hold, before=old.before, outer=old.outer, outermost=old.outermost)
        return outgrown(hold)
    return replace(hold, outer=old.until, outermost=old.before)


def outgrown(hold: Hold) -> Hold:
    """Return a hold that leads back to what was before the one around it, where it lasts longer."""
    if hold.outer is None or hold.outer > hold.until:
        return hold
    return replace(hold, before=hold.outermost, outer=None, outermost=None)


def still_put_off(draft: Draft, put_off: PutOff | None, at: datetime) -> PutOff | None:
    """Return the edge put off that is newer than a command; with a vacation all edges are over."""
    if put_off is None or put_off.at <= at or on_vacation(draft.state, draft.blink_now):
        return None
    return put_off


def overtaken(state: State, before: Area, area: Area, now: datetime) -> tuple[Change, ...]:
    """Return what was to come of an area by a person's wish, and is off by a newer command.

    `state`: as what was to come at the end of a time is worked out.
    """
    off = []
    planned = before.timing.planned
    if planned is not None and planned != area.timing.planned:
        off.append(Change(planned.at, planned.mode, Why.PLANNED, planned.by))
    if area.timing.hold is None:
        off += end_off(state, before, armed_mode(area), now)
    return tuple(off)


def end_off(state: State, area: Area, mode: Mode | None, at: datetime) -> tuple[Change, ...]:
    """Return the end of the time that holds, if being in `mode` without an end calls it off.

    An end that would have changed nothing is none that anybody misses.
    """
    hold = area.timing.hold
    if hold is None or hold.until <= at:
        return ()
    then = after_hold(state, area, hold.before, hold.until)
    return (
        () if then in (mode, armed_mode(area)) else (Change(hold.until, then, Why.HOLD, hold.by),)
    )


def about_off(off: Iterable[Change], key: str = "off") -> dict[str, str]:
    """Return what to say of what is off: moments and modes, each once; nothing for none."""
    known = {f"{change.at.isoformat()}={change.mode or ''}" for change in off}
    return {key: ",".join(sorted(known))} if known else {}


def say_kept(
    draft: Draft,
    by: str,
    meant: dict[str, str],
    off: Collection[Change],
    until: datetime | None,
    *,
    but: int | None = None,
) -> None:
    """Tell the household, except chat `but`, what a command or a plan changed of an end alone.

    `meant`: what to say of which areas are.
    """
    end = None if until is None or is_over(draft, until) else until.isoformat()
    if not off and end is None:
        return
    why = {change.why for change in off}
    where = {key: name for key, name in meant.items() if key == "area"}
    if Why.PLANNED in why:
        draft.note("journal", what="arm later called off", by=by, **where)
    if end is not None or Why.HOLD in why:
        draft.note("journal", what="kept as it is", by=by, until=end, **where)
    words = say(Notice.HOLD_KEPT, until=end, by=by, **about_off(off), **meant)
    draft.tell_household(words, but=but, silent=True)


def ends_newer_arming(draft: Draft, area: Area, actor: Actor) -> bool:
    """Tell whether a late command is about to end what the schedule armed since it was sent."""
    if actor.sent_at is None or area.changed_at is None or area.changed_by != SCHEDULE:
        return False
    armed = area.panel is not PanelState.DISARMED
    return armed and area.changed_at + draft.skew > actor.sent_at


def about_newer(newer: list[Area], actor: Actor) -> dict[str, str]:
    """Return what to say of scheduled armings that a late command ended; nothing for none."""
    if not newer or actor.sent_at is None:
        return {}
    about = {"overtaken": newer[0].mode.value, "sent": actor.sent_at.isoformat()}
    return {**about, "network": newer[0].network_id} if len(newer) == 1 else about


def is_over(draft: Draft, until: datetime | None) -> bool:
    """Tell whether the end that a command names has passed before it was carried out."""
    return until is not None and until <= draft.blink_now


def settled(timing: Timing, at: datetime) -> datetime:
    """Return up to when edges are done with; one that is done with stays so."""
    return at if timing.settled_at is None else max(timing.settled_at, at)
