"""Incidents: opening, joining, acknowledging, judging, and closing by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import (
    alerting,
    closing,
    drill,
    escalation,
    pictures,
    secrecy,
    spans,
    swinger,
    trial,
)
from alarm.core.commands import Acknowledge, FalseAlarm
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.messages import refresh_copies, refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.rule import rings_again, rules_of
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area

# An acknowledged incident closes by itself this long after the last thing that happened in it.
AUTO_CLOSE = timedelta(minutes=30)
KEPT_EVENTS = 100


def open_burglary(
    draft: Draft,
    area: Area,
    burst: tuple[MotionEvent, ...],
    mode: Mode,
    late: timedelta,
    rule_text: str,
) -> None:
    """Open an incident for a burst; all counted events so far are spent by it.

    `late`: how long after the newest event of the burst it was noticed.
    """
    trial.give_way(draft)
    drill.give_way(draft)
    # A warning that did not leave yet is overtaken by the alert.
    draft.forget_words(Notice.ENTRY_DELAY, network=area.network_id)
    if area.panel is PanelState.ARMING:
        area = spans.armed(draft, area, draft.now)
    incident = Incident(
        id=draft.next_incident_id(),
        kind=IncidentKind.BURGLARY,
        network_id=area.network_id,
        area_name=area.name,
        mode=mode,
        opened_at=draft.now,
        rule_text=rule_text,
        events=burst[-KEPT_EVENTS:],
        event_count=len(burst),
        late=max(late, timedelta(0)),
        recent_closing=soon_after_arming(draft, area, burst[-1]),
        cameras=frozenset(event.camera_id for event in burst),
        panel_before=PanelState.DISARMED if area.panel is PanelState.DISARMED else PanelState.ARMED,
    )
    draft.put_area(
        replace(
            area,
            panel=PanelState.TRIGGERED,
            deadline=None,
            entry=None,
            unspent=(),
            incident_id=incident.id,
        )
    )
    alerting.start(draft, incident, with_calls=True)
    refresh_panel_messages(draft)


def soon_after_arming(draft: Draft, area: Area, event: MotionEvent) -> bool:
    """Tell whether whoever armed may still be near (the recent closing of CP-01)."""
    soon, span = draft.state.settings.recent_closing, spans.span_of(area, event)
    return bool(soon) and span is not None and event.created_at - span.armed_at <= soon


def join(draft: Draft, incident: Incident, event: MotionEvent) -> None:
    """Add an event to the incident that is open; after an acknowledgement it may ring anew."""
    acknowledged = incident.acknowledged_at
    before = acknowledged is None or event.created_at <= acknowledged
    incident = replace(
        with_event(incident, event),
        cameras=incident.cameras | {event.camera_id} if before else incident.cameras,
    )
    draft.put_incident(incident)
    refresh_copies(draft, incident.id)
    pictures.show_new(draft, incident.id, (event,))
    if rings_again(incident, event, rules_of(draft.state.settings, incident.mode)):
        new_wave(draft, incident.id)


def show(draft: Draft, incident: Incident, event: MotionEvent) -> None:
    """Show an event of a camera that never counts among the pictures of what is open."""
    shown = with_event(incident, event)
    uncounted = (shown.uncounted | {event.key}) & {e.key for e in shown.events}
    draft.put_incident(replace(shown, uncounted=uncounted, event_count=incident.event_count))
    refresh_copies(draft, incident.id)
    pictures.show_new(draft, incident.id, (event,), at_once=0)


def with_event(incident: Incident, event: MotionEvent) -> Incident:
    events = (*incident.events, event)
    dropped = [e.created_at for e in events[:-KEPT_EVENTS]]
    return replace(
        incident,
        events=events[-KEPT_EVENTS:],
        event_count=incident.event_count + 1,
        dropped_until=max([*dropped, *filter(None, (incident.dropped_until,))], default=None),
    )


def new_wave(draft: Draft, incident_id: str) -> None:
    """Ring once more for an incident that somebody had acknowledged."""
    incident = draft.state.incidents[incident_id]
    draft.put_incident(
        replace(
            incident,
            status=IncidentStatus.OPEN,
            acknowledged_at=None,
            wave=escalation.first_wave(draft, incident.mode),
            waves=incident.waves + 1,
        )
    )
    alerting.send_alerts(draft, incident_id)
    draft.note("incident", id=incident_id, what="new wave", count=incident.event_count)


def show_late(draft: Draft, area: Area, event: MotionEvent) -> None:
    """Show an event in the closed incident that it belongs to; it never rings."""
    closed = [
        i
        for i in draft.state.incidents.values()
        if i.kind is IncidentKind.BURGLARY
        and i.network_id == area.network_id
        and i.closed_at is not None
        and event.created_at <= i.closed_at
    ]
    if closed:
        incident = with_event(min(closed, key=lambda i: i.closed_at or i.opened_at), event)
        draft.put_incident(incident)
        refresh_copies(draft, incident.id)
        pictures.show_new(draft, incident.id, (event,))


# -- what people do --------------------------------------------------------------------------------


def acknowledge(draft: Draft, command: Acknowledge) -> None:
    """Stop the calls of this wave; the panel stays as it is."""
    actor = command.actor
    incidents = [
        i
        for i in draft.state.incidents.values()
        if i.status is not IncidentStatus.CLOSED
        and command.incident_id in (None, i.id)
        and secrecy.shown(i, actor.chat_id)
    ]
    if not incidents:
        notice = Notice.INCIDENT_OVER if command.incident_id else Notice.NOTHING_TO_DO
        draft.tell(actor.chat_id, say(notice, panel=draft.panels()))
        return
    for incident in incidents:
        if incident.status is IncidentStatus.OPEN:
            # Whoever is talked to right now is cut off, and counts as reached all the same.
            reached_at = {**incident.reached_at, **closing.talking(draft, incident)}
            closing.stop_calls(draft, incident.id)
            current = draft.state.incidents[incident.id]
            draft.put_incident(
                replace(
                    current,
                    status=IncidentStatus.ACKNOWLEDGED,
                    reached_at=reached_at,
                    acknowledged_at=draft.blink_now,
                    acted_by=actor.name,
                    acted_at=draft.now,
                    cameras=current.cameras | {e.camera_id for e in current.counted},
                )
            )
            refresh_copies(draft, incident.id)
            draft.note("incident", id=incident.id, what="acknowledged", by=actor.name)
    refresh_panel_messages(draft)
    by = draft.state.incidents[incidents[-1].id].acted_by
    calls = sum(incident.calls_made for incident in incidents)
    words = say(Notice.ACKNOWLEDGED, by=by, **closing.about_calls(draft, calls))
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)


def false_alarm(draft: Draft, command: FalseAlarm) -> None:
    """Close with that verdict; the panel stays armed in the mode the incident began in."""
    actor = command.actor
    incident = draft.state.incidents.get(command.incident_id)
    if incident is None or incident.status is IncidentStatus.CLOSED:
        draft.tell(actor.chat_id, say(Notice.INCIDENT_OVER, panel=draft.panels()))
    elif incident.kind is IncidentKind.DRILL:
        drill.end(draft, incident, actor)
    else:
        told = closing.close(
            draft, incident, actor.name, Verdict.FALSE_ALARM, user_id=actor.user_id
        )
        about_calls = closing.about_calls(draft, incident.calls_made)
        about_told = closing.about_told(draft, told)
        words = say(Notice.FALSE_ALARM, by=actor.name, **about_calls, **about_told)
        draft.tell(actor.chat_id, words, lane=Lane.ALARM)
        draft.tell_household(words, but=actor.chat_id, silent=True)
        swinger.shut_down(draft, incident)
        refresh_panel_messages(draft)


# -- what happens by itself ------------------------------------------------------------------------


def tick(draft: Draft) -> None:
    """Close what nobody needs open any more."""
    for incident in draft.state.incidents.values():
        if (
            incident.kind in (IncidentKind.BURGLARY, IncidentKind.PANIC)
            and incident.status is IncidentStatus.ACKNOWLEDGED
        ):
            # A clip that is dated ahead of Blink's own clock must not keep it open for ever.
            happened = (e.created_at for e in incident.counted if e.created_at <= draft.blink_now)
            newest = max(happened, default=None)
            times: list[datetime] = [t for t in (incident.acknowledged_at, newest) if t]
            if draft.blink_now - max(times) >= AUTO_CLOSE:
                closing.close(draft, incident, "", Verdict.UNJUDGED)
                draft.tell_household(say(Notice.AUTO_CLOSED, area=incident.area_name), silent=True)
                swinger.shut_down(draft, incident)
                refresh_panel_messages(draft)
