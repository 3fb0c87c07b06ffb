"""Whether the cameras that count can still raise the alarm, said wherever that may have changed."""

from __future__ import annotations

from alarm.core import bypass, watching
from alarm.core.events import Camera
from alarm.core.settings import Mode, PanelState
from alarm.core.state import State
from bot.words.areas import in_area
from bot.words.markup import bold, counted

NOT_WATCHING = bold("NOT WATCHING")


def counts_now(camera: Camera, state: State) -> bool:
    """Tell whether the alarm relies on a camera: as armed, else as it would be away."""
    area = state.areas.get(camera.network_id)
    left_out = area is not None and bypass.running(area, camera.id) is not None
    if state.settings.never(camera.id) or left_out:
        return False
    if area is None or area.panel is PanelState.DISARMED:
        return True
    counting = state.settings.mode(area.mode).cameras
    return counting is None or camera.id in counting


def counts_in_armed(camera: Camera, state: State) -> bool:
    """Tell whether a camera can raise the alarm as it is armed now."""
    area = state.areas.get(camera.network_id)
    armed = area is not None and area.panel is not PanelState.DISARMED
    return armed and counts_now(camera, state)


def too_few(state: State) -> list[str]:
    """Say where an armed area cannot raise the alarm, however much its cameras see."""
    lines = []
    for area in state.areas.values():
        if area.panel is PanelState.DISARMED:
            continue
        there = [c for c in state.cameras.values() if c.network_id == area.network_id]
        count = [c for c in there if counts_now(c, state)]
        where, needed = in_area(area.name, state), state.settings.mode(area.mode).distinct
        if there and not count:
            lines.append(f"{NOT_WATCHING}{where}. No camera counts in {area.mode.value} now.")
        elif there and not watching.enough(state.settings, area.mode, count):
            lines.append(
                f"{NOT_WATCHING}{where}. {needed} different cameras must see motion, and only "
                f"{len(count)} can. Change it with /distinct."
            )
    return lines


def too_demanding(state: State, mode: Mode) -> list[str]:
    """Say where a mode, once it is armed, could not raise the alarm: it has too few cameras."""
    lines, settings = [], state.settings
    needed, counting = settings.mode(mode).distinct, settings.mode(mode).cameras
    for area in state.areas.values():
        if area.panel is not PanelState.DISARMED and area.mode is mode:
            continue
        there = [c for c in state.cameras.values() if c.network_id == area.network_id]
        count = [c for c in there if counting is None or c.id in counting]
        count = [c for c in count if not settings.never(c.id)]
        if count and not watching.enough(settings, mode, count):
            lines.append(
                f"⚠️ {bold('Too many')}{in_area(area.name, state)}: {mode.value} has "
                f"{counted(len(count), 'camera')}, so {needed} different ones can never see motion."
            )
    return lines


def blinded(state: State) -> list[str]:
    """Return the same as lines below the answer to what may have caused it."""
    return [f"⛔ {line}" for line in too_few(state)]
