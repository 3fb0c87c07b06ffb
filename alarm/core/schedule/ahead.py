"""Tell a little ahead what the clock is going to do, and take in what a person says to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.actor import Actor
from alarm.core.clock_commands import KeepHold, SkipArming
from alarm.core.deliveries import Lane, Words, say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import settled
from alarm.core.schedule.calendar import Planned
from alarm.core.schedule.carrying_out import RESTLESS
from alarm.core.schedule.edges import wanted_at
from alarm.core.schedule.vacation import iso
from alarm.core.schedule.wishes import (
    Why,
    after_hold,
    armed_mode,
    confirmed,
    next_change,
    zone_of,
)
from alarm.core.settings import Mode
from alarm.core.state import Area

BEFORE_AWAY = timedelta(minutes=10)
BEFORE_HOLD_ENDS = timedelta(minutes=5)


def tick(draft: Draft) -> None:
    if confirmed(draft.state):
        tell_of_away(draft)
        tell_of_holds(draft)


# -- ten minutes before a scheduled away arming ----------------------------------------------------


def tell_of_away(draft: Draft) -> None:
    now, calendar = draft.blink_now, draft.state.calendar
    coming = [at for area in draft.state.areas.values() if (at := away_at(draft, area))]
    at = min(coming, default=None)
    if at is None or at == calendar.told_for or now < at - BEFORE_AWAY:
        return
    draft.set(calendar=replace(calendar, told_for=at))
    tell_until(draft, say(Notice.AWAY_SOON, at=at.isoformat()), at, silent=True)


def away_at(draft: Draft, area: Area) -> datetime | None:
    """Return when the schedule is going to arm this area away, if that is its next change."""
    change = next_change(draft.state, area, draft.blink_now)
    if change is None or change.why is not Why.SCHEDULE or change.mode is not Mode.AWAY:
        return None
    return None if area.panel in RESTLESS or armed_mode(area) is Mode.AWAY else change.at


def skip_arming(draft: Draft, command: SkipArming) -> None:
    """Call off one scheduled arming, or put it off; the edges after it stay."""
    at, now = command.at, draft.blink_now
    areas = [a for a in draft.state.areas.values() if same(away_at(draft, a), at)]
    if not areas or at <= now:
        answer(draft, command.actor, say(Notice.NOTHING_TO_SKIP, panel=draft.panels()))
        return
    later = None if command.by is None else at + command.by
    schedule, zone = draft.state.calendar.schedule, zone_of(draft.state)
    over = later is not None and wanted_at(schedule, zone, later) is not Mode.AWAY
    planned = None
    if later is not None and not over:
        planned = Planned(later, Mode.AWAY, "", postponed=True)
    for area in areas:
        timing = replace(area.timing, called_off=at, planned=planned)
        draft.put_area(replace(area, timing=timing))
    words = say(
        Notice.ARMING_SKIPPED,
        at=at.isoformat(),
        later=iso(planned.at if planned else None),
        over=over,
        by=command.actor.name,
    )
    draft.note("journal", what="scheduled arming put off", by=command.actor.name, at=iso(at))
    answer(draft, command.actor, words, told=True)


# -- five minutes before the end of what a person set for a time -----------------------------------


def tell_of_holds(draft: Draft) -> None:
    now = draft.blink_now
    ending: dict[tuple[datetime, Mode | None, str], None] = {}
    for area in draft.state.areas.values():
        hold = area.timing.hold
        if hold is None or hold.told or not hold.until - BEFORE_HOLD_ENDS <= now < hold.until:
            continue
        draft.put_area(replace(area, timing=replace(area.timing, hold=replace(hold, told=True))))
        mode = after_hold(draft.state, hold.before, hold.until)
        # Who set a shorter time than the warning has just read how it ends.
        short = hold.until - hold.since <= BEFORE_HOLD_ENDS
        if mode is not armed_mode(area) and not short and area.panel not in RESTLESS:
            ending[hold.until, mode, hold.by] = None
    for until, mode, by in ending:
        then = mode.value if mode else ""
        words = say(Notice.HOLD_ENDS, until=until.isoformat(), then=then, by=by)
        tell_until(draft, words, until, silent=mode is None)


def keep_hold(draft: Draft, command: KeepHold) -> None:
    """Let what a person set for a time stay until the next edge, or for longer."""
    held = [a for a in draft.state.areas.values() if a.timing.hold is not None]
    held = [a for a in held if a.timing.hold and same(a.timing.hold.until, command.until)]
    if not held:
        answer(draft, command.actor, say(Notice.NOTHING_TO_KEEP, panel=draft.panels()))
        return
    until = None if command.by is None else max(command.until, draft.blink_now) + command.by
    for area in held:
        timing, hold = area.timing, area.timing.hold
        if hold is None or until is None:
            timing = replace(timing, hold=None, settled_at=settled(timing, draft.blink_now))
        else:
            timing = replace(timing, hold=replace(hold, until=until, told=False))
        draft.put_area(replace(area, timing=timing))
    words = say(Notice.HOLD_KEPT, until=iso(until), by=command.actor.name)
    draft.note("journal", what="kept as it is", by=command.actor.name, until=iso(until))
    answer(draft, command.actor, words, told=True)


def same(at: datetime | None, named: datetime) -> bool:
    """Tell whether a moment is the one that a button names, in whole seconds."""
    return at is not None and at.replace(microsecond=0) == named.replace(microsecond=0)


# -- saying it -------------------------------------------------------------------------------------


def tell_until(draft: Draft, words: Words, at: datetime, *, silent: bool) -> None:
    """Tell the household, unless it cannot be told before that moment."""
    for chat_id in draft.household():
        draft.tell(chat_id, words, expires=at - draft.blink_now, silent=silent)


def answer(draft: Draft, actor: Actor, words: Words, *, told: bool = False) -> None:
    """Answer a person; `told`: the others hear of it as well, silently."""
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
    if told:
        draft.tell_household(words, but=actor.chat_id, silent=True)
