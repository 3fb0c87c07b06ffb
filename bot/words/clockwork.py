"""What the clock is going to do with the panel, in words: for answers, /status and /schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alarm.core.schedule.wishes import (
    RESTLESS,
    Change,
    Why,
    armed_mode,
    next_change,
    on_vacation,
    put_off_to_come,
    scheduled,
)
from alarm.core.settings import Mode
from alarm.core.state import Area, State
from bot.words import times
from bot.words.areas import in_areas
from bot.words.markup import bold
from bot.words.view import View

MOST_OFF = 5


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


def next_lines(state: State, view: View) -> list[str]:
    """Return "Next: armed (night) at 22:00 (in 3 h)."; nothing where nothing is to come.

    Where areas differ there is a line for each, "Next: armed (night) in House at 22:00".
    """
    return _next_lines(state, view, planned=True)


def clock_and_next(state: State, view: View) -> list[str]:
    """Return what was set for a time or planned, and what else comes next: each once."""
    return [*clock_lines(state, view), *_next_lines(state, view, planned=False)]


def _next_lines(state: State, view: View, *, planned: bool) -> list[str]:
    """`planned`: also where the next change is an arming that was planned or put off."""
    now = true_now(state, view)
    changes = [
        (next_change(state, area, now), area)
        for area in state.areas.values()
        if planned or not _is_planned(state, area, now)
    ]
    coming = [(change, area) for change, area in changes if change is not None]
    lines = Lines(state)
    for change, area in sorted(coming, key=lambda found: found[0].at):
        condition = f"{_why(change)}{_if_chosen(change.mode, state)}"
        moment = _moment(change.at, condition, area, state, view)
        lines.add(area, f"Next: {bold(mode_word(change.mode))}", moment)
    return lines.all()


def _is_planned(state: State, area: Area, now: datetime) -> bool:
    change = next_change(state, area, now)
    return change is not None and change.at in (at for at, _ in _armings(state, area, now))


def _armings(state: State, area: Area, now: datetime) -> list[tuple[datetime, Mode]]:
    """Return when an area is to be armed as a person planned, or put it off, in order."""
    planned, put_off = area.timing.planned, put_off_to_come(state, area, now)
    armings = [] if planned is None else [(planned.at, planned.mode)]
    return sorted([*armings, (put_off.at, Mode.AWAY)] if put_off else armings)


class Lines:
    """Lines about areas, each once: it names its areas where it is not true of all."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._areas: dict[tuple[str, str], list[Area]] = {}

    def add(self, area: Area, before: str, behind: str) -> None:
        """Take in a line; the names come between its two parts."""
        self._areas.setdefault((before, behind), []).append(area)

    def all(self) -> list[str]:
        return [
            f"{before}{in_areas(areas, self._state)}{behind}"
            for (before, behind), areas in self._areas.items()
        ]


def _why(change: Change) -> str:
    match change.why:
        case Why.VACATION:
            return ", when the vacation ends"
        case Why.HOLD | Why.PLANNED | Why.SCHEDULE:
            return ""


def _if_chosen(mode: Mode | None, state: State) -> str:
    """Return the condition of an arming that cannot be done yet: nobody chose its cameras."""
    if mode is None or mode in state.settings.modes:
        return ""
    return f", if its cameras are chosen by then: /arm {mode} asks"


def not_set_up(state: State) -> list[str]:
    """Return a line for each mode that the schedule wants, and whose cameras nobody chose."""
    wanted = {window.mode for window in state.calendar.schedule.counting}
    return [
        f"The schedule cannot arm {bold(mode.value)}: no cameras chosen. /arm {mode} asks."
        for mode in Mode
        if mode in wanted and mode not in state.settings.modes
    ]


def clock_lines(state: State, view: View) -> list[str]:
    """Return what a command has set for a time, and what was planned; nothing for a mere schedule.

    Stands under the panel's own line, in the answer to an arming and in /status.
    """
    lines = Lines(state)
    for area in state.areas.values():
        hold = area.timing.hold
        if hold is not None:
            change = next_change(state, area, true_now(state, view))
            if change is not None and change.why is Why.HOLD:
                until = until_words(hold.until, view.zone, view)
                then = f", then {_then(change, area, state)}{_waits(area)}."
                lines.add(area, f"Until {bold(until)}", then)
        for at, mode in _armings(state, area, true_now(state, view)):
            moment = _moment(at, _if_chosen(mode, state), area, state, view)
            lines.add(area, f"To be {mode_word(mode)}", moment)
    return [*lines.all(), *vacation_lines(state, view)]


def _then(change: Change, area: Area, state: State) -> str:
    """Say what comes at the end of a time; where nothing changes, why."""
    if change.mode is not armed_mode(area):
        return f"{mode_word(change.mode)}{_if_chosen(change.mode, state)}"
    why = "as it was before"
    if on_vacation(state, change.at):
        why = "for the vacation"
    elif scheduled(state, area):
        why = "as the schedule says"
    return f"it stays {'armed' if change.mode else 'disarmed'}, {why}"


def _moment(at: datetime, condition: str, area: Area, state: State, view: View) -> str:
    """Return " at 15:00 (in 2 h)." and what it depends on; what is due waits for an alarm."""
    if _waits(area) and at <= true_now(state, view):
        return f"{condition}{_waits(area)}."
    return f" {when(at, state, view)}{condition}{_waits(area)}."


def _waits(area: Area) -> str:
    """Return the condition of all that the clock is to do while an alarm is on."""
    return ", once the alarm is over" if area.panel in RESTLESS else ""


def vacation_lines(state: State, view: View) -> list[str]:
    vacation = state.calendar.vacation
    if vacation is None:
        return []
    until = until_words(vacation.until, view.zone, view)
    ignored = ": the schedule is ignored" if state.calendar.schedule.counting else ""
    return [f"🌴 Vacation until {bold(until)}{ignored}. /vacation off ends it."]


def off_lines(written: str, view: View, when_off: str = "") -> list[str]:
    """Say what was to come and is off by a newer command, as the core joined it.

    `when_off`: where it is not off yet, from when on.
    """
    lines = []
    for change in written.split(",")[:MOST_OFF]:
        moment, _, mode = change.partition("=")
        at = times.instant(moment)
        if at is not None:
            what = f"arming ({mode})" if mode in set(Mode) else "disarming"
            lines.append(
                f"The {what} planned for {times.moment(at, view)} is {bold('off')}{when_off}."
            )
    return lines
