"""The order to arm or disarm a network."""

from __future__ import annotations

from alarm.blink.orders import Order
from alarm.core.errors import BlinkError
from alarm.core.events import Homescreen


def arm_order(network_id: str, armed: bool) -> Order:
    def shows(home: Homescreen) -> bool:
        for network in home.networks:
            if network.id == network_id:
                return network.armed is armed
        raise BlinkError("Blink no longer lists this system", permanent=True)

    verb = "arm" if armed else "disarm"
    path = f"/api/v1/accounts/{{account}}/networks/{network_id}/state/{verb}"
    return Order(verb, network_id, path, shows, wanted=f"it is {verb}ed")
