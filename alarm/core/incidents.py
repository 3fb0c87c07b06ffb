"""Incidents: opening, joining, acknowledging, judging, closing; and the drill."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import escalation, pictures, spans
from alarm.core.deliveries import (
    AlertBody,
    CallBody,
    DeliveryStatus,
    HangUpBody,
    Lane,
    MediaBody,
    say,
)
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.inputs import Acknowledge, FalseAlarm
from alarm.core.messages import refresh_copies, refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.rule import rings_again
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area

# An acknowledged incident closes by itself this long after the last thing that happened in it.
AUTO_CLOSE = timedelta(minutes=30)
KEPT_CLOSED = 5
KEPT_EVENTS = 100


def open_burglary(draft: Draft, area: Area, burst: tuple[MotionEvent, ...], mode: Mode) -> None:
    """Open an incident for a burst; all counted events so far are spent by it."""
    for drilled in drills(draft):
        # It must neither keep the phones busy nor be taken for the real thing.
        close(draft, drilled, "", Verdict.TEST)
    if area.panel is PanelState.ARMING:
        area = spans.armed(draft, area, draft.now)
    rule = draft.state.settings.modes[mode].rule
    incident = Incident(
        id=draft.next_incident_id(),
        kind=IncidentKind.BURGLARY,
        network_id=area.network_id,
        area_name=area.name,
        mode=mode,
        opened_at=draft.now,
        rule_text=f"{rule.threshold} in {rule.lookback.total_seconds():g} s",
        events=burst[-KEPT_EVENTS:],
        event_count=len(burst),
        late=max(draft.blink_now - burst[-1].created_at, timedelta(0)),
        panel_before=PanelState.DISARMED if area.panel is PanelState.DISARMED else PanelState.ARMED,
    )
    draft.put_area(
        replace(
            area,
            panel=PanelState.TRIGGERED,
            deadline=None,
            unspent=(),
            incident_id=incident.id,
        )
    )
    start(draft, incident, with_calls=True)
    refresh_panel_messages(draft)


def start(draft: Draft, incident: Incident, *, with_calls: bool) -> None:
    """Send the alert and begin the first wave; a drill without calls has none."""
    wave = None
    if with_calls:
        wave = escalation.first_wave(draft, incident.mode, with_calls=True)
    draft.put_incident(replace(incident, wave=wave))
    for chat_id in draft.household():
        draft.send(Lane.ALARM, str(chat_id), AlertBody(incident.id))
    pictures.show_new(draft, incident.id)
    draft.note(
        "incident",
        id=incident.id,
        what="opened",
        sort=incident.kind.value,
        area=incident.area_name,
        count=incident.event_count,
        late=incident.late.total_seconds(),
    )


def join(draft: Draft, incident: Incident, event: MotionEvent) -> None:
    """Add an event to the incident that is open; after an acknowledgement it may ring anew."""
    incident = replace(
        incident,
        events=(*incident.events, event)[-KEPT_EVENTS:],
        event_count=incident.event_count + 1,
    )
    draft.put_incident(incident)
    refresh_copies(draft, incident.id)
    pictures.show_new(draft, incident.id)
    if incident.status is IncidentStatus.ACKNOWLEDGED and rings_again(
        incident, event, draft.state.settings.modes[incident.mode].rule
    ):
        wave = escalation.first_wave(draft, incident.mode, with_calls=True)
        incident = draft.state.incidents[incident.id]
        draft.put_incident(
            replace(
                incident,
                status=IncidentStatus.OPEN,
                acknowledged_at=None,
                wave=wave,
                waves=incident.waves + 1,
            )
        )
        for chat_id in draft.household():
            draft.send(Lane.ALARM, str(chat_id), AlertBody(incident.id))
        draft.note("incident", id=incident.id, what="new wave", count=incident.event_count)


def show_late(draft: Draft, area: Area, event: MotionEvent) -> None:
    """Show an event that belongs to an incident already closed; it never rings."""
    closed = [
        i
        for i in draft.state.incidents.values()
        if i.network_id == area.network_id and i.status is IncidentStatus.CLOSED
    ]
    if not closed:
        return
    incident = max(closed, key=lambda i: i.opened_at)
    draft.put_incident(
        replace(
            incident,
            events=(*incident.events, event)[-KEPT_EVENTS:],
            event_count=incident.event_count + 1,
        )
    )
    refresh_copies(draft, incident.id)
    pictures.show_new(draft, incident.id)


# -- what people do --------------------------------------------------------------------------------


def acknowledge(draft: Draft, command: Acknowledge) -> None:
    """Stop the calls of this wave; the panel stays as it is."""
    actor = command.actor
    incidents = [
        i
        for i in draft.state.incidents.values()
        if i.status is not IncidentStatus.CLOSED and command.incident_id in (None, i.id)
    ]
    if not incidents:
        over = command.incident_id in draft.state.incidents
        notice = Notice.INCIDENT_OVER if over else Notice.NOTHING_TO_DO
        draft.tell(actor.chat_id, say(notice))
        return
    for incident in incidents:
        if incident.status is IncidentStatus.OPEN:
            stop_calls(draft, incident.id)
            current = draft.state.incidents[incident.id]
            draft.put_incident(
                replace(
                    current,
                    status=IncidentStatus.ACKNOWLEDGED,
                    acknowledged_at=draft.blink_now,
                    acted_by=actor.name,
                    acted_at=draft.now,
                )
            )
            refresh_copies(draft, incident.id)
            draft.note("incident", id=incident.id, what="acknowledged", by=actor.name)
    by = draft.state.incidents[incidents[-1].id].acted_by
    draft.tell(actor.chat_id, say(Notice.ACKNOWLEDGED, by=by), lane=Lane.ALARM)


def false_alarm(draft: Draft, command: FalseAlarm) -> None:
    """Close with that verdict; the panel stays armed in the mode the incident began in."""
    incident = draft.state.incidents.get(command.incident_id)
    if incident is None or incident.status is IncidentStatus.CLOSED:
        draft.tell(command.actor.chat_id, say(Notice.INCIDENT_OVER))
    else:
        close(draft, incident, command.actor.name, Verdict.FALSE_ALARM)
        words = say(Notice.FALSE_ALARM, by=command.actor.name)
        draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
        draft.tell_household(words, but=command.actor.chat_id, silent=True)
        refresh_panel_messages(draft)


def close(draft: Draft, incident: Incident, by: str, verdict: Verdict) -> None:
    """Close: stop everything that waits or rings, and give the area its panel back."""
    stop_calls(draft, incident.id)
    stop_telling(draft, incident.id)
    current = draft.state.incidents[incident.id]
    draft.put_incident(
        replace(
            current,
            status=IncidentStatus.CLOSED,
            verdict=verdict,
            acted_by=by,
            acted_at=draft.now,
        )
    )
    area = draft.state.areas.get(incident.network_id)
    if area is not None and area.incident_id == incident.id:
        spent_until = max(filter(None, (area.spent_until, draft.blink_now)))
        draft.put_area(
            replace(area, panel=incident.panel_before, incident_id=None, spent_until=spent_until)
        )
    refresh_copies(draft, incident.id)
    draft.note("incident", id=incident.id, what="closed", by=by, verdict=verdict.value)
    forget_old(draft)


def drills(draft: Draft) -> list[Incident]:
    return [
        i
        for i in draft.state.incidents.values()
        if i.kind is IncidentKind.DRILL and i.status is not IncidentStatus.CLOSED
    ]


def alarm_open(draft: Draft) -> bool:
    """Tell whether a real incident is not closed yet."""
    return any(
        i.kind is IncidentKind.BURGLARY and i.status is not IncidentStatus.CLOSED
        for i in draft.state.incidents.values()
    )


def stop_calls(draft: Draft, incident_id: str) -> None:
    """End the wave: forget the call that waits, hang up the one that rings.

    A call that Twilio may just have taken stays until that is known, and is hung up then.
    """
    gone = []
    for delivery in draft.state.outbox.values():
        if not isinstance(delivery.body, CallBody) or delivery.body.incident_id != incident_id:
            continue
        if delivery.provider_id:
            body = HangUpBody(delivery.provider_id)
            draft.send(Lane.PHONE, delivery.target, body, expires=escalation.HANG_UP_LIFE)
        if delivery.status is not DeliveryStatus.SENDING:
            gone.append(delivery.id)
    draft.drop(gone)
    draft.put_incident(replace(draft.state.incidents[incident_id], wave=None))


def stop_telling(draft: Draft, incident_id: str) -> None:
    """Forget alerts and pictures that did not leave yet; what is on its way is edited later."""
    draft.drop(
        d.id
        for d in draft.state.outbox.values()
        if isinstance(d.body, AlertBody | MediaBody)
        and d.body.incident_id == incident_id
        and d.status is not DeliveryStatus.SENDING
    )


def forget_old(draft: Draft) -> None:
    closed = [i for i in draft.state.incidents.values() if i.status is IncidentStatus.CLOSED]
    oldest = sorted(closed, key=lambda i: i.opened_at)[:-KEPT_CLOSED]
    if oldest:
        gone = {i.id for i in oldest}
        kept = {k: i for k, i in draft.state.incidents.items() if k not in gone}
        draft.set(incidents=kept)


def tick(draft: Draft) -> None:
    """Close what nobody needs open any more."""
    for incident in draft.state.incidents.values():
        if (
            incident.kind is IncidentKind.BURGLARY
            and incident.status is IncidentStatus.ACKNOWLEDGED
        ):
            newest = max((e.created_at for e in incident.events), default=None)
            times: list[datetime] = [t for t in (incident.acknowledged_at, newest) if t]
            if draft.blink_now - max(times) >= AUTO_CLOSE:
                close(draft, incident, "", Verdict.UNJUDGED)
                draft.tell_household(say(Notice.AUTO_CLOSED, area=incident.area_name), silent=True)
                refresh_panel_messages(draft)
