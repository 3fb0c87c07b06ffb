"""The panel of each area: arming, exit and entry delay, disarming."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import blink_arm, closing, drill, incidents, spans
from alarm.core.commands import (
    Actor,
    Arm,
    Disarm,
    ExtendExit,
)
from alarm.core.deliveries import Lane, PanelBody, say
from alarm.core.draft import Draft
from alarm.core.events import MotionEvent
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import MAX_EXIT_DELAY, PanelState
from alarm.core.state import UNKNOWN_AREA, Area, Entry

EXTENSION = timedelta(seconds=60)
ANSWER_LIFE = timedelta(minutes=2)


def arm(draft: Draft, command: Arm) -> None:
    """Arm every area at once; never wait, never ask."""
    know(draft)
    fresh = []
    for area in draft.state.areas.values():
        if area.panel is PanelState.DISARMED:
            fresh.append(area.network_id)
            start_exit_delay(draft, area, command)
        elif area.armed_at_blink is False and (area.wish is None or area.wish.confirmed):
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
    delay = draft.state.settings.mode(command.mode).exit_delay
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
    """Give a minute more to leave, up to five minutes from now; nothing once it is armed."""
    extended = False
    for area in draft.state.areas.values():
        if area.panel is PanelState.ARMING and area.deadline is not None:
            latest = draft.now + MAX_EXIT_DELAY
            draft.put_area(replace(area, deadline=min(area.deadline + EXTENSION, latest)))
            extended = True
    if extended:
        draft.note("journal", what="extend exit delay", by=command.actor.name)
        refresh_panel_messages(draft)
    else:
        draft.tell(command.actor.chat_id, say(Notice.NOTHING_TO_DO, panel=draft.panels()))


def disarm(draft: Draft, command: Disarm) -> None:
    """End every state of every area; wins over every timer."""
    if command.incident_id is not None:
        pressed = draft.state.incidents.get(command.incident_id)
        if pressed is None or pressed.status is IncidentStatus.CLOSED:
            # The button of an alert that is over only answers.
            words = say(Notice.INCIDENT_OVER, panel=draft.panels())
            draft.tell(command.actor.chat_id, words)
            return
        if pressed.kind is IncidentKind.DRILL:
            # A button under a TEST alert must not leave the real house unguarded.
            drill.end(draft, pressed, command.actor)
            return
    disarm_all(draft, command.actor)


def disarm_all(draft: Draft, actor: Actor) -> None:
    know(draft)
    was_armed = draft.state.armed
    calls: int | None = None
    called_off: tuple[str, ...] = ()
    for area in draft.state.areas.values():
        incident = draft.state.incidents.get(area.incident_id or "")
        if incident is not None:
            told = closing.close(draft, incident, actor.name, incident.verdict)
            calls = (calls or 0) + incident.calls_made
            called_off = tuple(dict.fromkeys((*called_off, *told)))
        disarm_area(draft, draft.state.areas[area.network_id], actor)
    for incident in drill.running(draft):
        drill.end(draft, incident, actor)
    words = say(
        Notice.DISARMED,
        by=actor.name,
        sent_at=actor.sent_at.isoformat() if actor.sent_at else None,
        calls=calls,
        called_off=", ".join(called_off),
    )
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    refresh_panel_messages(draft)
    draft.set(panel_messages={})
    if was_armed:
        draft.note("journal", what="disarm", by=actor.name)
        words = say(Notice.DISARMED_BY, by=actor.name)
        draft.tell_household(words, but=actor.chat_id, silent=True)


def disarm_area(draft: Draft, area: Area, actor: Actor) -> None:
    if area.panel is PanelState.PENDING:
        # Told and answered by this person: nothing seen up to now is news.
        draft.forget_words(Notice.ENTRY_DELAY, area=area.name)
        area = replace(area, entry=None, unspent=(), spent_until=draft.blink_now)
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
    draft: Draft, area: Area, burst: tuple[MotionEvent, ...], delay: timedelta, late: timedelta
) -> None:
    area = replace(
        area,
        panel=PanelState.PENDING,
        deadline=draft.now + delay,
        entry=Entry(burst, late),
    )
    draft.put_area(area)
    cameras = ", ".join(dict.fromkeys(event.camera_name for event in burst))
    seconds = round(delay.total_seconds())
    words = say(Notice.ENTRY_DELAY, area=area.name, cameras=cameras, seconds=seconds)
    draft.tell_household(words, lane=Lane.ALARM)
    draft.note("journal", what="entry delay", area=area.name, cameras=cameras)
    refresh_panel_messages(draft)


def shorten_entry_delay(draft: Draft, area: Area, delay: timedelta) -> None:
    """Let a running entry delay end sooner, never later."""
    if area.deadline is not None and draft.now + delay < area.deadline:
        draft.put_area(replace(area, deadline=draft.now + delay))


def end_entry_delay(draft: Draft, area: Area, entry: Entry) -> None:
    """Open the incident for what began the delay and for what came in it."""
    first = entry.events[0].created_at
    known = {event.key for event in entry.events}
    since = [c.event for c in area.unspent if c.event.created_at >= first]
    events = [*entry.events, *(event for event in since if event.key not in known)]
    burst = tuple(sorted(events, key=lambda event: (event.created_at, event.key)))
    incidents.open_burglary(draft, area, burst, area.mode, entry.late)


def tick(draft: Draft) -> None:
    for area in draft.state.areas.values():
        if area.deadline is None or area.deadline > draft.now:
            continue
        if area.panel is PanelState.ARMING:
            draft.put_area(spans.armed(draft, area, area.deadline))
            draft.note("journal", what="armed", area=area.name, mode=area.mode.value)
            refresh_panel_messages(draft)
        elif area.entry is not None:
            end_entry_delay(draft, area, area.entry)
