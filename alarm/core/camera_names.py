"""What a camera is called: its name, and which one it is where several bear the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alarm.core.events import Camera
from alarm.core.state import Area, State


def called(camera: Camera, state: State) -> str:
    """Return "Hall", or "Hall (Cabin)" where another area has a camera of that name."""
    return called_among(camera, state.cameras.values(), state.areas)


def called_among(camera: Camera, cameras: Iterable[Camera], areas: Mapping[str, Area]) -> str:
    """Return what distinguishes a camera from all others; in one area a number does."""
    key = _key(camera.name)
    alike = [other for other in cameras if _key(other.name) == key]
    here = sorted(other.id for other in alike if other.network_id == camera.network_id)
    area = areas.get(camera.network_id)
    parts = [area.name] if area is not None and len(here) < len(alike) else []
    if len(here) > 1 and camera.id in here:
        parts.append(str(here.index(camera.id) + 1))
    # Without a comma: lists of names are written and read with one.
    return f"{camera.name} ({' '.join(parts)})" if parts else camera.name


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
