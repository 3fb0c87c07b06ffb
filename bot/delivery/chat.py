"""Carry alerts, answers and news to chats, worded at the moment they leave."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from datetime import timedelta

from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    AlertRetireBody,
    DeleteBody,
    Delivery,
    Lane,
    PanelBody,
    PanelEditBody,
    PanelRetireBody,
    PinScreenBody,
    ScreenBody,
    ScreenEndBody,
    WordsBody,
)
from alarm.core.incident import Incident, IncidentKind
from alarm.core.inputs import Delivered, DeliveryFailed, Input
from alarm.core.secrecy import seen_from
from alarm.core.state import State
from alarm.core.wanted import wanted
from bot.chat.budget import Budget
from bot.chat.errors import ChatError
from bot.chat.offered import offered
from bot.chat.sender import Sender
from bot.controller import Controller
from bot.pages import Button, Page, Press
from bot.words.alert import alert, retired
from bot.words.notices import sentence
from bot.words.panel import panel, panel_edited, panel_retired
from bot.words.screen import screen, screen_ended
from bot.words.view import View

logger = logging.getLogger(__name__)


class ChatCarrier:
    """Send what a lane hands over, at the pace of its own `budget`.

    Of alarm traffic only edits wait for it: alerts and the answers to commands are counted alone.
    """

    def __init__(
        self,
        sender: Sender,
        controller: Controller,
        view: Callable[[], View],
        budget: Budget,
    ) -> None:
        self._sender = sender
        self._controller = controller
        self._view = view
        self._budget = budget

    async def carry(self, delivery: Delivery) -> Input:
        is_edit = isinstance(delivery.body, AlertEditBody | AlertRetireBody)
        if delivery.lane is Lane.ALARM and not is_edit:
            self._budget.spend(delivery.target)
        else:
            await self._budget.take(delivery.target)
            if not wanted(self._controller.state, delivery):
                return DeliveryFailed(delivery.id, "not true any more")
        try:
            return Delivered(delivery.id, await self._send(int(delivery.target), delivery))
        except ChatError as error:
            return chat_failure(delivery, error)

    async def _send(self, chat: int, delivery: Delivery) -> int:
        state, view = seen_from(self._controller.state, chat), self._view()

        def page() -> Page:
            return offered(page_of(delivery, state, view), state, chat)

        match delivery.body:
            case AlertEditBody(incident_id=i):
                message = state.incidents[i].copies.get(delivery.target)
                if message is not None:
                    await self._sender.edit(chat, message, page())
            case (
                AlertRetireBody(message_id=message)
                | PanelEditBody(message_id=message)
                | PanelRetireBody(message_id=message)
            ):
                await self._sender.edit(chat, message, page())
            case DeleteBody(message_id=message):
                await self._sender.delete(chat, message)
            case PinScreenBody(message_id=message):
                await self._sender.pin(chat, message)
            case ScreenEndBody(message_id=message):
                await self._sender.unpin(chat, message)
                await self._sender.edit(chat, message, page())
            case ScreenBody():
                return await self._sender.send(chat, page(), silent=True)
            case WordsBody(silent=silent):
                return await self._sender.send(chat, page(), silent=silent)
            case _:
                return await self._sender.send(chat, page())
        return 0


def page_of(delivery: Delivery, state: State, view: View) -> Page:
    """Word a delivery; `state` as its chat may know it."""
    match delivery.body:
        case AlertBody(incident_id=i):
            incident, repeat = state.incidents[i], delivery.repeat
            waited = max(view.now - delivery.created_at, timedelta(0))
            return alert_page(
                lambda: alert(incident, state, view, repeat=repeat, waited=waited), incident
            )
        case AlertEditBody(incident_id=i):
            incident = state.incidents[i]
            return alert_page(lambda: alert(incident, state, view), incident)
        case AlertRetireBody(incident_id=i):
            return retired(state.incidents[i], state, view)
        case WordsBody(words=words):
            return sentence(words, state, view)
        case PanelBody() as body:
            return panel(body, state, view)
        case PanelEditBody(message_id=message):
            return panel_edited(delivery.target, message, state, view)
        case PanelRetireBody():
            return panel_retired()
        case ScreenBody():
            return screen(state, view, view.now)
        case ScreenEndBody():
            return screen_ended(view)
    raise TypeError(f"{type(delivery.body).__name__} has no words")


def alert_page(word: Callable[[], Page], incident: Incident) -> Page:
    """Word an alert; a mistake in the wording must not keep it from leaving."""
    try:
        return word()
    except Exception:
        logger.exception("The alert of %s could not be worded.", incident.id)
    title = "TEST" if incident.kind is IncidentKind.DRILL else "ALARM"
    text = f"{title} {html.escape(incident.area_name)}: {incident.event_count} events"
    buttons = (
        (Button("Acknowledge", Press.ACKNOWLEDGE, incident.id),),
        (
            Button("False alarm", Press.FALSE_ALARM, incident.id),
            Button("Disarm", Press.DISARM, incident.id),
        ),
    )
    return Page(text, buttons)


def chat_failure(delivery: Delivery, error: ChatError) -> DeliveryFailed:
    return DeliveryFailed(
        delivery.id,
        str(error),
        permanent=error.permanent,
        retry_after=error.retry_after,
        uncertain=error.uncertain,
        new_target="" if error.new_chat is None else str(error.new_chat),
    )
