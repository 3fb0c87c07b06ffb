"""Carry the wish to arm or disarm to Blink; delivered means that Blink shows it."""

from __future__ import annotations

from alarm.blink.cloud import BlinkCloud
from alarm.core.deliveries import BlinkArmBody, Delivery
from alarm.core.errors import BlinkError
from alarm.core.inputs import Delivered, DeliveryFailed, Input

# Seconds for the command and for reading back.
DEADLINE = 30.0


class BlinkCarrier:
    """Set the arm state of one network for each delivery."""

    def __init__(self, cloud: BlinkCloud) -> None:
        self._cloud = cloud

    async def carry(self, delivery: Delivery) -> Input:
        body = delivery.body
        if not isinstance(body, BlinkArmBody):
            return DeliveryFailed(delivery.id, "Blink cannot carry this", permanent=True)
        if not self._cloud.has_tokens:
            return DeliveryFailed(delivery.id, "not logged in to Blink")
        try:
            await self._cloud.set_armed(body.network_id, body.armed, deadline=DEADLINE)
        except BlinkError as error:
            # Never given up: whatever Blink says now, the house has to be watched.
            return DeliveryFailed(delivery.id, str(error), retry_after=error.retry_after)
        return Delivered(delivery.id)
