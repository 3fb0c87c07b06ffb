"""The answer to /plan: what would happen if it rang now, and how to change that."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import escalation
from alarm.core.notices import Notice
from alarm.core.option_list import in_group
from alarm.core.options import Group
from alarm.core.settings import Mode, PanelState
from alarm.core.state import State
from bot.pages import Page, Press
from bot.words import phones, times
from bot.words.foretold import foretold
from bot.words.markup import bold, code, page
from bot.words.said import Said, Wording
from bot.words.settings import shortened, steps
from bot.words.view import View


def plan(state: State, view: View, *, numbers: bool = True, changed: str = "") -> Page:
    """Answer /plan.

    `numbers`: whether (masked) phone numbers may be shown; `changed`: a line that says what was
    changed a moment ago.
    """
    mode = mode_now(state)
    # Without an account every call fails at once.
    can_ring = phones.rings(state, view)
    played = state if can_ring else replace(state, contacts=())
    trouble = phones.trouble(state, view)
    options = [option for option in in_group(Group.CALLS) if option.steps]
    lines = [
        *([changed, ""] if changed else []),
        *_title(state, mode, view),
        *foretold(played, mode, view, numbers=numbers),
        "",
        *_stopping(state, can_ring=can_ring),
        *(_limits(state, view) if can_ring else []),
        f"⚠️ {trouble}" if trouble else "",
        "",
        *(f"{option.title}: {option.shown(state.settings)}" for option in options),
        *shortened(state.settings),
        f"Change it by the buttons, or with {code('/plan abort 45s')}",
    ]
    rows = (steps(option, state.settings, Press.PLAN) for option in options)
    return page(lines, *rows)


def mode_now(state: State) -> Mode:
    """Return the mode in which it would ring now; while disarmed, the one that /arm takes."""
    armed = (a.mode for a in state.areas.values() if a.panel is not PanelState.DISARMED)
    return next(armed, Mode.AWAY)


def _title(state: State, mode: Mode, view: View) -> list[str]:
    now = times.moment(view.now, view)
    if state.armed:
        return [bold(f"If it rang now, at {now}"), ""]
    return [f"{bold(f'If it rang now in {mode.value}, at {now}')} (it is disarmed)", ""]


def _stopping(state: State, *, can_ring: bool) -> list[str]:
    lines = ["Acknowledge, False alarm or Disarm stops it at any time."]
    if can_ring:
        wait = times.exact(state.settings.plan.answered_wait)
        lines.append(f"Whoever picks up has {wait} for that; then the next phone rings.")
    return lines


def _limits(state: State, view: View) -> list[str]:
    left = escalation.calls_left(state, view.now)
    most = escalation.MAX_CALLS_PER_DAY
    if not left:
        return [f"📵 {bold('No call is left today')} ({most} a day): only the chat tells."]
    return [f"Calls left today: {left} of {most}."]


# -- for one who was called ------------------------------------------------------------------------


def alarm_over(said: Said) -> Page:
    opened = said.moment("opened")
    what = f"The alarm of {opened} is over" if opened else "The alarm is over"
    false = said.raw("verdict") == "false alarm"
    end = f"It was a false alarm{said.by(', says ')}" if false else f"It was ended{said.by()}"
    return page([f"☑️ {bold(what)}. {end}. You need not do anything."])


TABLE: dict[Notice, Wording] = {Notice.ALARM_OVER: alarm_over}
