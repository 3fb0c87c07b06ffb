"""Carry the picture and the clip of an event to a chat, as silent replies to the alert."""

from __future__ import annotations

import logging
from collections.abc import Callable

from alarm.core.deliveries import AlertBody, Delivery, MediaBody
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from alarm.core.incident import Incident
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from bot.chat.budget import LEFT_FOR_ANSWERS, Budget
from bot.chat.errors import ChatError
from bot.clips import Clips
from bot.controller import Controller
from bot.delivery.chat import chat_failure
from bot.words.alert import caption
from bot.words.view import View

logger = logging.getLogger(__name__)


class MediaCarrier:
    """Show what was recorded. A file that Blink has no more is left out without a word."""

    def __init__(
        self,
        clips: Clips,
        controller: Controller,
        view: Callable[[], View],
        budget: Budget,
    ) -> None:
        self._clips = clips
        self._controller = controller
        self._view = view
        self._budget = budget
        self._pictured: set[str] = set()

    def ready(self, delivery: Delivery) -> bool:
        """Tell whether the alert is there: its text goes first, and files are replies to it."""
        body, state = delivery.body, self._controller.state
        if not isinstance(body, MediaBody) or body.incident_id not in state.incidents:
            return True
        arrived = delivery.target in state.incidents[body.incident_id].copies
        return arrived or not self._alert_waits(delivery, body.incident_id)

    async def carry(self, delivery: Delivery) -> Input:
        body = delivery.body
        if not isinstance(body, MediaBody):
            return DeliveryFailed(delivery.id, "not a picture", permanent=True)
        incident = self._controller.state.incidents[body.incident_id]
        event = next((e for e in incident.events if e.key == body.event_key), None)
        if event is None:
            return Delivered(delivery.id)
        self._pictured &= self._controller.state.outbox.keys()
        try:
            await self._show(delivery, incident, event)
        except ChatError as error:
            return chat_failure(delivery, error)
        except BlinkError as error:
            return DeliveryFailed(delivery.id, str(error), retry_after=error.retry_after)
        return Delivered(delivery.id)

    async def _show(self, delivery: Delivery, incident: Incident, event: MotionEvent) -> None:
        chat, reply_to = int(delivery.target), incident.copies.get(delivery.target)
        words = caption(event, incident, self._view())
        if event.thumbnail_path and delivery.id not in self._pictured:
            await self._budget.take(delivery.target, leave=LEFT_FOR_ANSWERS)
            try:
                await self._clips.show_picture(chat, event, words, reply_to)
            except BlinkError as error:
                # The clip says more; the picture alone is not worth a second try.
                logger.info("A picture is left out: %s", error)
            self._pictured.add(delivery.id)
        if event.clip_path:
            await self._budget.take(delivery.target, leave=LEFT_FOR_ANSWERS)
            try:
                await self._clips.show_clip(chat, event, words, reply_to)
            except BlinkError as error:
                if not error.permanent:
                    raise
                logger.info("A clip is left out: %s", error)

    def _alert_waits(self, delivery: Delivery, incident_id: str) -> bool:
        return any(
            isinstance(other.body, AlertBody)
            and other.body.incident_id == incident_id
            and other.target == delivery.target
            for other in self._controller.state.outbox.values()
        )
