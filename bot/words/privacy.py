"""Privacy at home: what it does, how it is set, and what of it is told."""

from __future__ import annotations

from alarm.core.camera_names import called
from alarm.core.notices import Notice
from alarm.core.privacy import private_cameras
from alarm.core.settings import Mode, ModeSettings
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words.counting import NOT_WATCHING
from bot.words.markup import bold, code, listed, name, page
from bot.words.private_cameras import AGAIN, guarded, is_private
from bot.words.said import Said, Wording

MODES = (Mode.HOME, Mode.NIGHT)
# Which page a pressed button stands under: it becomes true by that press.
OF_MODE, OVERVIEW, QUESTION = "mode", "all", "ask"
EXAMPLE = "/privacy home on"


def on_off(on: bool) -> str:
    return "on" if on else "off"


def button(mode: Mode, state: State) -> Button:
    """Return the button that turns it, for the page of this mode."""
    turn = on_off(not state.settings.mode(mode).privacy)
    return Button(f"Private: turn {turn}", Press.PRIVACY, f"{mode.value} {turn} {OF_MODE}")


def tick(mode: Mode, *, ticked: bool) -> Button:
    """Return the button that stands below the question which cameras count."""
    text = f"{'✅' if ticked else '⬜'} Private: the others are off meanwhile"
    return Button(text, Press.PRIVACY, f"{mode.value} {on_off(not ticked)} {QUESTION}")


def in_short(settings: ModeSettings) -> str:
    return "the other cameras are off meanwhile" if settings.privacy else "no"


def overview(state: State) -> Page:
    """Answer /privacy without arguments."""
    lines = [
        bold("Privacy at home"),
        "Cameras that do not count are switched off in Blink while you are at home.",
        "Afterwards they are switched on again.",
        "",
        *(_mode_line(mode, state) for mode in MODES),
    ]
    now = [name(called(c, state)) for c in state.cameras.values() if is_private(c, state)]
    if now:
        lines.append(f"Private right now: {listed(now)}.")
    lines += ["", f"Change it with the buttons, or like {code(EXAMPLE)}."]
    return page(lines, *([_turn(mode, state, OVERVIEW)] for mode in MODES))


def _mode_line(mode: Mode, state: State) -> str:
    if mode not in state.settings.modes:
        return f"{mode.value.capitalize()}: not set up yet"
    settings = state.settings.mode(mode)
    line = f"{mode.value.capitalize()}: {bold(on_off(settings.privacy))}"
    return f"{line}. {_which(mode, state)}" if settings.privacy else line


def _which(mode: Mode, state: State) -> str:
    """Say which cameras it is about."""
    counting = state.settings.mode(mode).cameras
    if counting is None:
        return f"All cameras count so far: /mode {mode.value} lets you choose."
    others = [name(called(c, state)) for c in state.cameras.values() if c.id not in counting]
    return f"It is about: {listed(others)}." if others else "Every camera counts, none goes off."


def _turn(mode: Mode, state: State, under: str = "") -> Button:
    turn = on_off(not state.settings.mode(mode).privacy)
    about = f"{mode.value} {turn} {under}".strip()
    return Button(f"{mode.value.capitalize()}: turn {turn}", Press.PRIVACY, about)


# -- notices ---------------------------------------------------------------------------------------


def privacy_set(said: Said) -> Page:
    on, before = said.flag("on"), said.flag("before")
    mode = Mode(said.raw("mode")) if said.raw("mode") in set(Mode) else Mode.HOME
    was = "as before" if on is before else f"before: {on_off(before)}"
    lines = [f"✅ {bold(f'Privacy while {mode.value}: {on_off(on)}')} ({was})."]
    if on:
        lines.append(_which(mode, said.state))
        if private_cameras(said.state):
            lines.append("It is being done now; /cameras shows it in a minute.")
    else:
        lines.append("All cameras go on recording motion.")
    return page(lines, [_turn(mode, said.state)])


def still_off(said: Said) -> Page:
    cameras = said.names("cameras")
    ids = said.raw("ids").split()
    off = [c for c in said.state.cameras.values() if c.id in ids and not c.enabled]
    gap = any(guarded(c, said.state) for c in off)
    head = f"⛔ {NOT_WATCHING}: {cameras}" if gap else f"⚠️ {bold(cameras)}"
    return page(
        [
            f"{head}: motion detection is still off at Blink.",
            f"It was off for your privacy. {AGAIN} Or switch it on in the Blink app.",
        ]
    )


def still_on(said: Said) -> Page:
    return page(
        [
            f"⚠️ {bold('Not private yet')}: {said.names('cameras')}.",
            f"Blink did not switch motion detection off, so it records. {AGAIN}",
        ]
    )


def on_again(said: Said) -> Page:
    return page([f"✅ {bold('Motion detection is on again')}: {said.names('cameras')}."])


def private(said: Said) -> Page:
    return page([f"✅ {bold('Private now')}: {said.names('cameras')}."])


TABLE: dict[Notice, Wording] = {
    Notice.PRIVACY_SET: privacy_set,
    Notice.CAMERA_STILL_OFF: still_off,
    Notice.CAMERA_STILL_ON: still_on,
    Notice.CAMERA_ON_AGAIN: on_again,
    Notice.CAMERA_PRIVATE: private,
}
