"""Whether an area can still raise the alarm by itself, and with which cameras."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from alarm.core import bypass
from alarm.core.events import Camera
from alarm.core.settings import Mode, Settings
from alarm.core.state import Area, State


def able(state: State, area: Area) -> Iterator[Camera]:
    """Yield the cameras of an area that see and count in its mode, those left out included."""
    counting = state.settings.mode(area.mode).cameras
    for camera in state.cameras.values():
        if (
            camera.network_id == area.network_id
            and (camera.online and camera.enabled)
            and (counting is None or camera.id in counting)
            and not state.settings.never(camera.id)
        ):
            yield camera


def not_left_out(area: Area, cameras: Iterator[Camera]) -> list[Camera]:
    return [camera for camera in cameras if bypass.running(area, camera.id) is None]


def enough(settings: Settings, mode: Mode, cameras: Collection[Camera]) -> bool:
    """Tell whether motion at these cameras, which all count, can trip a rule of the mode."""
    if any(camera.id in settings.cameras for camera in cameras):
        # Judged by a rule of its own, one alone is enough.
        return True
    return len(cameras) >= settings.mode(mode).distinct
