"""The settings: the page of groups, the page of one group, and what a change says."""

from __future__ import annotations

from typing import Any

from alarm.core.errors import BadInput
from alarm.core.notices import Notice
from alarm.core.option_list import in_group, known
from alarm.core.options import OFF, Group, Option
from alarm.core.rule_text import within
from alarm.core.settings import Mode, Settings
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words.counting import blinded, too_demanding
from bot.words.markup import bold, code, name, page
from bot.words.said import Said, Wording
from bot.words.times import exact

TITLES = {
    Group.AWAY: "Away",
    Group.NIGHT: "Night",
    Group.HOME: "Home",
    Group.CALLS: "Calls",
    Group.CAMERAS: "Cameras",
    Group.FALSE_ALARMS: "False alarms",
}
MODES = {Group.AWAY: Mode.AWAY, Group.NIGHT: Mode.NIGHT, Group.HOME: Mode.HOME}
BACK = Button("‹ Back", Press.SETTINGS)
PER_ROW = 2
# What those do whose title and value do not say it.
MEANINGS = {
    "exit-progress": "Exit and entry delay count down. Off: their message names the end alone.",
    "recent-closing": "The alert asks whether it was one of you, where it comes so soon.",
    "abort-notice": "Who stops an alarm before its first call reads that no phone rang.",
    "cancel-window": (
        "Whoever took a call of the alarm so shortly before its end hears that it is over."
    ),
    "cancel-notice": "Who ends an alarm reads who hears that it is over.",
    "swinger": (
        "A camera that is alone behind so many alarms is left out until the next disarm. "
        "Alarms that somebody judged real do not count."
    ),
}


def first_page(state: State) -> Page:
    """Answer /settings: what is chosen in short, and a button for each group."""
    chosen = state.settings
    groups = [group for group in Group if in_group(group)]
    lines = ["⚙️ " + bold("Settings"), ""]
    lines += [f"{bold(TITLES[group])}: {_in_short(group, chosen)}" for group in groups]
    lines += ["", f"Press one to change it, or write it, like {code('/settings exit delay 45s')}."]
    ready = [group for group in groups if is_set_up(group, chosen)]
    buttons = [Button(TITLES[group], Press.SETTINGS, group.value) for group in ready]
    return page(lines, *(buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)))


def group_page(group: Group, state: State, changed: str = "") -> Page:
    """Show a group: each option with its value and range, and buttons to change it in place.

    `changed`: a line that says what was changed a moment ago.
    """
    chosen = state.settings
    if not is_set_up(group, chosen):
        return page([f"⚙️ {bold(TITLES[group])}: {_in_short(group, chosen)}"], [BACK])
    options = in_group(group)
    changes = [changed, *_doubts(group, state), ""] if changed else []
    lines = [*changes, "⚙️ " + bold(TITLES[group]), ""]
    rows: list[list[Button]] = []
    for option in options:
        if option.steps:
            limits = "" if option.is_switch else f" ({option.limits})"
            lines.append(f"{option.title}: {bold(option.shown(chosen))}{limits}")
            rows.append(steps(option, chosen))
        else:
            lines.append(f"{option.title}: {bold(option.shown(chosen))}")
        if option.key in MEANINGS:
            lines += [MEANINGS[option.key], ""]
    lines += [*([""] if lines[-1] else []), *_remarks(group, chosen)]
    written = [option for option in options if option.steps and not option.is_switch]
    if written:
        example = f"/settings {written[-1].key} {written[-1].example}"
        lines.append(f"Any other value: {code(example)}")
    return page(lines, *rows, [BACK])


def is_set_up(group: Group, chosen: Settings) -> bool:
    """Tell whether a group can be changed: a mode without chosen cameras cannot."""
    mode = MODES.get(group)
    return mode is None or mode is Mode.AWAY or mode in chosen.modes


def press_of(about: str) -> tuple[Option[Any], str]:
    """Read what a button of a group's page sets; raise BadInput where there is no such option."""
    key, _, value = about.partition("=")
    found = known(key)
    if found is None:
        raise BadInput("This button is of an older version. Send /settings again.")
    return found, value


def change(option: Option[Any], old: str, new: str) -> str:
    """Return the line that confirms a change."""
    title = full_title(option)
    if old == new:
        return f"✅ {bold(f'{title}: {name(new)}')}, as before."
    return f"✅ {bold(f'{title}: {name(new)}')} (before: {name(old)})."


def full_title(option: Option[Any]) -> str:
    """Return the title with the mode it belongs to."""
    mode = MODES.get(option.group)
    return option.title if mode is None else f"{option.title} ({mode})"


