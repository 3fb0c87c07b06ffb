"""The modes in words: how each watches, what can be changed, and which cameras count."""

from __future__ import annotations

from alarm.core.camera_names import called
from alarm.core.events import Camera
from alarm.core.settings import Mode, ModeSettings
from alarm.core.state import Choice, State
from bot.pages import Button, Page, Press
from bot.words import privacy, rules
from bot.words.areas import has_many
from bot.words.markup import bold, code, listed, name, page, plain
from bot.words.times import exact
from bot.words.view import View

TITLES = {Mode.AWAY: "Away", Mode.HOME: "Home", Mode.NIGHT: "Night"}
WHEN = {
    Mode.AWAY: "nobody is at home",
    Mode.HOME: "you are at home",
    Mode.NIGHT: "you are asleep",
}
NOT_SET_UP = "not set up yet"
# Characters of the name of an area in a button.
SHORT_AREA = 16


def overview(state: State, view: View) -> Page:
    """Answer /mode: every mode in a line, each with its button."""
    lines = [bold("Modes: which cameras count, and when they ring")]
    for mode in Mode:
        settings = state.settings.modes.get(mode)
        said = NOT_SET_UP if settings is None else _in_short(mode, settings, state)
        lines.append(f"{bold(TITLES[mode])}: {said}")
    return page(lines, [Button(TITLES[mode], Press.MODE, mode.value) for mode in Mode])


def _in_short(mode: Mode, settings: ModeSettings, state: State) -> str:
    return f"{cameras_of(settings, state, most=4)}; {rule_of(settings)}"


def of_mode(mode: Mode, state: State, view: View) -> Page:
    """Show how one mode watches, with a button for each thing that can be changed."""
    settings, about = state.settings.mode(mode), mode.value
    title = f"{TITLES[mode]}, when {WHEN[mode]}"
    if mode not in state.settings.modes:
        return page(
            [f"{bold(title)}: {NOT_SET_UP}.", "First choose which cameras count in it."],
            [Button("Cameras", Press.MODE_CAMERAS, about)],
        )
    lines = [
        bold(title),
        f"Cameras: {cameras_of(settings, state)}",
        f"Rule: {rule_of(settings)}",
        f"Exit delay: {exact(settings.exit_delay)}",
        f"Entry delay: {exact(settings.entry_delay)}",
        "",
        (
            f"Change it by the buttons, or write {code(f'/threshold {about} 3 in 2m')}, "
            f"{code(f'/mode {about} exit delay 30s')}, {code(f'/distinct {about} 2')}."
        ),
    ]
    cameras = []
    if mode is not Mode.AWAY:
        lines.insert(2, f"Private: {privacy.in_short(settings)}")
        cameras = [Button("Cameras", Press.MODE_CAMERAS, about), privacy.button(mode, state)]
    others = [Button("All modes", Press.MODE), Button("Rule, delays", Press.SETTINGS, about)]
    return page(lines, cameras, others)


def cameras_of(settings: ModeSettings, state: State, most: int = 12) -> str:
    """Return the names of those that count, as HTML."""
    if settings.cameras is None:
        return "every camera, new ones too"
    known = state.cameras
    names = sorted(called(known[c], state) if c in known else c for c in settings.cameras)
    return listed([name(n) for n in names], most) or bold("none")


def rule_of(settings: ModeSettings) -> str:
    """Return "2 events within 2 min, from 2 cameras"."""
    rule = rules.in_words(settings.rule)
    return f"{rule}, from {settings.distinct} cameras" if settings.distinct > 1 else rule


# -- which cameras count ---------------------------------------------------------------------------


def which_cameras(mode: Mode, choice: Choice | None, state: State) -> Page:
    """Ask which cameras count; a button for each, with a tick where it does."""
    ticked = frozenset() if choice is None else choice.cameras
    title = f"Which cameras count in {mode.value}, when {WHEN[mode]}?"
    cameras = sorted(state.cameras.values(), key=lambda c: (c.name.casefold(), c.id))
    if not cameras:
        return page(
            [
                bold(title),
                (
                    "No camera is known yet, so this has to wait: /status tells whether Blink "
                    "answers. /arm guards with every camera that Blink has."
                ),
            ]
        )
    rows = [[_tick(mode, camera, camera.id in ticked, state)] for camera in cameras]
    wish = None if choice is None else choice.private
    private = state.settings.mode(mode).privacy if wish is None else wish
    arm = choice is not None and choice.arm
    done = Button("Done, arm now" if arm else "Done", Press.CAMERAS_DONE, mode.value)
    return page(
        [
            bold(title),
            (
                "Tap each one that shall raise the alarm, then Done. Only these count in "
                f"{mode.value}; motion that the others see is ignored."
            ),
            "Shall the others not even record? Tick Private: Blink switches them off meanwhile.",
            "" if ticked else "Nothing is ticked yet.",
        ],
        *rows,
        [privacy.tick(mode, ticked=private)],
        [done],
    )


def _tick(mode: Mode, camera: Camera, ticked: bool, state: State) -> Button:
    area = state.areas.get(camera.network_id)
    label = plain(called(camera, state)) or "Camera"
    if area is not None and has_many(state):
        # The name of an area may be long, and a narrow phone cuts the end off.
        label = f"{plain(camera.name) or 'Camera'} ({plain(area.name, SHORT_AREA)})"
    text = f"{'✅' if ticked else '⬜'} {label}"
    return Button(text, Press.CAMERA, f"{mode.value}:{0 if ticked else 1}:{camera.id}")
