"""What is said ahead of what the clock is going to do, and to who called it off."""

from __future__ import annotations

from datetime import datetime

from alarm.core.notices import Notice
from bot.pages import Button, Page, Press
from bot.words.areas import headlines
from bot.words.clockwork import mode_word, next_lines, when
from bot.words.markup import bold, page
from bot.words.panel import ARM, DISARM
from bot.words.said import Said, Wording


def stamp(at: datetime) -> str:
    """Return a moment as it stands in a button; `moment` reads it back."""
    return str(round(at.timestamp()))


def away_soon(said: Said) -> Page:
    at = said.instant("at")
    if at is None:
        return page(["🕘 The schedule arms (away) soon."])
    return page(
        [f"🕘 {bold('To be armed (away)')} by the schedule {when(at, said.state, said.view)}."],
        [
            Button("Not tonight", Press.SKIP_ARMING, stamp(at)),
            Button("In 1 h", Press.ARM_LATER, stamp(at)),
        ],
    )


def arming_skipped(said: Said) -> Page:
    later, at = said.moment("later"), said.moment("at")
    head = f"👍 {bold('Not armed')}{f' at {at}' if at else ''}{said.by(', said ')}."
    if later:
        return page([head, f"To be armed (away) at {later} instead."])
    over = "In 1 h the schedule wants something else already." if said.flag("over") else ""
    return page([head, over, *next_lines(said.state, said.view)])


def nothing_to_skip(said: Said) -> Page:
    lines = ["That arming is not to come any more.", *headlines(said.state, said.view)]
    return page(lines, [DISARM if said.state.armed else ARM])


def hold_ends(said: Said) -> Page:
    until, armed = said.instant("until"), said.state.armed
    if until is None:
        return page(["⏳ The time that was set is nearly over."])
    then = said.name("then") if said.raw("then") else None
    now = "armed" if armed else "disarmed"
    return page(
        [
            f"⏳ {bold(f'To be {mode_word(then)}')} {when(until, said.state, said.view)}.",
            f"It is {now} until then{said.by(', set by ')}.",
        ],
        [
            Button("1 h more", Press.PROLONG, stamp(until)),
            Button(f"Keep {now}", Press.KEEP, stamp(until)),
        ],
    )


def hold_kept(said: Said) -> Page:
    until = said.moment("until")
    how_long = f"until {until}" if until else "as it is"
    lines = [f"👍 Stays {how_long}{said.by(', said ')}.", *headlines(said.state, said.view)]
    return page([*lines, *next_lines(said.state, said.view)])


def nothing_to_keep(said: Said) -> Page:
    lines = ["That time is over.", *headlines(said.state, said.view)]
    return page(lines, [DISARM if said.state.armed else ARM])


def arm_planned(said: Said) -> Page:
    at, until = said.instant("at"), said.moment("until")
    what = bold(mode_word(said.name("mode") or "away"))
    how_long = f", until {until}" if until else ""
    moment = f" {when(at, said.state, said.view)}" if at else " later"
    lines = [f"🕘 To be {what}{moment}{how_long}{said.by(', set by ')}."]
    lines += headlines(said.state, said.view)
    return page(lines, [Button("Cancel", Press.DROP_PLAN)])


def plan_dropped(said: Said) -> Page:
    head = f"👍 Called off{said.by()}: it will not arm by itself."
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
