"""Carry what is wished of Blink there; delivered means that Blink shows it."""

from __future__ import annotations

import math

from alarm.blink.cloud import BlinkCloud
from alarm.core.deliveries import (
    BlinkArmBody,
    BlinkLookBody,
    BlinkMotionBody,
    Delivery,
    DeliveryStatus,
)
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.inputs import Delivered, DeliveryFailed, DevicesSeen, Input
from alarm.core.state import Login
from bot.controller import Controller

# Seconds for the command and for reading back.
DEADLINE = 30.0
# Seconds. Tokens that Blink refused, or a network that is gone, may work again, but seldom.
REFUSED_PAUSE = 600.0
# Seconds. While Blink does not even list its clips.
HOPELESS_PAUSE = 120.0


class BlinkCarrier:
    """Give one order for each delivery: arm or disarm a network, switch or look at cameras."""

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
        if delivery.attempts and state.health.blind_since and now < self._hopeless_until:
            return False
        return isinstance(delivery.body, BlinkArmBody) or not self._arming()

    def _arming(self) -> bool:
        """Tell whether an order to arm is fresh or on its way: a camera waits for that.

        Blink does one thing at a time, and for a network the alarm is the more urgent one.
        """
        return any(
            isinstance(other.body, BlinkArmBody)
            and (other.status is DeliveryStatus.SENDING or not other.attempts)
            for other in self._controller.state.outbox.values()
        )

    async def carry(self, delivery: Delivery) -> Input:
        try:
            match delivery.body:
                case BlinkArmBody(network_id=network, armed=armed):
                    await self._cloud.set_armed(network, armed, deadline=DEADLINE)
                case BlinkMotionBody(camera_id=camera, enabled=enabled):
                    known = self._controller.state.cameras.get(camera)
                    if known is None:
                        return DeliveryFailed(delivery.id, "Blink no longer lists this camera")
                    await self._cloud.set_motion_detection(known, enabled, deadline=DEADLINE)
                case BlinkLookBody():
                    await self._look()
                case _:
                    return DeliveryFailed(delivery.id, "Blink cannot carry this", permanent=True)
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

    async def _look(self) -> None:
        asked_at = self._controller.now()
        homescreen = await self._cloud.homescreen()
        self._controller.apply(DevicesSeen(homescreen, asked_at=asked_at))
