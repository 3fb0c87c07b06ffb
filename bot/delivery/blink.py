"""Carry the wish to arm or disarm to Blink; delivered means that Blink shows it."""

from __future__ import annotations

import math

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
# Seconds. While Blink does not even list its clips.
HOPELESS_PAUSE = 120.0


class BlinkCarrier:
    """Set the arm state of one network for each delivery."""

    def __init__(self, cloud: BlinkCloud, controller: Controller) -> None:
        self._cloud = cloud
        self._controller = controller
        self._refused: Login | None = None
        self._refused_until = self._hopeless_until = -math.inf

    def ready(self, delivery: Delivery) -> bool:
        """Tell whether Blink would listen: each try in vain costs two writes of the state.

        A new order is tried at once all the same: a person waits for it.
        """
        state, now = self._controller.state, self._controller.monotonic()
        if not self._cloud.has_tokens:
            return False
        if self._refused is state.login and now < self._refused_until:
            return False
        return not (delivery.attempts and state.health.blind_since and now < self._hopeless_until)

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
            self._hopeless_until = self._controller.monotonic() + HOPELESS_PAUSE
            pause = REFUSED_PAUSE if error.permanent else error.retry_after
            return DeliveryFailed(delivery.id, str(error), retry_after=pause)
        return Delivered(delivery.id)
