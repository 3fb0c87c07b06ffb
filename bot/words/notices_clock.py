"""What is said around the schedule, timed commands and vacation."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.notices import Notice
from alarm.core.schedule.wishes import RESTLESS, armed_mode
from alarm.core.settings import Mode, PanelState
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.areas import headlines, word_of
from bot.words.clockwork import (
    clock_and_next,
    next_lines,
    off_lines,
    true_now,
    until_words,
    vacation_lines,
)
from bot.words.markup import bold, code, page
from bot.words.notices_ahead import areas_of
from bot.words.panel import ARM, DISARM, EXTEND, cancel, of_area
from bot.words.readiness import warned, weak_points
from bot.words.said import Said, Wording

# A change that is told this long after its time says when it was due.
LATE = timedelta(minutes=2)
END_VACATION = Button("End vacation", Press.END_VACATION)


def because(said: Said) -> str:
    """Say who has decided it: the schedule, or a person some time ago."""
    if _by_schedule(said):
        return " by the schedule"
    ended = "the time is over that {} set" if said.raw("why") == "hold" else "as {} planned"
    return f": {ended.format(said.name('by'))}"


def _by_schedule(said: Said) -> bool:
    return said.raw("by") in ("", "schedule")


def due(said: Said) -> list[str]:
    at = said.instant("at")
    if at is None or true_now(said.state, said.view) - at < LATE:
        return []
    return [f"It was due at {times.moment(at, said.view)}."]


def armed(said: Said) -> Page:
    mode = f" ({said.name('mode')})" if said.raw("mode") else ""
    if any(area.panel in RESTLESS for area in areas_of(said)):
        # It left late: what came of it is more important now.
        head = f"🔒 It was armed{mode}{said.where()}{because(said)} before."
        return page([*headlines(said.state, said.view), head], [_of_one(DISARM, said)])
    arming = any(area.panel is PanelState.ARMING for area in areas_of(said))
    panel = PanelState.ARMING if arming else PanelState.ARMED
    head = f"{'⏳' if arming else '🔒'} {word_of(panel)}{mode}{said.where()}{because(said)}."
    off = off_lines(said.raw("off"), said.view)
    rest = [*due(said), *off, *warned(weak_points(said.state, said.view))]
    lines = [head, *rest, *next_lines(said.state, said.view)]
    ids = [area.network_id for area in areas_of(said)]
    return page(lines, [cancel(said.state, ids), EXTEND] if arming else [_of_one(DISARM, said)])


def _of_one(button: Button, said: Said) -> Button:
    """Let a button of a notice about one area be about that area alone."""
    areas = areas_of(said)
    return of_area(button, areas[0].network_id, said.state) if len(areas) == 1 else button


def disarmed(said: Said) -> Page:
    head = f"🔓 {word_of(PanelState.DISARMED)}{said.where()}{because(said)}."
    return page([head, *due(said), *next_lines(said.state, said.view)], [_of_one(ARM, said)])


def mode_not_chosen(said: Said) -> Page:
    mode = said.name("mode") or "home"
    head = f"⚠️ {bold(f'Not armed ({mode})')}{said.where()}"
    how = f"Send /arm {mode} and choose them; "
    if _by_schedule(said):
        how += "from then on the schedule does it by itself."
    else:
        how += f"then it is armed. {said.name('by')}'s command is not tried again."
    return page([f"{head}: nobody chose yet which cameras count.", how])


def vacation_set(said: Said) -> Page:
    until, old = said.instant("until"), said.instant("old")
    if until is None:
        return page(["🌴 Vacation."], [END_VACATION])
    zone, view = said.view.zone, said.view
    when_over = bold(until_words(until, zone, view))
    return page(
        [
            f"🌴 {bold('Vacation')} until {when_over}{said.by(', set by ')}.",
            f"Before, it was until {until_words(old, zone, view)}." if old else "",
            *meanwhile(said),
            *next_lines(said.state, view),
            "Home earlier? Disarm, and end the vacation.",
        ],
        [END_VACATION],
    )


def meanwhile(said: Said) -> list[str]:
    """Say how the house is guarded on vacation; an alarm or a person may have come between."""
    areas = said.state.areas.values()
    if areas and all(armed_mode(area) is Mode.AWAY for area in areas):
        return ["Armed (away) meanwhile, whatever the schedule says."]
    return [*headlines(said.state, said.view), "The schedule does not change that."]


def vacation_over(said: Said) -> Page:
    head = f"🏠 {bold('The vacation is over')}{said.by(', said ')}."
    off = off_lines(said.raw("off"), said.view)
    lines = [head, *off, *headlines(said.state, said.view), *next_lines(said.state, said.view)]
    return page(lines, [DISARM if said.state.armed else ARM])


def no_vacation(said: Said) -> Page:
    known = vacation_lines(said.state, said.view)
    how = f"Going away? {code('/vacation until 12 dec')}"
    return page(known or ["No vacation is set.", how])


def schedule_changed(said: Said) -> Page:
    """Window 0 is the whole schedule."""
    window, old, new = said.whole("window"), said.names("old"), said.names("new")
    was, now = whose(said)
    if not window:
        text = f"The schedule is {bold(new or 'changed')}"
    elif old and new:
        text = f"Window {window} is now {bold(new + now)}, was {old}{was}"
    elif new:
        text = f"Window {window} added: {bold(new + now)}"
    else:
        text = f"Window {window} removed: {old}{was}" if old else f"Window {window} changed"
    off = off_lines(said.raw("off"), said.view)
    rest = [*off, *(next_lines(said.state, said.view) or [nothing_to_come(said)])]
    button = Button("Schedule", Press.WEEK)
    return page([f"🗓 {text}{said.by(', by ')}.", *rest, *missing_mode(said, new)], [button])


def whose(said: Said) -> tuple[str, str]:
    """Return of which area a window was and is; nothing where it was and is of all areas."""
    was, now = said.names("old_area"), said.names("area")
    if not was and not now:
        return "", ""
    return f" in {was or 'all areas'}", f" in {now or 'all areas'}"


def nothing_to_come(said: Said) -> str:
    counts = said.state.calendar.schedule.counting
    return "Nothing is to come." if counts else "Nothing is to come: no window counts."


def missing_mode(said: Said, new: str) -> list[str]:
    """Warn where the window's mode was never set up: it would not arm."""
    modes = said.state.settings.modes
    return [
        f"⚠️ Send /arm {mode} once and choose which cameras count; until then it cannot arm so."
        for mode in ("home", "night")
        if mode in new.split() and mode not in modes
    ]


def zone_changed(said: Said) -> Page:
    new = said.name("new") or "another one"
    was = f", was {said.name('old')}" if said.raw("old") else ""
    head = f"🕘 The time zone is now {bold(new)}{was}."
    rest = "The schedule is read on its clock."
    off = off_lines(said.raw("off"), said.view)
    return page([head, rest, *off, *clock_and_next(said.state, said.view)])


TABLE: dict[Notice, Wording] = {
    Notice.SCHEDULE_ARMED: armed,
    Notice.SCHEDULE_DISARMED: disarmed,
    Notice.MODE_NOT_CHOSEN: mode_not_chosen,
    Notice.VACATION_SET: vacation_set,
    Notice.VACATION_OVER: vacation_over,
    Notice.NO_VACATION: no_vacation,
    Notice.SCHEDULE_CHANGED: schedule_changed,
    Notice.ZONE_CHANGED: zone_changed,
}
