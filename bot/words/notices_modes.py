"""Notices about setting up the modes."""

from __future__ import annotations

from alarm.core.notices import Notice
from alarm.core.settings import Mode
from bot.pages import Button, Page, Press
from bot.words import modes
from bot.words.areas import headlines
from bot.words.counting import blinded
from bot.words.markup import bold, page
from bot.words.said import Said, Wording

NOT_ARMED = {
    "over": "the time you named is over. Arm now?",
    "old": "you asked for it more than an hour ago. Arm now?",
}


def mode_of(said: Said) -> Mode:
    value = said.raw("mode")
    return Mode(value) if value in set(Mode) else Mode.AWAY


def which_cameras(said: Said) -> Page:
    choice = said.state.choices.get(said.raw("chat"))
    mode = mode_of(said)
    if choice is not None and choice.mode is not mode:
        choice = None
    return modes.which_cameras(mode, choice, said.state)


def mode_cameras(said: Said) -> Page:
    new, old = said.names("new") or "none", said.names("old") or "none"
    was = "as before" if new == old else f"before: {old}"
    mode = mode_of(said).value
    lines = [f"✅ {bold(f'Cameras in {mode}: {new}')} ({was}).", *blinded(said.state)]
    why = NOT_ARMED.get(said.raw("not_armed"))
    if why is None:
        return page(lines)
    network = said.raw("network")
    about = f"{mode}:{network}" if network else mode
    lines += [f"{bold('Not armed by this')}: {why}", *headlines(said.state, said.view)]
    return page(lines, [Button(f"Arm {mode}", Press.ARM, about)])


TABLE: dict[Notice, Wording] = {
    Notice.WHICH_CAMERAS: which_cameras,
    Notice.MODE_CAMERAS: mode_cameras,
}
