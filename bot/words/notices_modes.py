"""Notices about setting up the modes."""

from __future__ import annotations

from alarm.core.notices import Notice
from alarm.core.settings import Mode
from bot.pages import Page
from bot.words import modes
from bot.words.counting import blinded
from bot.words.markup import bold, page
from bot.words.said import Said, Wording


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
    first = f"✅ {bold(f'Cameras in {mode_of(said).value}: {new}')} ({was})."
    return page([first, *blinded(said.state)])


TABLE: dict[Notice, Wording] = {
    Notice.WHICH_CAMERAS: which_cameras,
    Notice.MODE_CAMERAS: mode_cameras,
}
