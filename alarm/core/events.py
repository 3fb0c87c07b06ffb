"""What Blink tells: clips, cameras, networks. Times are aware UTC in Blink's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Clips that no intruder made: opening live view, and the periodic still picture.
IGNORED_SOURCES = frozenset({"liveview", "snapshot"})
# A doorbell press is told, never counted.
DOORBELL_SOURCE = "button_press"


@dataclass(frozen=True, slots=True)
class MotionEvent:
    """One Blink recording. `key` is `network:media` and identifies it for good."""

    key: str
    network_id: str
    camera_id: str
    camera_name: str
    created_at: datetime
    source: str = "pir"
    deleted: bool = False
    clip_path: str = ""
    thumbnail_path: str = ""


@dataclass(frozen=True, slots=True)
class ClipPage:
    """One page of the clip list, as read. `skipped` counts items that could not be understood."""

    events: tuple[MotionEvent, ...]
    number: int
    last: bool
    skipped: int = 0


class CameraGroup(StrEnum):
    """Which of Blink's lists a camera stands in; each has its own way to switch it."""

    BATTERY = "battery"
    MINI = "mini"
    DOORBELL = "doorbell"


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera, doorbell or mini as the homescreen shows it.

    `kind` is Blink's product name. `enabled`: motion detection is on.
    """

    id: str
    network_id: str
    name: str
    kind: str = ""
    enabled: bool = True
    online: bool = True
    battery_low: bool = False
    thumbnail_path: str = ""
    group: CameraGroup = CameraGroup.BATTERY


@dataclass(frozen=True, slots=True)
class Network:
    """One Blink system: armed as Blink says, its sync modules online or not."""

    id: str
    name: str
    armed: bool
    online: bool = True


@dataclass(frozen=True, slots=True)
class Homescreen:
    """The devices of the account, read in one request."""

    networks: tuple[Network, ...]
    cameras: tuple[Camera, ...]
