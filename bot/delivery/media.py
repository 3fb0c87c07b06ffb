"""Carry the picture and the clip of an event to a chat, as silent replies to what told of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from alarm.core.deliveries import (
    AlertBody,
    Body,
    Delivery,
    DeliveryStatus,
    MediaBody,
    RingPictureBody,
    WordsBody,
)
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from alarm.core.pictures import AT_ONCE
from bot.chat.budget import LEFT_FOR_ANSWERS, LEFT_FOR_EDITS, Budget
from bot.chat.errors import ChatError
from bot.clips import Clips
from bot.controller import Controller
from bot.delivery.chat import chat_failure
from bot.words.alert import caption
from bot.words.doorbell import ring_caption
from bot.words.view import View

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an event, under which words, as a reply to which message.

    `first`: people judge by it whether the alarm is real.
    """

    event: MotionEvent
    words: str
    reply_to: int | None
    clip: bool
    first: bool = False


class MediaCarrier:
    """Show what was recorded. A file that Blink has no more is left out without a word."""

    def __init__(
        self,
        clips: Clips,
        controller: Controller,
        view: Callable[[], View],
        budget: Budget,
        alarms: Budget,
    ) -> None:
        """`budget`: of chatter; `alarms`: of alarm traffic, which lends to the first pictures."""
        self._clips = clips
        self._controller = controller
        self._view = view
        self._budget = budget
        self._alarms = alarms
        self._pictured: set[str] = set()

    def ready(self, delivery: Delivery) -> bool:
        """Tell whether the text is there: it goes first, and files are replies to it."""
        state = self._controller.state
        match delivery.body:
            case MediaBody(incident_id=i) if i in state.incidents:
                return delivery.target in state.incidents[i].copies or not self._waits(
                    delivery, lambda body: isinstance(body, AlertBody) and body.incident_id == i
                )
            case RingPictureBody(ring=ring) if ring in state.rings:
                return delivery.target in state.rings[ring].copies or not self._waits(
                    delivery,
                    lambda body: (
                        isinstance(body, WordsBody) and body.words.args.get("ring") == ring
                    ),
                )
        return True

    async def carry(self, delivery: Delivery) -> Input:
        if not isinstance(delivery.body, MediaBody | RingPictureBody):
            return DeliveryFailed(delivery.id, "not a picture", permanent=True)
        shown = self._what(delivery)
        if shown is None:
            return Delivered(delivery.id)
        self._pictured &= self._controller.state.outbox.keys()
        try:
            await self._show(delivery, shown)
        except ChatError as error:
            return chat_failure(delivery, error)
        except BlinkError as error:
            return DeliveryFailed(delivery.id, str(error), retry_after=error.retry_after)
        return Delivered(delivery.id)

    def _what(self, delivery: Delivery) -> Shown | None:
        """Return what is to be shown; None where it is not kept any more."""
        state, chat = self._controller.state, delivery.target
        match delivery.body:
            case MediaBody(incident_id=i, event_key=key):
                incident = state.incidents[i]
                for number, event in enumerate(incident.events):
                    if event.key == key:
                        words = caption(event, incident, self._view())
                        reply_to, first = incident.copies.get(chat), number < AT_ONCE
                        return Shown(event, words, reply_to, clip=True, first=first)
            case RingPictureBody(ring=key) if key in state.rings:
                ring = state.rings[key]
                words = ring_caption(ring.event, self._view())
                return Shown(ring.event, words, ring.copies.get(chat), clip=False)
        return None

    async def _show(self, delivery: Delivery, shown: Shown) -> None:
        await self._show_picture(delivery, shown)
        if not (shown.event.clip_path and shown.clip):
            return
        # A clip takes long; what the other cameras saw is worth more meanwhile.
        for other in self._beside(delivery):
            its = self._what(other)
            if its is not None:
                await self._show_picture(other, its)
        await self._budget.take(delivery.target, leave=LEFT_FOR_ANSWERS)
        chat, words, reply_to = int(delivery.target), shown.words, shown.reply_to
        try:
            await self._clips.show_clip(chat, shown.event, words, reply_to)
        except BlinkError as error:
            if not error.permanent:
                raise
            logger.info("A clip is left out: %s", error)

    async def _show_picture(self, delivery: Delivery, shown: Shown) -> None:
        if not shown.event.thumbnail_path or delivery.id in self._pictured:
            return
        chat = delivery.target
        free = self._budget.left(chat) >= 1 + LEFT_FOR_ANSWERS
        if shown.first and not free and self._alarms.left(chat) >= 1 + LEFT_FOR_EDITS:
            # Chatter may have used up its own for a while.
            self._alarms.spend(chat)
        else:
            await self._budget.take(chat, leave=0 if shown.first else LEFT_FOR_ANSWERS)
        try:
            await self._clips.show_picture(int(chat), shown.event, shown.words, shown.reply_to)
        except BlinkError as error:
            if not (shown.clip or error.permanent):
                raise
            # The clip says more; the picture alone is not worth a second try.
            logger.info("A picture is left out: %s", error)
        self._pictured.add(delivery.id)

    def _beside(self, delivery: Delivery) -> list[Delivery]:
        """Return what waits to be shown of the same alarm in the same chat, not tried yet."""
        body = delivery.body
        return [
            other
            for other in self._controller.state.outbox.values()
            if isinstance(body, MediaBody)
            and isinstance(other.body, MediaBody)
            and (other.target, other.body.incident_id) == (delivery.target, body.incident_id)
            and other.status is DeliveryStatus.PENDING
            and not other.attempts
        ]

    def _waits(self, delivery: Delivery, told_by: Callable[[Body], bool]) -> bool:
        """Tell whether such a text is still to come in the same chat."""
        return any(
            other.target == delivery.target and told_by(other.body)
            for other in self._controller.state.outbox.values()
        )
