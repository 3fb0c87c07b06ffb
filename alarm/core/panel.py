"""The panel of each area: arming, the exit delay, changing its mode, disarming."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core import blink_arm, bypass, closing, drill, entry_delay, panic, spans
from alarm.core.actor import Actor
from alarm.core.commands import Arm, Disarm, Rearm
from alarm.core.deliveries import Lane, PanelBody, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.schedule import by_hand
from alarm.core.schedule.wishes import Change
from alarm.core.settings import Mode, PanelState
from alarm.core.state import UNKNOWN_AREA, Area

ANSWER_LIFE = timedelta(minutes=2)


class Arming(StrEnum):
    """What arming did to an area. `busy`: an alarm is on, and its mode stays until that is over."""

    STARTED = "started"
    SWITCHED = "switched"
    ALREADY = "already"
    BUSY = "busy"


def arm(draft: Draft, command: Arm) -> None:
    """Arm at once; never wait, never ask."""
    know(draft)
    by, mode = command.actor.name, command.mode
    areas = chosen(draft, command.area)
    came_to, off = set(), list[Change]()
    for area in areas:
        came_to.add(done := arm_area(draft, area, mode, by))
        if done is not Arming.BUSY:
            off += by_hand.commanded(draft, area, command.actor, command.until)
    fresh = bool(came_to & {Arming.STARTED, Arming.SWITCHED})
    sent_at = command.actor.sent_at
    words = say(
        Notice.PANEL_ARMED if fresh else Notice.PANEL_ALREADY,
        by=by,
        mode=mode.value,
        busy=Arming.BUSY in came_to,
        no_delay=Arming.SWITCHED in came_to and bool(draft.state.settings.mode(mode).exit_delay),
        over=by_hand.is_over(draft, command.until),
        sent_at=sent_at.isoformat() if sent_at else None,
        **by_hand.about_off(off),
    )
    body = PanelBody(tuple(area.network_id for area in areas), words)
    draft.send(Lane.ALARM, str(command.actor.chat_id), body, expires=ANSWER_LIFE)
    if fresh:
        named = area_names(draft, areas)
        draft.note("journal", what="arm", by=by, mode=mode.value, **named)
        about = {**by_hand.about_off(off), **meant(draft, areas)}
        at = draft.now.isoformat()
        words = say(Notice.ARMED_BY, by=by, mode=mode.value, at=at, **about)
        draft.tell_household(words, but=command.actor.chat_id, silent=True)
    elif came_to != {Arming.BUSY}:
        about, chat_id = meant(draft, areas), command.actor.chat_id
        by_hand.say_kept(draft, by, about, off, command.until, but=chat_id)
    if Arming.SWITCHED in came_to:
        refresh_panel_messages(draft)


def know(draft: Draft) -> None:
    """Begin to know the state: a person says how it shall be, of networks yet unseen too."""
    if draft.state.in_doubt:
        draft.set(in_doubt=False)
    if not draft.state.areas:
        draft.put_area(Area(UNKNOWN_AREA, "Home"))


def chosen(draft: Draft, network_id: str | None) -> list[Area]:
    """Return the area that was named; all of them where none was, or one that is no more."""
    areas = draft.state.areas
    if network_id is not None and network_id in areas:
        return [areas[network_id]]
    return list(areas.values())


def asked_for(draft: Draft, network_ids: Collection[str]) -> list[Area]:
    """Return the areas that a button is about; all of them where it names none."""
    return [a for a in draft.state.areas.values() if not network_ids or a.network_id in network_ids]


def area_names(draft: Draft, areas: list[Area]) -> dict[str, str]:
    """Return what to say of which areas are meant; nothing where it is all of them."""
    if len(areas) == len(draft.state.areas):
        return {}
    return {"area": ", ".join(area.name for area in areas)}


def meant(draft: Draft, areas: list[Area]) -> dict[str, str]:
    """Return what to say of which areas are meant, by name and by id; nothing for all of them."""
    names = area_names(draft, areas)
    return names and {**names, "ids": ",".join(area.network_id for area in areas)}


def arm_area(
    draft: Draft, area: Area, mode: Mode, by: str, delay: timedelta | None = None
) -> Arming:
    """Arm one area in a mode, after `delay`, by default the exit delay of the mode.

    An armed one changes its mode at once; one with an alarm on keeps its own.
    """
    if area.panel in (PanelState.PENDING, PanelState.TRIGGERED):
        rearm_blink(draft, area)
        return Arming.ALREADY if area.mode is mode else Arming.BUSY
    if area.panel is not PanelState.DISARMED and area.mode is mode:
        rearm_blink(draft, area)
        return Arming.ALREADY
    if delay is None:
        delay = draft.state.settings.mode(mode).exit_delay
    area = replace(area, mode=mode, changed_at=draft.now, changed_by=by)
    if area.panel is PanelState.ARMED:
        draft.put_area(spans.switched(draft, area))
        rearm_blink(draft, area)
        return Arming.SWITCHED
    area = replace(area, panel=PanelState.ARMING, deadline=draft.now + delay)
    draft.put_area(area if delay else spans.armed(draft, area, draft.now))
    if area.wish is None or not area.wish.armed:
        blink_arm.wish(draft, area.network_id, armed=True)
    return Arming.STARTED


def rearm_blink(draft: Draft, area: Area) -> None:
    """Have Blink armed again where somebody disarmed it elsewhere."""
    if area.armed_at_blink is False and (area.wish is None or area.wish.confirmed):
        blink_arm.wish(draft, area.network_id, armed=True, again=True)


def rearm(draft: Draft, command: Rearm) -> None:
    """Arm Blink again where somebody disarmed it elsewhere; the panel stays as it is."""
    areas = [a for a in chosen(draft, command.area) if a.panel is not PanelState.DISARMED]
    for area in areas:
        rearm_blink(draft, area)
    if not areas:
        draft.tell(command.actor.chat_id, say(Notice.NOT_ARMED))
        return
    draft.note("journal", what="arm again", by=command.actor.name, **area_names(draft, areas))
    words = say(Notice.PANEL_ALREADY, by=command.actor.name)
    body = PanelBody(tuple(area.network_id for area in areas), words)
    draft.send(Lane.ALARM, str(command.actor.chat_id), body, expires=ANSWER_LIFE)


# -- disarming -------------------------------------------------------------------------------------


@dataclass
class Ended:
    """What disarming ended: the calls of its alarms, None where there was none; whom it tells.

    `restored`: cameras that were left out and count again.
    """

    calls: int | None = None
    told: closing.Told = field(default_factory=closing.Told)
    restored: tuple[str, ...] = ()

    def close(self, draft: Draft, incident: Incident, actor: Actor) -> None:
        by, verdict = actor.name, incident.verdict
        self.told += closing.close(draft, incident, by, verdict, user_id=actor.user_id)
        self.calls = (self.calls or 0) + incident.calls_made


def disarm(draft: Draft, command: Disarm) -> None:
    """End every state of the areas that are meant; wins over every timer."""
    area_id = command.area
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
        # Nor the house, under an alert of the cabin.
        area_id = pressed.network_id
    know(draft)
    areas = chosen(draft, area_id)
    if command.areas:
        areas = asked_for(draft, command.areas)
    disarm_areas(draft, command.actor, areas, command.until)


def disarm_areas(
    draft: Draft, actor: Actor, areas: list[Area], until: datetime | None = None
) -> None:
    were_armed = any(area.panel is not PanelState.DISARMED for area in areas)
    newer = [area for area in areas if by_hand.ends_newer_arming(draft, area, actor)]
    ended, off = Ended(), list[Change]()
    for area in areas:
        incident = draft.state.incidents.get(area.incident_id or "")
        if incident is not None:
            ended.close(draft, incident, actor)
        current = draft.state.areas[area.network_id]
        ended.restored += disarm_area(draft, current, actor.name, by_person=True)
        off += by_hand.commanded(draft, area, actor, until)
    if len(areas) == len(draft.state.areas):
        # A panic alarm belongs to no area: it is over with all of them.
        for incident in panic.unclosed(draft):
            ended.close(draft, incident, actor)
    for incident in drill.running(draft):
        drill.end(draft, incident, actor)
    named = area_names(draft, areas)
    overtaken = {**by_hand.about_newer(newer, actor), **by_hand.about_off(off)}
    words = say(
        Notice.DISARMED,
        by=actor.name,
        sent_at=actor.sent_at.isoformat() if actor.sent_at else None,
        restored=", ".join(ended.restored),
        over=by_hand.is_over(draft, until),
        **closing.about_calls(draft, ended.calls),
        **closing.about_told(draft, ended.told),
        **overtaken,
        **named,
    )
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    refresh_panel_messages(draft)
    if not draft.state.armed:
        draft.set(panel_messages={})
    if were_armed:
        draft.note("journal", what="disarm", by=actor.name, **named)
        about = {"at": draft.now.isoformat(), **overtaken, **meant(draft, areas)}
        words = say(Notice.DISARMED_BY, by=actor.name, **about)
        # Who relies on the schedule must hear that it no longer guards.
        draft.tell_household(words, but=actor.chat_id, silent=not newer)
    else:
        about = meant(draft, areas)
        by_hand.say_kept(draft, actor.name, about, off, until, but=actor.chat_id)


def disarm_area(draft: Draft, area: Area, by: str, *, by_person: bool) -> tuple[str, ...]:
    """Disarm one area whose alarm, if it had one, is closed.

    Return the names of the cameras that were left out until then.
    """
    if area.panel is PanelState.PENDING:
        # Told and answered by this person: nothing seen up to now is news.
        draft.forget_words(Notice.ENTRY_DELAY, network=area.network_id)
        area = replace(area, entry=None, unspent=(), spent_until=draft.blink_now)
    if area.panel is not PanelState.DISARMED:
        area = replace(
            spans.ended(area, draft.blink_now, by_person=by_person),
            panel=PanelState.DISARMED,
            deadline=None,
            changed_at=draft.now,
            changed_by=by,
        )
        draft.put_area(area)
    restored = bypass.disarmed(draft, area)
    blink_arm.wish(draft, area.network_id, armed=False)
    return restored


# -- time ------------------------------------------------------------------------------------------


def tick(draft: Draft) -> None:
    for area in draft.state.areas.values():
        if area.deadline is None or area.deadline > draft.now:
            continue
        if area.panel is PanelState.ARMING:
            draft.put_area(spans.armed(draft, area, area.deadline))
            draft.note("journal", what="armed", area=area.name, mode=area.mode.value)
            refresh_panel_messages(draft)
        elif area.entry is not None:
            entry_delay.end(draft, area, area.entry)
