"""The order to switch the motion detection of one camera, which each kind of camera takes apart."""

from __future__ import annotations

from alarm.blink.orders import Order
from alarm.core.errors import BlinkError
from alarm.core.events import Camera, CameraGroup, Homescreen


def motion_order(camera: Camera, enabled: bool) -> Order:
    def shows(home: Homescreen) -> bool:
        for known in home.cameras:
            if (known.id, known.network_id) == (camera.id, camera.network_id):
                return known.enabled is enabled
        raise BlinkError("Blink no longer lists this camera", permanent=True)

    verb = "enable" if enabled else "disable"
    network = f"/api/v1/accounts/{{account}}/networks/{camera.network_id}"
    body = None
    match camera.group:
        case CameraGroup.MINI:
            path, body = f"{network}/owls/{camera.id}/config", {"enabled": enabled}
        case CameraGroup.DOORBELL:
            path = f"{network}/doorbells/{camera.id}/{verb}"
        case CameraGroup.BATTERY:
            path = f"/network/{camera.network_id}/camera/{camera.id}/{verb}"
    wanted = f"its motion detection is {'on' if enabled else 'off'}"
    return Order("motion detection", camera.network_id, path, shows, wanted, body)
