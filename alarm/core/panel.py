"""The panel of each area: arming, exit and entry delay, disarming."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import blink_arm, drill, incidents, spans
from alarm.core.deliveries import Lane, PanelBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import IncidentKind
from alarm.core.inputs import Actor, Arm, Disarm, ExtendExit
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import UNKNOWN_AREA, Area

EXTENSION = timedelta(seconds=60)
MAX_EXIT_DELAY = timedelta(seconds=300)
ANSWER_LIFE = timedelta(minutes=2)


def arm(draft: Draft, command: Arm) -> None:
    """Arm every area at once; never wait, never ask."""
    know(draft)
    fresh = []
    for area in draft.state.areas.values():
        if area.panel is PanelState.DISARMED:
            fresh.append(area.network_id)
            start_exit_delay(draft, area, command)
        elif area.armed_at_blink is False and area.wish is not None and area.wish.confirmed:
            blink_arm.wish(draft, area.network_id, armed=True)
    notice = Notice.PANEL_ARMED if fresh else Notice.PANEL_ALREADY
    sent_at = command.actor.sent_at
    words = say(notice, by=command.actor.name, sent_at=sent_at.isoformat() if sent_at else None)
    body = PanelBody(tuple(draft.state.areas), words)
    draft.send(Lane.ALARM, str(command.actor.chat_id), body, expires=ANSWER_LIFE)
    if fresh:
        draft.note("journal", what="arm", by=command.actor.name, mode=command.mode.value)
        words = say(Notice.ARMED_BY, by=command.actor.name, mode=command.mode.value)
        draft.tell_household(words, but=command.actor.chat_id, silent=True)


def know(draft: Draft) -> None:
    """Begin to know the state: a person says how it shall be, of networks yet unseen too."""
    if draft.state.in_doubt:
        draft.set(in_doubt=False)
    if not draft.state.areas:
        draft.put_area(Area(UNKNOWN_AREA, "Home"))


def start_exit_delay(draft: Draft, area: Area, command: Arm) -> None:
    delay = draft.state.settings.modes[command.mode].exit_delay
    area = replace(
        area,
        panel=PanelState.ARMING,
        mode=command.mode,
        changed_at=draft.now,
        changed_by=command.actor.name,
        deadline=draft.now + delay,
    )
    if not delay:
        area = spans.armed(draft, area, draft.now)
    draft.put_area(area)
    blink_arm.wish(draft, area.network_id, armed=True)


def extend_exit(draft: Draft, command: ExtendExit) -> None:
    for area in draft.state.areas.values():
        if area.panel is PanelState.ARMING and area.deadline is not None:
            latest = draft.now + MAX_EXIT_DELAY
            draft.put_area(replace(area, deadline=min(area.deadline + EXTENSION, latest)))
    draft.note("journal", what="extend exit delay", by=command.actor.name)
    refresh_panel_messages(draft)


def disarm(draft: Draft, command: Disarm) -> None:
    """End every state of every area; wins over every timer."""
    actor = command.actor
    pressed = draft.state.incidents.get(command.incident_id or "")
    if pressed is not None and pressed.kind is IncidentKind.DRILL:
        # A button under a TEST alert must not leave the real house unguarded.
        drill.end(draft, pressed, actor)
        return
    know(draft)
    was_armed = draft.state.armed
    for area in draft.state.areas.values():
        disarm_area(draft, area, actor)
    for incident in incidents.drills(draft):
        drill.end(draft, incident, actor)
    sent_at = actor.sent_at.isoformat() if actor.sent_at else None
    draft.tell(actor.chat_id, say(Notice.DISARMED, by=actor.name, sent_at=sent_at), lane=Lane.ALARM)
    refresh_panel_messages(draft)
    draft.set(panel_messages={})
    if was_armed:
        draft.note("journal", what="disarm", by=actor.name)
        words = say(Notice.DISARMED_BY, by=actor.name)
        draft.tell_household(words, but=actor.chat_id, silent=True)


def disarm_area(draft: Draft, area: Area, actor: Actor) -> None:
    if area.incident_id is not None:
        incident = draft.state.incidents[area.incident_id]
        incidents.close(draft, incident, actor.name, incident.verdict)
        area = draft.state.areas[area.network_id]
    if area.panel is PanelState.PENDING:
        area = replace(area, unspent=())
    if area.panel is not PanelState.DISARMED:
        area = replace(
            spans.ended(area, draft.blink_now, by_person=True),
            panel=PanelState.DISARMED,
            deadline=None,
            changed_at=draft.now,
            changed_by=actor.name,
        )
        draft.put_area(area)
    blink_arm.wish(draft, area.network_id, armed=False)


# -- entry delay -----------------------------------------------------------------------------------


def start_entry_delay(
    draft: Draft, area: Area, burst: tuple[MotionEvent, ...], delay: timedelta
) -> None:
    area = replace(area, panel=PanelState.PENDING, deadline=draft.now + delay)
    draft.put_area(area)
    cameras = ", ".join(dict.fromkeys(event.camera_name for event in burst))
    seconds = round(delay.total_seconds())
    words = say(Notice.ENTRY_DELAY, area=area.name, cameras=cameras, seconds=seconds)
    draft.tell_household(words, lane=Lane.ALARM)
    draft.note("journal", what="entry delay", area=area.name, cameras=cameras)


def tick(draft: Draft) -> None:
    for area in draft.state.areas.values():
        if area.deadline is not None and area.deadline <= draft.now:
            if area.panel is PanelState.ARMING:
                draft.put_area(spans.armed(draft, area, area.deadline))
                draft.note("journal", what="armed", area=area.name, mode=area.mode.value)
                refresh_panel_messages(draft)
            elif area.panel is PanelState.PENDING:
                current = replace(area, deadline=None)
                draft.put_area(current)
                burst = tuple(c.event for c in area.unspent)
                incidents.open_burglary(draft, current, burst, area.mode)
