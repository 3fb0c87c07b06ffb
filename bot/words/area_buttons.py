"""Buttons about one area each, in a home with several."""

from __future__ import annotations

from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State
from bot.pages import Button, Press
from bot.words.areas import has_many, ordered
from bot.words.markup import plain
from bot.words.panel import of_area

PER_ROW, ROWS = 2, 2
_MODES = frozenset(mode.value for mode in Mode)


def area_rows(state: State, *, arming: bool = True) -> list[list[Button]]:
    """Offer to disarm each armed area by itself, and with `arming` to arm each of the others.

    Where there are more than the rows hold, the most serious ones are there.
    """
    if not has_many(state):
        return []
    areas = [a for a in ordered(state.areas.values()) if arming or is_armed(a)]
    buttons = [_button(area, state) for area in areas[: PER_ROW * ROWS]]
    return [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]


def is_armed(area: Area) -> bool:
    return area.panel is not PanelState.DISARMED


def _button(area: Area, state: State) -> Button:
    name = plain(area.name)
    if is_armed(area):
        button = Button(f"Disarm {name}", Press.DISARM)
    else:
        # An area may be called like a mode, which has a button of its own.
        mode = "away " if name.casefold() in _MODES else ""
        button = Button(f"Arm {mode}{name}", Press.ARM)
    return of_area(button, area.network_id, state)
