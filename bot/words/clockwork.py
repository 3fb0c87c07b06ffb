"""What the clock is going to do with the panel, in words: for answers, /status and /schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alarm.core.schedule.wishes import Change, Why, armed_mode, next_change
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.words import times
from bot.words.markup import bold
from bot.words.view import View


def mode_word(mode: Mode | str | None) -> str:
    """Return "armed (night)" or "disarmed"; an older program's mode is not known here."""
    return f"armed ({mode})" if mode else "disarmed"


def skew_of(state: State) -> timedelta:
    return state.clock.skew or timedelta(0)


def true_now(state: State, view: View) -> datetime:
    return view.now + skew_of(state)


def when(at: datetime, state: State, view: View) -> str:
    """Return "at 06:30 (in 8 h 26 min)"."""
    moment = times.moment(at, view)
    if view.lasting:
        return f"at {moment}"
    return f"at {moment} ({times.left(at - skew_of(state), view)})"


def until_words(at: datetime, zone: ZoneInfo, view: View) -> str:
    """Return "07:00"; midnight is "the end of Sat 12 Dec", which nobody takes for the day after."""
    local = at.astimezone(zone)
    if local.hour or local.minute:
        return times.moment(at, view)
    return f"the end of {times.day(at - timedelta(minutes=1), view)}"


def change_to_come(state: State, view: View) -> Change | None:
    """Return the next change of any area."""
    now = true_now(state, view)
    changes = [next_change(state, area, now) for area in state.areas.values()]
    return min((c for c in changes if c is not None), key=lambda c: c.at, default=None)


def next_line(state: State, view: View) -> str:
    """Return "Next: armed (night) at 22:00 (in 3 h)."; empty where nothing is to come."""
    change = change_to_come(state, view)
    if change is None:
        return ""
    return f"Next: {bold(mode_word(change.mode))} {when(change.at, state, view)}{_why(change)}."


def _why(change: Change) -> str:
    match change.why:
        case Why.VACATION:
            return ", when the vacation ends"
        case Why.HOLD | Why.PLANNED | Why.SCHEDULE:
            return ""


def clock_lines(state: State, view: View) -> list[str]:
    """Return what a command has set for a time, and what was planned; nothing for a mere schedule.

    Stands under the panel's own line, in the answer to an arming and in /status.
    """
    lines: dict[str, None] = {}
    for area in state.areas.values():
        hold, planned = area.timing.hold, area.timing.planned
        if hold is not None:
            change = next_change(state, area, true_now(state, view))
            if change is not None and change.why is Why.HOLD:
                until = times.moment(hold.until, view)
                same = change.mode == armed_mode(area)
                then = "stays so" if same else mode_word(change.mode)
                lines[f"Until {bold(until)}, then {then}."] = None
        if planned is not None:
            what = mode_word(planned.mode)
            lines[f"To be {what} {when(planned.at, state, view)}."] = None
    return [*lines, *vacation_lines(state, view)]


def vacation_lines(state: State, view: View) -> list[str]:
    vacation = state.calendar.vacation
    if vacation is None:
        return []
    until = until_words(vacation.until, view.zone, view)
    ignored = ": the schedule is ignored" if state.calendar.schedule.counting else ""
    return [f"🌴 Vacation until {bold(until)}{ignored}. /vacation off ends it."]
