"""What the clock wants of an area, now and next; asked by the alarm and by its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alarm.core.schedule.calendar import Planned
from alarm.core.schedule.edges import next_edge, wanted_at
from alarm.core.schedule.windows import Schedule
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State

# Whatever the clock wants waits until a person has ended these.
RESTLESS = (PanelState.PENDING, PanelState.TRIGGERED)


class Why(StrEnum):
    """`hold`: the time that a command named is over; `planned`: of /arm in 10m, or put off."""

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
    planned = area.timing.planned
    if planned is not None and planned.edge is not None and planned.edge <= at < planned.at:
        # The edge has been put off: as long as that, what was wanted before it.
        at = planned.edge - timedelta(minutes=1)
    return wanted(state, area, at)


def next_change(state: State, area: Area, now: datetime) -> Change | None:
    """Return the next moment at which the clock changes an area; None where none is to come.

    What it wants may be so already, by a command of a person.
    """
    candidates = [_planned(area.timing.planned), _ordinary(state, area, now)]
    return min((c for c in candidates if c is not None), key=lambda c: c.at, default=None)


def _planned(planned: Planned | None) -> Change | None:
    if planned is None:
        return None
    why = Why.SCHEDULE if planned.postponed else Why.PLANNED
    return Change(planned.at, planned.mode, why, planned.by)


def _ordinary(state: State, area: Area, now: datetime) -> Change | None:
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
    return None if edge is None else Change(edge.at, edge.mode, Why.SCHEDULE)


def away_at(state: State, area: Area, now: datetime) -> datetime | None:
    """Return when the schedule is going to arm this area away, if that is its next change."""
    change = next_change(state, area, now)
    if change is None or change.why is not Why.SCHEDULE or change.mode is not Mode.AWAY:
        return None
    return None if area.panel in RESTLESS or armed_mode(area) is Mode.AWAY else change.at
