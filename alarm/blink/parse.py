"""Turn Blink's JSON into the core's models, item by item; a bad item never spoils the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from alarm.core.events import Camera, CameraGroup, MotionEvent, Network

# blinkpy and public samples know online, done and offline; a word that is new to us is no alarm.
OFFLINE = "offline"
# An item without a source is motion until proven otherwise.
UNKNOWN_SOURCE = "unknown"
# Where the homescreen lists cameras, and what to call one that does not name its product.
CAMERA_GROUPS = {
    "cameras": (CameraGroup.BATTERY, "camera"),
    "owls": (CameraGroup.MINI, "owl"),
    "doorbells": (CameraGroup.DOORBELL, "lotus"),
}
# Characters. Blink's app takes far shorter names; an alert has to hold several of them.
LONGEST_TEXT = 64
# Digits. Ids are some eight digits long; Python refuses to read thousands of them as a number.
LONGEST_ID = 20


def motion_event(item: object) -> MotionEvent | None:
    """Return the event of one media item; None when it cannot be understood."""
    if not isinstance(item, dict):
        return None
    media, network = id_text(item.get("id")), id_text(item.get("network_id"))
    created_at = utc_time(item.get("created_at"))
    if media is None or network is None or created_at is None:
        return None
    return MotionEvent(
        key=f"{network}:{media}",
        network_id=network,
        camera_id=id_text(item.get("device_id")) or "",
        camera_name=text(item.get("device_name")),
        created_at=created_at,
        source=text(item.get("source")) or UNKNOWN_SOURCE,
        deleted=item.get("deleted") is True,
        clip_path=path(item.get("media")),
        thumbnail_path=_event_picture(path(item.get("thumbnail"))),
    )


def networks(payload: dict[str, Any]) -> tuple[Network, ...]:
    """Return the networks; one is online while none of its sync modules is offline."""
    offline = {
        id_text(module.get("network_id"))
        for module in _objects(payload.get("sync_modules"))
        if text(module.get("status")) == OFFLINE and module.get("onboarded") is not False
    }
    found = []
    for item in _objects(payload.get("networks")):
        network = id_text(item.get("id"))
        if network is not None:
            name = text(item.get("name")) or network
            armed = item.get("armed") is True
            found.append(Network(network, name, armed, online=network not in offline))
    return tuple(found)


def cameras(payload: dict[str, Any], account_id: int | None) -> tuple[Camera, ...]:
    """Return cameras, minis and doorbells, told apart by id and never by name."""
    found = []
    for listed, (group, kind) in CAMERA_GROUPS.items():
        for item in _objects(payload.get(listed)):
            camera = _camera(item, group, kind, account_id)
            if camera is not None:
                found.append(camera)
    return tuple(found)


def _camera(
    item: dict[str, Any], group: CameraGroup, kind: str, account_id: int | None
) -> Camera | None:
    camera, network = id_text(item.get("id")), id_text(item.get("network_id"))
    if camera is None or network is None:
        return None
    kind = text(item.get("type")) or kind
    stamp = id_text(item.get("thumbnail"))
    if stamp is not None:
        picture = (
            f"/api/v3/media/accounts/{account_id}/networks/{network}/{kind}/{camera}"
            f"/thumbnail/thumbnail.jpg?ts={stamp}&ext="
        )
    else:
        picture = _camera_picture(path(item.get("thumbnail")))
    return Camera(
        id=camera,
        network_id=network,
        name=text(item.get("name")) or camera,
        kind=kind,
        enabled=item.get("enabled") is not False,
        online=text(item.get("status")) != OFFLINE,
        battery_low=text(item.get("battery")) == "low",
        thumbnail_path=picture,
        group=group,
    )


def id_text(value: object) -> str | None:
    """Return an id as text, whether Blink sent a number or digits; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**LONGEST_ID:
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST_ID:
        return value
    return None


def utc_time(value: object) -> datetime | None:
    """Return an ISO time as aware UTC; None when it is none. Blink's times are UTC throughout."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def text(value: object) -> str:
    """Return one short line that every file and message can hold; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    # JSON may hold half of a surrogate pair: one of them in a name would keep the state from
    # being written and the alert from being sent.
    whole = value.encode("utf-8", "replace").decode()
    line = " ".join("".join(char if char.isprintable() else " " for char in whole).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def path(value: object) -> str:
    """Return a path on Blink's host, or ""; a full URL is not taken, whatever its host."""
    usable = isinstance(value, str) and value.startswith("/") and value.isprintable()
    return str(value) if usable else ""


def _event_picture(picture: str) -> str:
    return picture if not picture or ".jpg" in picture else f"{picture}.jpg"


def _camera_picture(picture: str) -> str:
    return picture if not picture or picture.endswith("&ext=") else _event_picture(picture)


def _objects(value: object) -> Iterable[dict[str, Any]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
