"""What is said ahead of what the clock is going to do, and to who called it off."""

from __future__ import annotations

import re
from datetime import datetime

from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from alarm.core.state import Area
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.areas import headlines
from bot.words.clockwork import (
    clock_and_next,
    clock_lines,
    mode_word,
    next_lines,
    off_lines,
    until_words,
    when,
)
from bot.words.markup import bold, page
from bot.words.panel import ARM, DISARM
from bot.words.said import Said, Wording

# Bytes of a button's data that are left for ids: the longest word, a moment and two colons go off.
_ROOM = 64 - len("longer:1234567890:")
_IDS = re.compile(r"[0-9]+(?:,[0-9]+)*")


def about(said: Said, at: datetime | None = None) -> str:
    """Return what a button is about: a moment, and the areas that are meant where it is not all.

    Where there are too many of them for a button it means all areas to which that moment applies.
    """
    ids = said.raw("ids") if _IDS.fullmatch(said.raw("ids")) else ""
    moment = "" if at is None else str(round(at.timestamp()))
    return f"{moment}:{ids}" if ids and len(ids) <= _ROOM else moment


def areas_of(said: Said) -> list[Area]:
    """Return the areas that a notice is about."""
    ids = said.raw("ids").split(",")
    return [a for a in said.state.areas.values() if not said.raw("ids") or a.network_id in ids]


def away_soon(said: Said) -> Page:
    at = said.instant("at")
    if at is None:
        return page(["🕘 The schedule arms (away) soon."])
    what = bold("To be armed (away)")
    return page(
        [f"🕘 {what}{said.where()} by the schedule {when(at, said.state, said.view)}."],
        [
            _not_tonight(said, at),
            Button("In 1 h", Press.ARM_LATER, about(said, at)),
        ],
    )


def _not_tonight(said: Said, at: datetime) -> Button:
    return Button("Not tonight", Press.SKIP_ARMING, about(said, at))


def arming_skipped(said: Said) -> Page:
    later, at = said.instant("later"), said.moment("at")
    moment = f" at {at}" if at else ""
    head = f"👍 {bold('Not armed')}{said.where()}{moment}{said.by(', said ')}."
    if later:
        instead = f"To be armed (away) at {times.moment(later, said.view)} instead."
        return page([head, instead], [_not_tonight(said, later)])
    over = "In 1 h the schedule wants something else already." if said.flag("over") else ""
    return page([head, over, *next_lines(said.state, said.view)])


def nothing_to_skip(said: Said) -> Page:
    head = "That arming is not to come any more."
    rest = clock_and_next(said.state, said.view)
    lines = [head, *headlines(said.state, said.view), *rest]
    return page(lines, [DISARM if said.state.armed else ARM])


def hold_ends(said: Said) -> Page:
    until = said.instant("until")
    armed = any(area.panel is not PanelState.DISARMED for area in areas_of(said))
    if until is None:
        return page(["⏳ The time that was set is nearly over."])
    then = said.name("then") if said.raw("then") else None
    what, now = bold(f"To be {mode_word(then)}"), "armed" if armed else "disarmed"
    return page(
        [
            f"⏳ {what}{said.where()} {when(until, said.state, said.view)}.",
            f"It is {now} until then{said.by(', set by ')}.",
        ],
        [
            Button("1 h more", Press.PROLONG, about(said, until)),
            Button(f"Keep {now}", Press.KEEP, about(said, until)),
        ],
    )


def hold_kept(said: Said) -> Page:
    until = _until(said)
    how_long = f"until {until}" if until else "as it is"
    lines = [
        f"👍 Stays {how_long}{said.where()}{said.by(', said ')}.",
        *off_lines(said.raw("off"), said.view),
        *headlines(said.state, said.view),
    ]
    clock = clock_lines(said.state, said.view) or next_lines(said.state, said.view)
    return page([*lines, *clock])


def _until(said: Said) -> str:
    until = said.instant("until")
    return until_words(until, said.view.zone, said.view) if until else ""


def nothing_to_keep(said: Said) -> Page:
    lines = ["That time is over.", *headlines(said.state, said.view)]
    return page(lines, [DISARM if said.state.armed else ARM])


def arm_planned(said: Said) -> Page:
    at, until = said.instant("at"), _until(said)
    what = bold(mode_word(said.name("mode") or "away"))
    how_long = f", until {until}" if until else ""
    moment = f" {when(at, said.state, said.view)}" if at else " later"
    lines = [f"🕘 To be {what}{said.where()}{moment}{how_long}{said.by(', set by ')}."]
    lines += off_lines(said.raw("off"), said.view)
    lines += off_lines(said.raw("off_then"), said.view, " from then on")
    lines += headlines(said.state, said.view)
    return page(lines, [Button("Cancel", Press.DROP_PLAN, about(said, at))])


def plan_dropped(said: Said) -> Page:
    head = f"👍 Called off{said.where()}{said.by()}: it will not arm by itself."
    return page([head, *headlines(said.state, said.view), *next_lines(said.state, said.view)])


TABLE: dict[Notice, Wording] = {
    Notice.AWAY_SOON: away_soon,
    Notice.ARMING_SKIPPED: arming_skipped,
    Notice.NOTHING_TO_SKIP: nothing_to_skip,
    Notice.HOLD_ENDS: hold_ends,
    Notice.HOLD_KEPT: hold_kept,
    Notice.NOTHING_TO_KEEP: nothing_to_keep,
    Notice.ARM_PLANNED: arm_planned,
    Notice.PLAN_DROPPED: plan_dropped,
}
