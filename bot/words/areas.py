"""The panel of each area in one line, its state word first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from alarm.core.events import MotionEvent
from alarm.core.incident import Incident, IncidentKind, IncidentStatus
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State
from bot.words import times
from bot.words.markup import bold, listed, name
from bot.words.view import View

ICONS = {
    PanelState.DISARMED: "🔓",
    PanelState.ARMING: "⏳",
    PanelState.ARMED: "🔒",
    PanelState.PENDING: "⏳",
    PanelState.TRIGGERED: "🚨",
}
ALREADY = {
    PanelState.DISARMED: "Already disarmed",
    PanelState.ARMING: "Already arming",
    PanelState.ARMED: "Already armed",
    PanelState.PENDING: "Already armed, pending",
    PanelState.TRIGGERED: "Already armed, triggered",
}
# The most serious first: it gives a home of several areas its first word.
SERIOUS = (
    PanelState.TRIGGERED,
    PanelState.PENDING,
    PanelState.ARMING,
    PanelState.ARMED,
    PanelState.DISARMED,
)


def ordered(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda a: (SERIOUS.index(a.panel), a.name.casefold()))


def has_many(state: State) -> bool:
    return len(state.areas) > 1


def at_rest(state: State) -> bool:
    """Tell whether nothing goes on that is more important than how well everything works."""
    restless = (PanelState.PENDING, PanelState.TRIGGERED)
    quiet = all(area.panel not in restless for area in state.areas.values())
    return quiet and not open_panics(state)


def open_panics(state: State) -> list[Incident]:
    """Return the alarms that were raised by hand and are not over; they belong to no area."""
    return [
        incident
        for incident in state.incidents.values()
        if incident.kind is IncidentKind.PANIC and incident.status is not IncidentStatus.CLOSED
    ]


def in_area(area_name: str, state: State) -> str:
    """Return " in House" as HTML; nothing in a home with one area."""
    return f" in {name(area_name)}" if has_many(state) else ""


def in_areas(areas: Sequence[Area], state: State) -> str:
    """Return " in House, Cabin" as HTML; nothing where they are all that there are."""
    if len(areas) == len(state.areas):
        return ""
    names = [name(a.name) for a in sorted(areas, key=lambda a: (a.name.casefold(), a.network_id))]
    return f" in {listed(names)}"


def headlines(state: State, view: View, *, already: bool = False) -> list[str]:
    """Return one line for each area, or for the home that is still unknown.

    `already`: nothing was changed by the command that this answers.
    """
    if not state.areas:
        return [f"{ICONS[PanelState.DISARMED]} {word_of(PanelState.DISARMED)}"]
    return [
        *(headline(area, state, view, already) for area in ordered(state.areas.values())),
        *(f"🆘 Panic by {name(i.opened_by)}{since_when(i, view)}" for i in open_panics(state)),
    ]


def word_of(panel: PanelState) -> str:
    """Return the state's word as tools look for it, in small letters."""
    return f"Now {bold(panel.value)}"


def headline(area: Area, state: State, view: View, already: bool = False) -> str:
    word = bold(ALREADY[area.panel]) if already else word_of(area.panel)
    mode = in_mode(area.mode, state) if area.panel in (PanelState.ARMED, PanelState.ARMING) else ""
    where = in_area(area.name, state)
    return f"{ICONS[area.panel]} {word}{mode}{where}{_detail(area, state, view)}"


def in_mode(mode: Mode, state: State) -> str:
    """Return " in night"; nothing of away in a home that knows no other mode."""
    if mode is not Mode.AWAY:
        return f" in {mode.value}"
    return " away" if len(state.settings.modes) > 1 else ""


def _detail(area: Area, state: State, view: View) -> str:
    by = f" by {name(area.changed_by)}" if area.changed_by else ""
    since = f" since {times.moment(area.changed_at, view)}" if area.changed_at else ""
    match area.panel:
        case PanelState.DISARMED | PanelState.ARMED:
            return since + by
        case PanelState.ARMING:
            return f"{by}, {armed_at(area.deadline, view)}"
        case PanelState.PENDING:
            when = f" {_when(area.deadline, view)}" if area.deadline else ""
            cameras = by_camera(area.entry.events) if area.entry else ""
            seen = f"motion, {cameras}" if cameras else "motion was seen"
            return f": {seen}. The alarm starts{when}, unless you disarm"
        case PanelState.TRIGGERED:
            incident = state.incidents.get(area.incident_id or "")
            return since_when(incident, view) if incident else since


def armed_at(deadline: datetime | None, view: View) -> str:
    """Return "armed at 22:05:30 (in 60 s)"; the exact time stays true as it gets older."""
    return f"armed {_when(deadline, view)}" if deadline else "armed soon"


def _when(at: datetime, view: View) -> str:
    moment = times.moment(at, view, seconds=True)
    return f"at {moment}" if view.lasting else f"at {moment} ({times.left(at, view)})"


def since_when(incident: Incident, view: View) -> str:
    """Return " since 22:07: Hall (2). Nobody has acknowledged yet" as HTML."""
    since = f" since {times.moment(incident.opened_at, view)}"
    cameras = by_camera(incident.counted)
    what = f"{since}: {cameras}" if cameras else since
    if incident.status is IncidentStatus.ACKNOWLEDGED:
        return f"{what}. Acknowledged by {name(incident.acted_by)}"
    return f"{what}. Nobody has acknowledged yet"


def by_camera(events: Iterable[MotionEvent], most: int = 6) -> str:
    """Return "Garage (2), Hall" in order of first motion, as HTML."""
    counts: dict[str, tuple[str, int]] = {}
    for event in events:
        _, number = counts.get(event.camera_id, ("", 0))
        counts[event.camera_id] = (event.camera_name, number + 1)
    return listed(
        [f"{name(n)} ({number})" if number > 1 else name(n) for n, number in counts.values()], most
    )
