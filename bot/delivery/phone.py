"""Carry calls: dial once for a step, look at the call until it is over, hang up when told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from alarm.core.calls import CallReport
from alarm.core.deliveries import (
    CallBody,
    Delivery,
    DeliveryStatus,
    HangUpBody,
    Lane,
    OverCallBody,
    TrialBody,
)
from alarm.core.errors import PhoneError
from alarm.core.inputs import CallProgress, Delivered, DeliveryFailed, Input
from alarm.core.one_line import line_is_free
from alarm.core.state import State
from alarm.core.wanted import wanted
from alarm.phone.client import Phone
from alarm.phone.speech import alarm_twiml
from bot.controller import Controller
from bot.words.speech import spoken, spoken_over, spoken_trial
from bot.words.view import View

logger = logging.getLogger(__name__)

# Seconds between two looks at a call under way.
LOOK_EVERY = 1.0
# A call lasts no longer than a few of these; whoever waits for its end must not wait for hours.
LONGEST_PAUSE = 20.0
# Twilio stamps whole seconds; a call is looked for from this much before it was first ordered.
LOOK_BACK = timedelta(seconds=2)
NO_ACCOUNT = "no Twilio account is configured"


class PhoneCarrier:
    """Carry out the calls of the outbox. Without an account every call fails with a sentence."""

    def __init__(
        self,
        phone: Phone | None,
        controller: Controller,
        view: Callable[[], View],
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._phone = phone
        self._controller = controller
        self._view = view
        self._look_every = look_every
        self._watched: dict[str, asyncio.Task[None]] = {}

    def ready(self, delivery: Delivery) -> bool:
        """Tell whether nobody is calling that number right now."""
        state = self._controller.state
        return not wanted(state, delivery) or line_is_free(state, delivery)

    async def carry(self, delivery: Delivery) -> Input:
        if self._phone is None:
            return DeliveryFailed(delivery.id, NO_ACCOUNT, permanent=True)
        try:
            if isinstance(delivery.body, HangUpBody):
                await self._phone.hang_up(delivery.body.sid)
                return Delivered(delivery.id)
            if isinstance(delivery.body, OverCallBody):
                sid = await self._say_it_is_over(self._phone, delivery.target, delivery.body)
                return Delivered(delivery.id, sid=sid)
            if isinstance(delivery.body, CallBody | TrialBody):
                call = await self._call(self._phone, delivery, delivery.body)
                return CallProgress(delivery.id, call)
        except PhoneError as error:
            return DeliveryFailed(
                delivery.id,
                str(error),
                permanent=error.permanent,
                retry_after=error.retry_after,
                uncertain=error.uncertain,
            )
        return DeliveryFailed(delivery.id, "a phone cannot carry this", permanent=True)

    async def watch_calls(self) -> None:
        """Look at every placed call again and again until it is over; never return."""
        try:
            while True:
                for delivery in self._placed():
                    if delivery.id not in self._watched and self._phone is not None:
                        task = asyncio.create_task(
                            self._watch(self._phone, delivery), name=f"call {delivery.id}"
                        )
                        self._watched[delivery.id] = task
                        task.add_done_callback(partial(self._unwatch, delivery.id))
                await asyncio.sleep(self._look_every)
        finally:
            for task in self._watched.values():
                task.cancel()

    def _unwatch(self, delivery_id: str, _task: asyncio.Task[None]) -> None:
        self._watched.pop(delivery_id, None)

    def _placed(self) -> list[Delivery]:
        return [
            delivery
            for delivery in self._controller.state.outbox.values()
            if delivery.lane is Lane.PHONE and delivery.status is DeliveryStatus.PLACED
        ]

    async def _call(
        self, phone: Phone, delivery: Delivery, body: CallBody | TrialBody
    ) -> CallReport:
        if delivery.repeat and delivery.claimed_at is not None:
            skew = self._controller.state.clock.skew or timedelta(0)
            calls = await phone.calls_to(delivery.target, delivery.claimed_at + skew - LOOK_BACK)
            known = self._controller.state.known_calls
            ours = [call for call in calls if call.sid not in known]
            if ours:
                logger.warning("Call %s was placed before the interruption.", delivery.id)
                return ours[0]
        state = self._controller.state
        ring = round(state.settings.plan.ring.total_seconds())
        return await phone.place(
            delivery.target, alarm_twiml(self._words_of(body, state)), ring_seconds=ring
        )

    def _words_of(self, body: CallBody | TrialBody, state: State) -> str:
        if isinstance(body, TrialBody):
            return spoken_trial(next(c for c in state.contacts if c.id == body.contact_id))
        return spoken(state.incidents[body.incident_id], state, self._view())

    async def _say_it_is_over(self, phone: Phone, number: str, body: OverCallBody) -> str:
        """Call and return Twilio's id of the call; empty where the incident is forgotten."""
        state = self._controller.state
        incident = state.incidents.get(body.incident_id)
        if incident is None:
            return ""
        words = spoken_over(incident, self._view())
        ring = round(state.settings.plan.ring.total_seconds())
        return (await phone.place(number, alarm_twiml(words), ring_seconds=ring)).sid

    async def _watch(self, phone: Phone, delivery: Delivery) -> None:
        trouble = ""
        while any(placed.id == delivery.id for placed in self._placed()):
            pause = self._look_every
            try:
                report = await phone.report(delivery.provider_id)
                self._controller.apply(CallProgress(delivery.id, report))
                trouble = ""
            except PhoneError as error:
                if trouble != str(error):
                    trouble = str(error)
                    logger.warning("A call cannot be looked at: %s", error)
                if error.permanent:
                    self._controller.apply(DeliveryFailed(delivery.id, str(error), permanent=True))
                pause = min(max(pause, error.retry_after or 0.0), LONGEST_PAUSE)
            except Exception:
                logger.exception("The look at a call failed in the program itself.")
                pause = LONGEST_PAUSE
            await asyncio.sleep(pause)
