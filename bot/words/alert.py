"""The alert of an incident, from the first ring to its verdict, and captions of its pictures."""

from __future__ import annotations

import html
from datetime import timedelta

from alarm.core.events import MotionEvent
from alarm.core.incident import NORMAL_DELAY, Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.pictures import held_back
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import duress, panic, rules, times
from bot.words.areas import by_camera, has_many
from bot.words.calling import calling
from bot.words.markup import bold, counted, name, page, plain
from bot.words.said import STOPPED
from bot.words.view import View

ALARM, TEST = "ALARM", "TEST"
UNNAMED_CAMERA = "Camera"


def alert(
    incident: Incident,
    state: State,
    view: View,
    *,
    repeat: bool = False,
    waited: timedelta = timedelta(0),
) -> Page:
    """Word the alert as the incident stands now, for its first sending and for every edit.

    `repeat`: a copy of it may have arrived before. `waited`: how long this copy could not be sent.
    """
    lines = [
        _headline(incident, state),
        _lateness(incident, waited),
        _what_happened(incident, view),
        _also_seen(incident),
        *_standing(incident, view),
        *calling(incident, state, view),
        "Sent again: it may have come before." if repeat else "",
    ]
    return page([line for line in lines if line], *buttons(incident))


def retired(incident: Incident, state: State, view: View) -> Page:
    """Word an older copy of the alert, which stands above a newer one and is edited no more."""
    word = TEST if incident.kind is IncidentKind.DRILL else ALARM
    where = _where(incident, state)
    title = f"⤵️ {word}: {where}" if where else f"⤵️ {word}"
    return page([title, _what_happened(incident, view), "It goes on below."])


def _headline(incident: Incident, state: State) -> str:
    # The word stands bare, so that whoever reads the raw text finds it at the start as well.
    drill = incident.kind is IncidentKind.DRILL
    word = TEST if drill else ALARM
    match incident.status:
        case IncidentStatus.OPEN:
            title = f"{'🧪' if drill else '🚨'} {word}"
        case IncidentStatus.ACKNOWLEDGED:
            title = f"🔕 {word}"
        case IncidentStatus.CLOSED:
            title = f"☑️ {word} over"
    where = _where(incident, state)
    return f"{title}: {where}" if where else title


def _where(incident: Incident, state: State) -> str:
    if incident.kind is IncidentKind.DURESS:
        return duress.title(incident)
    if incident.kind is IncidentKind.PANIC:
        return panic.title(incident)
    area = name(incident.area_name) if has_many(state) else ""
    return ": ".join(filter(None, [area, by_camera(incident.counted)]))


def _what_happened(incident: Incident, view: View) -> str:
    if incident.kind is IncidentKind.DRILL:
        by = f" by {name(incident.opened_by)}" if incident.opened_by else ""
        started = f"Started{by} at {times.moment(incident.opened_at, view)}."
        is_open = incident.status is IncidentStatus.OPEN
        advice = " An alarm looks like this. Press a button to try it." if is_open else ""
        return f"{started} Nothing happened.{advice}"
    if incident.kind is IncidentKind.DURESS:
        return duress.what_happened(incident, view)
    if incident.kind is IncidentKind.PANIC:
        return panic.what_happened(incident, view)
    seen = sorted(event.created_at for event in incident.counted)
    when = times.span(seen[0], seen[-1], view) if seen else times.moment(incident.opened_at, view)
    rule = f" (rule: {rules.noted(incident.rule_text)})" if incident.rule_text else ""
    soon = " Soon after arming: was it one of you?" if incident.recent_closing else ""
    return f"{counted(incident.event_count, 'event')}, {when}{rule}.{soon}"


def _also_seen(incident: Incident) -> str:
    """Name what was seen by cameras that never count."""
    others = [event for event in incident.events if event.key in incident.uncounted]
    return f"Also seen, never counts: {by_camera(others)}." if others else ""


def _lateness(incident: Incident, waited: timedelta) -> str:
    """Say how late it is noticed, and how long it could not be told."""
    late = incident.late + max(incident.told_after or timedelta(0), waited)
    if late <= NORMAL_DELAY:
        return ""
    return f"⏰ {bold(times.late(late))} after the motion"


def _standing(incident: Incident, view: View) -> list[str]:
    """Say who acted, and what that means."""
    at = f", {times.moment(incident.acted_at, view)}" if incident.acted_at else ""
    by = name(incident.acted_by) if incident.acted_by else ""
    drill = incident.kind is IncidentKind.DRILL
    match incident.status:
        case IncidentStatus.OPEN:
            again = incident.waves > 1
            if again and incident.kind is IncidentKind.DURESS:
                return ["❗ The duress PIN was used once more."]
            if again and incident.panic_by:
                return [panic.again(incident)]
            return [f"❗ New motion after {by or 'somebody'} acknowledged."] if again else []
        case IncidentStatus.ACKNOWLEDGED:
            stopped = STOPPED if incident.calls_made else ""
            return [f"✅ {bold(f'Acknowledged by {by}')}{at}.{stopped}"]
    if incident.kind is IncidentKind.DURESS:
        return [f"{bold(duress.standing(incident))}{at}."]
    match incident.verdict:
        case Verdict.FALSE_ALARM:
            return [f"{bold(f'False alarm, says {by}' if by else 'False alarm')}{at}."]
        case Verdict.REAL:
            return [f"{bold(f'Real, says {by}' if by else 'Real')}{at}."]
    if drill:
        return [f"{bold(f'Ended {ended_by(incident)}')}{at}."]
    if by:
        return [f"{bold(f'Disarmed by {by}')}{at}."]
    return [f"{bold('Closed by itself')}{at}: no motion for 30 min after the acknowledgement."]


def ended_by(incident: Incident) -> str:
    """Return who or what has ended a drill."""
    if incident.acted_by:
        return f"by {name(incident.acted_by)}"
    return "by a real alarm" if incident.overtaken else "by itself"


def buttons(incident: Incident) -> list[list[Button]]:
    """Return what can still be done about an incident; nothing once it is closed."""
    if incident.status is IncidentStatus.CLOSED:
        return []
    about = incident.id
    if incident.kind is IncidentKind.DURESS:
        # The panel is disarmed already, and to disarm once more would end nothing.
        rows = [[Button("False alarm", Press.FALSE_ALARM, about)]]
        if incident.status is IncidentStatus.OPEN:
            rows.insert(0, [Button("Acknowledge", Press.ACKNOWLEDGE, about)])
        return rows
    rows = [
        [
            Button("False alarm", Press.FALSE_ALARM, about),
            Button("Disarm", Press.DISARM, about),
        ]
    ]
    if incident.status is IncidentStatus.OPEN:
        rows.insert(0, [Button("Acknowledge", Press.ACKNOWLEDGE, about)])
    held = len(held_back(incident))
    if held:
        rows.append([Button(f"More pictures ({held})", Press.MORE, about)])
    return rows


def caption(event: MotionEvent, incident: Incident, view: View) -> str:
    """Return the HTML under a picture or clip. The time comes first: a name may be any word."""
    label = f"{TEST}, " if incident.kind is IncidentKind.DRILL else ""
    camera = html.escape(plain(event.camera_name)) or UNNAMED_CAMERA
    return f"{label}{times.moment(event.created_at, view, seconds=True)} {camera}"
