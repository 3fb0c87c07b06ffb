"""The answers to /cameras and /threshold."""

from __future__ import annotations

from alarm.core.camera_names import called
from alarm.core.events import Camera
from alarm.core.rule_text import RULE_EXAMPLE, RULE_RANGE
from alarm.core.settings import Mode
from alarm.core.state import State
from bot.pages import Button, Page, Press
from bot.words import rules, times
from bot.words.areas import has_many
from bot.words.left_out import bypass_of, rule_line, until
from bot.words.markup import bold, code, counted, name, page, plain
from bot.words.private_cameras import is_private
from bot.words.readiness import warned, weak_points
from bot.words.screen import checked, last_motion, works
from bot.words.view import View


def cameras(state: State, view: View) -> Page:
    """Answer /cameras: each camera with what it can do now, the troubled ones first."""
    known = sorted(state.cameras.values(), key=lambda c: (works(c), c.name.casefold(), c.id))
    if not known:
        weak = warned(weak_points(state, view))
        return page([bold("No cameras known yet."), *weak])
    ready = sum(works(camera) for camera in known)
    lines = [bold(f"{ready} of {counted(len(known), 'camera')} ready{checked(state, view)}")]
    for camera in known:
        area = state.areas.get(camera.network_id)
        this = called(camera, state)
        where = f" ({name(area.name)})" if area and has_many(state) and this == camera.name else ""
        condition = _condition(camera, state, view)
        lines.append(f"{_icon(camera, state)} {bold(name(this))}{where}: {condition}")
        seen = last_motion(camera, state, view)
        if seen:
            lines[-1] += f". Last motion {seen}"
    buttons = [
        Button(plain(called(camera, state)) or "Camera", Press.CAMERA_PAGE, camera.id)
        for camera in known
    ]
    return page(lines, *(buttons[at : at + 2] for at in range(0, len(buttons), 2)))


def _icon(camera: Camera, state: State) -> str:
    if camera.online and is_private(camera, state) and not camera.battery_low:
        return "🔕"
    return "✅" if works(camera) and not camera.battery_low else "⚠️"


def _condition(camera: Camera, state: State, view: View) -> str:
    parts = ["online" if camera.online else "OFFLINE, check batteries, power and Wi-Fi"]
    parts.append(_motion_detection(camera, state))
    found = bypass_of(camera, state)
    if found is not None:
        parts.append(f"left out {until(found, view)}")
    if camera.id in state.settings.cameras:
        parts.append(f"rule: {rule_line(camera, state)}")
    if camera.battery_low:
        parts.append("BATTERY LOW, change it soon")
    return "; ".join(parts)


def _motion_detection(camera: Camera, state: State) -> str:
    if camera.enabled:
        return "motion detection on"
    if is_private(camera, state):
        return "private, its motion detection is off meanwhile"
    return "motion detection OFF, switch it on in the Blink app"


# -- the rule --------------------------------------------------------------------------------------


def threshold(state: State, view: View, mode: Mode = Mode.AWAY) -> Page:
    """Answer /threshold without a number: the rule of a mode, and how to change it."""
    now = state.settings.mode(mode).rule
    armed = "armed" if mode is Mode.AWAY else f"armed in {mode.value}"
    if now.threshold == 1:
        meaning = f"The alarm starts with the first motion while {armed}."
    else:
        meaning = (
            f"The alarm starts when the cameras see motion {now.threshold} times within "
            f"{times.exact(now.lookback)} while {armed}."
        )
    return page(
        [
            f"{bold(f'Rule: {rules.in_words(now)}')}.",
            meaning,
            f"Change it with {code(RULE_EXAMPLE)}. Allowed: {RULE_RANGE}.",
        ]
    )
