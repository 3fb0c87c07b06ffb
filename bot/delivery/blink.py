"""Carry the wish to arm or disarm to Blink; delivered means that Blink shows it."""

from __future__ import annotations

from alarm.blink.cloud import BlinkCloud
from alarm.core.deliveries import BlinkArmBody, Delivery
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from alarm.core.state import Login
from bot.controller import Controller

# Seconds for the command and for reading back.
DEADLINE = 30.0
# Seconds. Tokens that Blink refused, or a network that is gone, may work again, but seldom.
REFUSED_PAUSE = 600.0


class BlinkCarrier:
    """Set the arm state of one network for each delivery."""

    def __init__(self, cloud: BlinkCloud, controller: Controller) -> None:
        self._cloud = cloud
        self._controller = controller
        self._refused: Login | None = None
        self._refused_until = 0.0

    def ready(self, _delivery: Delivery) -> bool:
        """Tell whether Blink would listen: each try in vain costs two writes of the state."""
        if self._refused is self._controller.state.login:
            return self._controller.monotonic() >= self._refused_until
        return self._cloud.has_tokens

    async def carry(self, delivery: Delivery) -> Input:
        body = delivery.body
        if not isinstance(body, BlinkArmBody):
            return DeliveryFailed(delivery.id, "Blink cannot carry this", permanent=True)
        try:
            await self._cloud.set_armed(body.network_id, body.armed, deadline=DEADLINE)
        except BlinkLoginNeeded as error:
            self._refused = self._controller.state.login
            self._refused_until = self._controller.monotonic() + REFUSED_PAUSE
            return DeliveryFailed(delivery.id, str(error))
        except BlinkError as error:
            # Never given up: whatever Blink says now, the house has to be watched.
            pause = REFUSED_PAUSE if error.permanent else error.retry_after
            return DeliveryFailed(delivery.id, str(error), retry_after=pause)
        return Delivered(delivery.id)