def shortened(chosen: Settings) -> list[str]:
    """Say where an entry delay shortens the abort window."""
    lines = []
    for mode in chosen.modes:
        window, entry = chosen.abort_window(mode), chosen.mode(mode).entry_delay
        if window < chosen.plan.abort_window:
            lines.append(
                f"With the entry delay of {exact(entry)} in {mode} the first call comes "
                f"{exact(window)} after the alarm: both together may last 60 s."
            )
    return lines


def steps(option: Option[Any], chosen: Settings, press: Press = Press.SET) -> list[Button]:
    """Return the buttons that change an option: on or off, or the next step down and up."""
    now = option.read(chosen)

    def button(text: str, value: Any) -> Button:
        return Button(text, press, f"{option.key}={option.word(value)}")

    def to(arrow: str, value: Any) -> Button:
        # The value comes first: a narrow phone cuts the end off.
        return button(f"{arrow} {option.word(value)} · {option.title}", value)

    if option.is_switch:
        return [button(f"{option.title}: turn {option.word(not now)}", not now)]
    lower = [step for step in option.steps if step < now]
    higher = [step for step in option.steps if step > now]
    row = [to("▼", lower[-1])] if lower else []
    if higher:
        row.append(to("▲", higher[0]))
    return row


def _in_short(group: Group, chosen: Settings) -> str:
    mode = MODES.get(group)
    if mode is not None:
        if not is_set_up(group, chosen):
            return f"not set up yet. Send {code(f'/arm {mode}')} and choose its cameras."
        of_mode = chosen.mode(mode)
        rule = within(of_mode.rule.threshold, of_mode.rule.lookback)
        entry = f", entry {exact(of_mode.entry_delay)}" if of_mode.entry_delay else ""
        return f"alarm after {rule}, exit {exact(of_mode.exit_delay)}{entry}"
    if group is Group.CALLS:
        plan = chosen.plan
        rounds = "1 round" if plan.cycles == 1 else f"{plan.cycles} rounds"
        return f"first one after {exact(plan.abort_window)}, {rounds}"
    if group is Group.FALSE_ALARMS:
        off = [o.title.lower() for o in in_group(group) if o.shown(chosen) == OFF]
        return f"off: {', '.join(off)}" if off else "all that avoids them is on"
    return ", ".join(f"{o.title.lower()}: {o.shown(chosen)}" for o in in_group(group))


def _remarks(group: Group, chosen: Settings) -> list[str]:
    """Say what follows from the values, where it is not what they say."""
    mode = MODES.get(group)
    if mode is None:
        return []
    lines = []
    window = chosen.abort_window(mode)
    if window < chosen.plan.abort_window:
        lines.append(
            f"With this entry delay the first call comes {exact(window)} after the alarm, not "
            f"{exact(chosen.plan.abort_window)}."
        )
    if chosen.mode(mode).entry_delay:
        lines.append("Entry delay: so long after motion you can still disarm before the alarm.")
    return [*lines, ""] if lines else []


# -- notices ---------------------------------------------------------------------------------------


def setting_set(said: Said) -> Page:
    about_window = said.raw("setting") == "abort-window"
    remarks = shortened(said.state.settings) if about_window else []
    return page([_change(said), *remarks, *_warnings(said)], _more(said))


def setting_changed(said: Said) -> Page:
    first = f"{_change(said)}{said.by(' Changed by ')}{'.' if said.by() else ''}"
    return page([first, *_warnings(said)])


def _warnings(said: Said) -> list[str]:
    option = known(said.raw("setting"))
    return blinded(said.state) if option is None else _doubts(option.group, said.state)


def _doubts(group: Group, state: State) -> list[str]:
    """Say where what is set now cannot raise the alarm, as armed or once it is armed."""
    mode = MODES.get(group)
    return [*blinded(state), *(too_demanding(state, mode) if mode is not None else [])]


def _change(said: Said) -> str:
    option = known(said.raw("setting"))
    if option is None:
        return f"✅ {bold('Setting changed')}: {said.names('new')} (before: {said.names('old')})."
    return change(option, said.raw("old"), said.raw("new"))


def _more(said: Said) -> list[Button]:
    option = known(said.raw("setting"))
    if option is None:
        return []
    return [Button(f"{TITLES[option.group]} settings", Press.SETTINGS, option.group.value)]


TABLE: dict[Notice, Wording] = {
    Notice.SETTING_SET: setting_set,
    Notice.SETTING_CHANGED: setting_changed,
}
