"""Tell a little ahead what the clock is going to do, and take in what a person says to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import panel
from alarm.core.actor import Actor
from alarm.core.clock_commands import KeepHold, SkipArming
from alarm.core.deliveries import Lane, Words, say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import outgrown, settled
from alarm.core.schedule.calendar import PutOff
from alarm.core.schedule.vacation import iso
from alarm.core.schedule.wishes import (
    RESTLESS,
    after_hold,
    armed_mode,
    away_at,
    confirmed,
    put_off_to_come,
    wanted,
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
    now = draft.blink_now
    coming: dict[datetime, list[Area]] = {}
    for area in draft.state.areas.values():
        at = away_at(draft.state, area, draft.blink_now)
        if at is not None and at != area.timing.told_for and now >= at - BEFORE_AWAY:
            draft.put_area(replace(area, timing=replace(area.timing, told_for=at)))
            coming.setdefault(at, []).append(area)
    for at, areas in coming.items():
        words = say(Notice.AWAY_SOON, at=at.isoformat(), **panel.meant(draft, areas))
        tell_until(draft, words, at, silent=True)


def skip_arming(draft: Draft, command: SkipArming) -> None:
    """Call off one scheduled arming, or put it off; the edges after it stay."""
    at, by, now = command.at, command.actor.name, draft.blink_now
    done: dict[tuple[datetime, PutOff | None], list[Area]] = {}
    for area in panel.asked_for(draft, command.areas):
        meant = meant_by(draft, area, at)
        if meant is None or meant <= now:
            continue
        later = later_by(draft, area, at, command.by)
        timing = replace(area.timing, put_off=later)
        if same(away_at(draft.state, area, draft.blink_now), at):
            timing = replace(timing, called_off=at)
        draft.put_area(replace(area, timing=timing))
        done.setdefault((meant, later), []).append(area)
    if not done:
        answer(draft, command.actor, say(Notice.NOTHING_TO_SKIP, panel=draft.panels()))
        return
    for (due, later), group in done.items():
        words = say(
            Notice.ARMING_SKIPPED,
            at=due.isoformat(),
            later=iso(later.at if later else None),
            over=command.by is not None and later is None,
            by=by,
            **panel.meant(draft, group),
        )
        answer(draft, command.actor, words, told=True)
    where = panel.area_names(draft, [area for group in done.values() for area in group])
    draft.note("journal", what="scheduled arming put off", by=by, at=iso(at), **where)


def meant_by(draft: Draft, area: Area, at: datetime) -> datetime | None:
    """Return when the arming is to come now that a button names by any of its times."""
    put_off = put_off_to_come(draft.state, area, draft.blink_now)
    if put_off is not None and put_off.edge.replace(microsecond=0) <= at <= put_off.at:
        return put_off.at
    return at if same(away_at(draft.state, area, draft.blink_now), at) else None


def later_by(draft: Draft, area: Area, at: datetime, by: timedelta | None) -> PutOff | None:
    """Return the arming that comes `by` so much later; None where none does, or is wanted then."""
    if by is None:
        return None
    put_off = put_off_to_come(draft.state, area, draft.blink_now)
    edge, later = at, at + by
    if put_off is not None:
        # Two people who ask for an hour get one.
        edge, later = put_off.edge, max(put_off.at, later)
    return PutOff(edge, later) if wanted(draft.state, area, later) is Mode.AWAY else None


# -- five minutes before the end of what a person set for a time -----------------------------------


def tell_of_holds(draft: Draft) -> None:
    now = draft.blink_now
    ending: dict[tuple[datetime, Mode | None, str], list[Area]] = {}
    for area in draft.state.areas.values():
        hold = area.timing.hold
        if hold is None or hold.told or not hold.until - BEFORE_HOLD_ENDS <= now < hold.until:
            continue
        draft.put_area(replace(area, timing=replace(area.timing, hold=replace(hold, told=True))))
        mode = after_hold(draft.state, area, hold.before, hold.until)
        # Who set a shorter time than the warning has just read how it ends.
        short = hold.until - hold.since <= BEFORE_HOLD_ENDS
        if mode is not armed_mode(area) and not short and area.panel not in RESTLESS:
            ending.setdefault((hold.until, mode, hold.by), []).append(area)
    for (until, mode, by), areas in ending.items():
        words = say(
            Notice.HOLD_ENDS,
            until=until.isoformat(),
            then=mode.value if mode else "",
            by=by,
            **panel.meant(draft, areas),
        )
        tell_until(draft, words, until, silent=mode is None)


def keep_hold(draft: Draft, command: KeepHold) -> None:
    """Let what a person set for a time stay until the next edge, or for longer."""
    held = [
        area
        for area in panel.asked_for(draft, command.areas)
        if area.timing.hold is not None and same(area.timing.hold.until, command.until)
    ]
    if not held:
        answer(draft, command.actor, say(Notice.NOTHING_TO_KEEP, panel=draft.panels()))
        return
    until = None if command.by is None else max(command.until, draft.blink_now) + command.by
    for area in held:
        timing, hold = area.timing, area.timing.hold
        if hold is None or until is None:
            timing = replace(timing, hold=None, settled_at=settled(timing, draft.blink_now))
        else:
            longer = outgrown(replace(hold, until=until, told=False))
            timing = replace(timing, hold=longer)
        draft.put_area(replace(area, timing=timing))
    by = command.actor.name
    words = say(Notice.HOLD_KEPT, until=iso(until), by=by, **panel.meant(draft, held))
    where = panel.area_names(draft, held)
    draft.note("journal", what="kept as it is", by=by, until=iso(until), **where)
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
