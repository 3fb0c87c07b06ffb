"""Vacation: armed away, edges ignored, until a moment that a person named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import panel
from alarm.core.clock_commands import EndVacation, GoOnVacation
from alarm.core.commands import Arm
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import about_off, overtaken, settled
from alarm.core.schedule.calendar import Hold, Vacation
from alarm.core.schedule.wishes import Change, armed_mode, on_vacation, scheduled
from alarm.core.settings import Mode

LONGEST = timedelta(days=366)


def go(draft: Draft, command: GoOnVacation) -> None:
    """Arm away now and ignore the schedule; a second time changes until when, and arms as well."""
    actor, until = command.actor, command.until
    if not draft.blink_now < until <= draft.blink_now + LONGEST:
        raise BadInput("A vacation ends in the future, at most a year from now.")
    old = draft.state.calendar.vacation
    put(draft, Vacation(until, actor.name))
    words = say(
        Notice.VACATION_SET,
        until=until.isoformat(),
        old=iso(old.until if old else None),
        by=actor.name,
    )
    draft.note("journal", what="vacation", by=actor.name, until=until.isoformat())
    panel.arm(draft, Arm(actor, Mode.AWAY))
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=actor.chat_id, silent=True)


def end(draft: Draft, command: EndVacation) -> None:
    """Follow the schedule again from its next edge on; the panel stays as it is.

    A time that was to end in the vacation's arming is over with it.
    """
    actor, state = command.actor, draft.state
    if state.calendar.vacation is None:
        draft.tell(actor.chat_id, say(Notice.NO_VACATION))
        return
    put(draft, None)
    off: list[Change] = []
    for before in state.areas.values():
        timing, hold = before.timing, before.timing.hold
        timing = replace(timing, settled_at=settled(timing, draft.blink_now))
        if hold and (on_vacation(state, hold.until) or not scheduled(state, before)):
            timing = replace(timing, hold=None)
        area = replace(before, timing=timing)
        draft.put_area(area)
        off += overtaken(state, before, area, draft.blink_now)
    words = say(Notice.VACATION_OVER, by=actor.name, **about_off(off))
    draft.note("journal", what="vacation ended", by=actor.name)
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    draft.tell_household(words, but=actor.chat_id, silent=True)


def tick(draft: Draft) -> None:
    """End a vacation whose time has come: each area then does what the schedule says."""
    vacation = draft.state.calendar.vacation
    if vacation is None or draft.blink_now < vacation.until:
        return
    put(draft, None)
    for area in draft.state.areas.values():
        hold = area.timing.hold
        if hold is None or hold.until <= vacation.until:
            until = vacation.until
            hold = Hold(until, until, vacation.by, armed_mode(area), told=True)
            draft.put_area(replace(area, timing=replace(area.timing, hold=hold)))
    draft.tell_household(say(Notice.VACATION_OVER), silent=True)
    draft.note("journal", what="vacation over")


def put(draft: Draft, vacation: Vacation | None) -> None:
    draft.set(calendar=replace(draft.state.calendar, vacation=vacation))


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
