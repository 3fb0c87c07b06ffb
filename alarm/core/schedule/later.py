"""Arming later: `/arm in 10m`."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import panel
from alarm.core.clock_commands import ArmLater, DropPlan
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.schedule import by_hand
from alarm.core.schedule.ahead import same
from alarm.core.schedule.calendar import Planned
from alarm.core.schedule.vacation import iso
from alarm.core.schedule.wishes import Change, Why


def arm_later(draft: Draft, command: ArmLater) -> None:
    """Remember to arm; a new time replaces the one before."""
    panel.know(draft)
    planned = Planned(command.at, command.mode, command.actor.name, command.until)
    areas, off, then = panel.chosen(draft, command.area), list[Change](), list[Change]()
    for area in areas:
        old = area.timing.planned
        if old is not None and (old.at, old.mode) != (planned.at, planned.mode):
            off.append(Change(old.at, old.mode, Why.PLANNED, old.by))
        if command.until is None:
            then += by_hand.end_off(draft.state, area, command.mode, command.at)
        draft.put_area(replace(area, timing=replace(area.timing, planned=planned)))
    words = say(
        Notice.ARM_PLANNED,
        at=command.at.isoformat(),
        mode=command.mode.value,
        until=iso(command.until),
        by=command.actor.name,
        **by_hand.about_off(off),
        **by_hand.about_off(then, "off_then"),
        **panel.meant(draft, areas),
    )
    by, where = command.actor.name, panel.area_names(draft, areas)
    draft.note("journal", what="arm later", by=by, at=iso(command.at), **where)
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=command.actor.chat_id, silent=True)


def drop_plan(draft: Draft, command: DropPlan) -> None:
    """Forget an arming to come; the panel stays as it is."""
    planned = [
        area
        for area in panel.asked_for(draft, command.areas)
        if area.timing.planned is not None
        and (command.at is None or same(area.timing.planned.at, command.at))
    ]
    if not planned:
        words = say(Notice.NOTHING_TO_SKIP, panel=draft.panels())
        draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
        return
    for area in planned:
        draft.put_area(replace(area, timing=replace(area.timing, planned=None)))
    by, where = command.actor.name, panel.area_names(draft, planned)
    words = say(Notice.PLAN_DROPPED, by=by, **panel.meant(draft, planned))
    draft.note("journal", what="arm later called off", by=by, **where)
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=command.actor.chat_id, silent=True)
