"""Arming later: `/arm in 10m`."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import panel
from alarm.core.clock_commands import ArmLater, DropPlan
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.schedule.calendar import Planned
from alarm.core.schedule.vacation import iso


def arm_later(draft: Draft, command: ArmLater) -> None:
    """Remember to arm; a new time replaces the one before."""
    panel.know(draft)
    planned = Planned(command.at, command.mode, command.actor.name, command.until)
    for area in panel.chosen(draft, command.area):
        draft.put_area(replace(area, timing=replace(area.timing, planned=planned)))
    words = say(
        Notice.ARM_PLANNED,
        at=command.at.isoformat(),
        mode=command.mode.value,
        until=iso(command.until),
        by=command.actor.name,
    )
    draft.note("journal", what="arm later", by=command.actor.name, at=iso(command.at))
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=command.actor.chat_id, silent=True)


def drop_plan(draft: Draft, command: DropPlan) -> None:
    """Forget an arming to come; the panel stays as it is."""
    planned = [a for a in draft.state.areas.values() if a.timing.planned is not None]
    if not planned:
        words = say(Notice.NOTHING_TO_SKIP, panel=draft.panels())
        draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
        return
    for area in planned:
        draft.put_area(replace(area, timing=replace(area.timing, planned=None)))
    words = say(Notice.PLAN_DROPPED, by=command.actor.name)
    draft.note("journal", what="arm later called off", by=command.actor.name)
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=command.actor.chat_id, silent=True)
