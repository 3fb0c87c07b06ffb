"""The answer to /schedule: the week as a table that a phone shows without breaking its lines."""

from __future__ import annotations

import html
from collections.abc import Mapping

from alarm.core.errors import BadInput
from alarm.core.schedule.notation import DAYS, written_time
from alarm.core.schedule.windows import (
    DAY,
    Clash,
    Schedule,
    Window,
    clash_of,
    covered_by,
)
from alarm.core.schedule.wishes import armed_mode, confirmed, on_vacation, scheduled, wanted
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words.areas import has_many, headlines
from bot.words.clockwork import (
    Lines,
    clock_and_next,
    mode_word,
    not_set_up,
    true_now,
)
from bot.words.markup import UNNAMED, bold, code, page, plain
from bot.words.readiness import warned
from bot.words.typed_windows import EXAMPLE
from bot.words.view import View
from bot.words.window_areas import by_name, gone_lines, headings, placed, placed_both
from bot.words.window_editor import about, fresh

# Monday to Sunday, one letter each: the rows stay short enough for a small phone.
HEAD = " # MTWTFSS from  to    mode"
_LETTERS = "MTWTFSS"
_IN_A_ROW = 2


def schedule_page(state: State, view: View) -> Page:
    """Answer /schedule: the week, what is now and next, and how to change it."""
    schedule = state.calendar.schedule
    lines = [f"🗓 {bold('Schedule')}{' is off: no window counts' if schedule.off else ''}"]
    if schedule.windows:
        lines.append(f"<pre>{html.escape(table(schedule, headings(state)))}</pre>")
        if any(window.paused for window in schedule.windows):
            lines.append("Windows in brackets are paused.")
        lines += gone_lines(state)
    else:
        lines.append("No window yet. A window arms when it begins and disarms when it ends.")
    lines += warned(not_set_up(state))
    lines += [*headlines(state, view), *clock_and_next(state, view), *_asides(state, view), ""]
    lines.append(f"Or write {code(EXAMPLE)}")
    if has_many(state):
        some = by_name(state.areas.values())[0]
        lines.append(f"For one area add its name: {code(f'in {plain(some.name) or UNNAMED}')}")
    return page(lines, *_buttons(schedule))


def table(schedule: Schedule, areas: Mapping[str, str]) -> str:
    """Return the windows in a row each, in order of days and times.

    `areas`: what stands above the windows of each area, where there are several.
    """
    rows = [HEAD]
    known = sorted(schedule.windows, key=lambda w: (w.days, w.start, w.id))
    for area, heading in areas.items():
        own = [_row(window) for window in known if window.area == area]
        rows += [heading, *own] if own else []
    return "\n".join(rows if areas else [HEAD, *map(_row, known)])


def _row(window: Window) -> str:
    days = "".join(_LETTERS[day] if day in window.days else "·" for day in range(7))
    mode = f"({window.mode.value})" if window.paused else window.mode.value
    span = f"{_clock(window.start)}-{_clock(window.end or DAY)}"
    return f"{window.id:>2} {days} {span} {mode}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _asides(state: State, view: View) -> list[str]:
    """Say why a panel is not as the schedule has it now, and whether it is followed at all."""
    now = true_now(state, view)
    if not state.calendar.schedule.counting:
        return []
    waits = [] if confirmed(state) else ["⚠️ It waits until the internet confirms the time."]
    if on_vacation(state, now):
        return waits
    lines = Lines(state)
    for area in state.areas.values():
        mode = wanted(state, area, now)
        if scheduled(state, area) and armed_mode(area) is not mode:
            lines.add(area, f"The schedule alone would have it {mode_word(mode)}", " now.")
    return [*waits, *lines.all()]


def _buttons(schedule: Schedule) -> list[list[Button]]:
    known = sorted(schedule.windows, key=lambda w: w.id)
    numbered = [
        Button(f"✏️ {w.id}: {w.mode.value} {written_time(w.start)}", Press.WINDOW, about(w))
        for w in known
    ]
    rows = [numbered[n : n + _IN_A_ROW] for n in range(0, len(numbered), _IN_A_ROW)]
    last = [Button("➕ Add", Press.WINDOW, about(fresh(schedule)))]
    if schedule.windows:
        label = "Switch on" if schedule.off else "Switch off"
        last.append(Button(label, Press.SWITCH_SCHEDULE, "on" if schedule.off else "off"))
    return [*rows, last]


# -- refusals --------------------------------------------------------------------------------------


def require_room(state: State, window: Window) -> None:
    """Raise BadInput where a window wants what another one wants otherwise, or nothing new."""
    others = tuple(w for w in state.calendar.schedule.windows if w.id != window.id)
    clash = clash_of((*others, window))
    if clash is not None:
        raise BadInput(explained(clash, state))
    cover = () if window.paused else covered_by(window, others)
    if cover:
        numbers = " and ".join(str(w.id) for w in cover)
        new = placed(window, state)
        raise BadInput(f"Window {numbers} covers {new} already. Nothing was changed.")


def explained(clash: Clash, state: State) -> str:
    """Say which windows want which time twice, and what to do."""
    other = clash.first
    old, new = placed_both(other, clash.second, state)
    return (
        f"Not possible: {new} and window {other.id} ({old}) both want "
        f"{overlap(clash)}. Choose other times, or change window {other.id} first."
    )


def overlap(clash: Clash) -> str:
    """Return "Sun 22:00-23:30", the first stretch that two windows want."""
    day, start = divmod(clash.start, DAY)
    end = clash.end % DAY
    return f"{DAYS[day].capitalize()} {_clock(start)}-{_clock(end)}"
