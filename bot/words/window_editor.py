"""One window of the schedule with its buttons: days, times, mode, and what is done with it.

The window as it would be stands in the callback data of every button, so that nothing half changed
is kept anywhere and an old message can do no more than what it shows.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from alarm.core.errors import BadInput
from alarm.core.schedule.notation import DAYS
from alarm.core.schedule.windows import ALL_AREAS, DAY, EVERY_DAY, Schedule, Window
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words.markup import UNNAMED, bold, page, plain
from bot.words.window_areas import by_name, placed_both, tells_areas

# Digits, as long as an id of Blink may get.
_AREA = re.compile(r"[0-9]{1,20}")
_IN_A_ROW = 2
_LONGEST_LABEL = 20
_STEPS = ((-60, "−1 h"), (-15, "−15 m"), (15, "+15 m"), (60, "+1 h"))
_CHOSEN = "✅ "
_UNKNOWN = "This button is not known any more. Send /schedule anew."


def about(window: Window) -> str:
    """Return a window as it stands in a button; one of all areas as before there were any."""
    mask = sum(1 << day for day in window.days)
    area = f".{window.area}" if window.area != ALL_AREAS else ""
    return f"{window.id}.{mask}.{window.start}.{window.end}.{window.mode.value}{area}"


def read_about(text: str) -> Window:
    """Read a window from a button; raise BadInput for anything else."""
    parts = text.split(".")
    try:
        id_, mask, start, end = (int(part) for part in parts[:4])
        mode, *areas = parts[4:]
        days = tuple(day for day in EVERY_DAY if mask >> day & 1)
        if len(areas) > 1 or not all(map(_AREA.fullmatch, areas)):
            raise BadInput(_UNKNOWN)
        return Window(days, start, end, Mode(mode), id_, area="".join(areas))
    except ValueError:
        raise BadInput(_UNKNOWN) from None


def fresh(schedule: Schedule) -> Window:
    """Return the window from which a new one is made: nights first, then days out."""
    if any(window.mode is Mode.NIGHT for window in schedule.windows):
        return Window((0, 1, 2, 3, 4), 8 * 60, 17 * 60, Mode.AWAY)
    return Window(EVERY_DAY, 22 * 60, 6 * 60 + 30, Mode.NIGHT)


def editor(window: Window, state: State) -> Page:
    """Show a window as it would be after *Save*."""
    kept = state.calendar.schedule.find(window.id)
    title = f"Window {window.id}" if window.id else "New window"
    now, was = placed_both(window, kept or window, state)
    lines = [f"✏️ {bold(title)}: {bold(html.escape(now))}"]
    if kept is not None and about(kept) != about(window):
        lines.append(f"Saved is {html.escape(was)}.")
    elif kept is not None and kept.paused:
        lines.append("It is paused.")
    if window.end <= window.start and window.end:
        lines.append("It ends on the next day.")
    if window.mode not in state.settings.modes:
        lines.append(f"Which cameras count then? /arm {window.mode.value} asks once.")
    return page(lines, *_choices(window), *_areas(window, state), *_deeds(window, kept))


def _choices(window: Window) -> list[list[Button]]:
    days = [_day(window, day) for day in EVERY_DAY]
    modes = [
        _to(f"{_CHOSEN if mode is window.mode else ''}{mode.value}", replace(window, mode=mode))
        for mode in Mode
    ]
    return [
        days[:4],
        days[4:],
        _clock("from", window, "start"),
        _clock("to", window, "end"),
        modes,
    ]


def _areas(window: Window, state: State) -> list[list[Button]]:
    """Offer the areas that there are, and to be of all; nothing in a home with one."""
    if not tells_areas(state):
        return []
    named = [(ALL_AREAS, "All areas")]
    named += [
        (area.network_id, plain(area.name, _LONGEST_LABEL) or UNNAMED)
        for area in by_name(state.areas.values())
        if area.missing_since is None or area.network_id == window.area
    ]
    buttons = [
        _to(f"{_CHOSEN if id_ == window.area else ''}{label}", replace(window, area=id_))
        for id_, label in named
    ]
    return [buttons[n : n + _IN_A_ROW] for n in range(0, len(buttons), _IN_A_ROW)]


def _day(window: Window, day: int) -> Button:
    name = DAYS[day].capitalize()
    if day not in window.days:
        return _to(name, replace(window, days=tuple(sorted((*window.days, day)))))
    left = tuple(d for d in window.days if d != day)
    # The last day cannot be taken away: its button leaves all as it is.
    return _to(f"{_CHOSEN}{name}", replace(window, days=left or window.days))


def _clock(word: str, window: Window, field: str) -> list[Button]:
    now: int = getattr(window, field)
    steps = [_to(label, _moved(window, field, now + step)) for step, label in _STEPS]
    return [replace(steps[0], text=f"{word} {steps[0].text}"), *steps[1:]]


def _moved(window: Window, field: str, minute: int) -> Window:
    if field == "start":
        return replace(window, start=minute % DAY)
    return replace(window, end=minute % DAY)


def _deeds(window: Window, kept: Window | None) -> list[list[Button]]:
    row = [Button("💾 Save", Press.SAVE_WINDOW, about(window))]
    if kept is not None:
        pause = "Resume" if kept.paused else "Pause"
        row += [
            Button(pause, Press.PAUSE_WINDOW, about(kept)),
            Button("Remove", Press.REMOVE_WINDOW, about(kept)),
        ]
    return [row, [Button("⬅️ Back", Press.WEEK)]]


def _to(text: str, window: Window) -> Button:
    return Button(text, Press.WINDOW, about(window))
