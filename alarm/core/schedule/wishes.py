"""What the clock wants of an area, now and next; asked by the alarm and by its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alarm.core.schedule.calendar import Planned, PutOff
from alarm.core.schedule.edges import next_edge, wanted_at
from alarm.core.schedule.windows import Schedule
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State

# Whatever the clock wants waits until a person has ended these.
RESTLESS = (PanelState.PENDING, PanelState.TRIGGERED)


class Why(StrEnum):
    """`hold`: the time that a command named is over; `planned`: of /arm in 10m."""

    SCHEDULE = "schedule"
    HOLD = "hold"
    VACATION = "vacation"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Change:
    """At this moment the area is to be armed in `mode`, or disarmed where that is None."""

    at: datetime
    mode: Mode | None
    why: Why
    by: str = ""


def zone_of(state: State) -> ZoneInfo:
    return ZoneInfo(state.settings.zone)


def confirmed(state: State) -> bool:
    """Tell whether a cloud has confirmed the time since the start: before, no edge counts."""
    return state.clock.skew is not None and state.clock.unsure_from is None


def schedule_of(state: State, area: Area) -> Schedule:
    """Return the schedule that an area follows: the windows that concern it."""
    return state.calendar.schedule.of(area.network_id)


def scheduled(state: State, area: Area) -> bool:
    """Tell whether there is a schedule that says anything about an area."""
    return bool(schedule_of(state, area).counting)


def on_vacation(state: State, at: datetime) -> bool:
    vacation = state.calendar.vacation
    return vacation is not None and at < vacation.until


def armed_mode(area: Area) -> Mode | None:
    """Return the mode in which an area guards, or is on its way to; None while disarmed."""
    return None if area.panel is PanelState.DISARMED else area.mode


def wanted(state: State, area: Area, at: datetime) -> Mode | None:
    """Return the mode in which the schedule wants an area, None where it wants nothing."""
    return wanted_at(schedule_of(state, area), zone_of(state), at)


def after_hold(state: State, area: Area, before: Mode | None, at: datetime) -> Mode | None:
    """Return what follows when a hold ends: vacation or schedule decide, else what was before."""
    if on_vacation(state, at):
        return Mode.AWAY
    if not scheduled(state, area):
        return before
    put_off = area.timing.put_off
    if put_off is not None and put_off.edge <= at < put_off.at:
        # As long as an edge has been put off, what was wanted before it.
        at = put_off.edge - timedelta(minutes=1)
    return wanted(state, area, at)


def next_change(state: State, area: Area, now: datetime) -> Change | None:
    """Return the next moment at which the clock changes an area; None where none is to come.

    What it wants may be so already, by a command of a person.
    """
    planned, other = area.timing.planned, _unplanned(state, area, now)
    if planned is None or (other is not None and other.at < planned.at):
        return other
    return Change(planned.at, planned.mode, Why.PLANNED, planned.by)


def _unplanned(state: State, area: Area, now: datetime) -> Change | None:
    hold, vacation = area.timing.hold, state.calendar.vacation
    if hold is not None:
        mode = after_hold(state, area, hold.before, hold.until)
        return Change(hold.until, mode, Why.HOLD, hold.by)
    if vacation is not None:
        if not scheduled(state, area):
            return None
        mode = wanted(state, area, vacation.until)
        return Change(vacation.until, mode, Why.VACATION, vacation.by)
    after = max(now, area.timing.done_until or now)
    edge = next_edge(schedule_of(state, area), zone_of(state), after)
    put_off = put_off_after(state, area, after)
    if put_off is not None and (edge is None or put_off.at <= edge.at):
        return Change(put_off.at, Mode.AWAY, Why.SCHEDULE)
    return None if edge is None else Change(edge.at, edge.mode, Why.SCHEDULE)


def put_off_after(state: State, area: Area, after: datetime) -> PutOff | None:
    """Return the edge put off beyond a moment, if the schedule wants its arming by then."""
    put_off = area.timing.put_off
    if put_off is None or put_off.at <= after:
        return None
    return put_off if wanted(state, area, put_off.at) is Mode.AWAY else None


def put_off_to_come(state: State, area: Area, now: datetime) -> PutOff | None:
    """Return the edge put off that is going to be carried out: nothing that holds outlasts it."""
    put_off, hold = put_off_after(state, area, now), area.timing.hold
    if put_off is None or (hold is not None and hold.until >= put_off.at):
        return None
    return put_off


def away_at(state: State, area: Area, now: datetime) -> datetime | None:
    """Return when the schedule is going to arm this area away, if that is its next change.

    A plan of a person may come before it.
    """
    change, planned = _unplanned(state, area, now), area.timing.planned
    if change is None or change.why is not Why.SCHEDULE or change.mode is not Mode.AWAY:
        return None
    if planned is not None and planned.at <= change.at and outlasts(planned, change.at):
        return None
    return None if area.panel in RESTLESS or armed_mode(area) is Mode.AWAY else change.at


def outlasts(planned: Planned, edge: datetime) -> bool:
    """Tell whether an edge to away changes nothing of what a plan before it has armed."""
    held = planned.until is not None and planned.until >= edge
    return held or planned.mode is Mode.AWAY
