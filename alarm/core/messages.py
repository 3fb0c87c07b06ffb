"""Keep what people see true: edits of alerts and panel messages that are already out.

One edit per message waits or is on its way at most; what changes while it leaves marks it as
outdated, and it is done once more when it arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import (
    AlertBody,
    AlertEditBody,
    AlertRetireBody,
    Body,
    Delivery,
    DeliveryStatus,
    Lane,
    PanelBody,
    PanelEditBody,
    PanelRetireBody,
)
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.settings import PanelState

PANEL_EDIT_LIFE = timedelta(hours=1)


def refresh_copies(draft: Draft, incident_id: str) -> None:
    """Bring all copies of the alert up to date."""

    def of_incident(body: Body) -> bool:
        return isinstance(body, AlertBody | AlertEditBody) and body.incident_id == incident_id

    outdate(draft, of_incident)
    for chat in draft.state.incidents[incident_id].copies:
        edit_copy(draft, incident_id, chat)


def edit_copy(draft: Draft, incident_id: str, chat: str) -> None:
    """Bring the copy of one chat up to date, unless an edit of it is under way already."""
    body, incident = AlertEditBody(incident_id), draft.state.incidents.get(incident_id)
    edited = {d.target for d in edits(draft, AlertEditBody) if d.body == body}
    if incident is not None and chat in incident.copies and chat not in edited:
        draft.send(Lane.ALARM, chat, body, expires=NEWS_LIFE)


def retire_copy(draft: Draft, incident_id: str, chat: str, message_id: int) -> None:
    """Let a copy that is kept up to date no more say so."""
    body = AlertRetireBody(incident_id, message_id)
    draft.send(Lane.ALARM, chat, body, expires=NEWS_LIFE)


def refresh_panel_messages(draft: Draft) -> None:
    """Bring the last panel message of every chat up to date."""
    outdate(draft, lambda body: isinstance(body, PanelBody | PanelEditBody))
    edited = {(d.target, d.body) for d in edits(draft, PanelEditBody)}
    state = draft.state
    for chat, message_id in [*state.panel_messages.items(), *state.entry_messages.items()]:
        body = PanelEditBody(message_id)
        if (chat, body) not in edited:
            edit_panel_message(draft, chat, message_id)
    if state.entry_messages and not pending(draft):
        # Its last edit says what came of the delay.
        draft.set(entry_messages={})


def pending(draft: Draft) -> bool:
    return any(area.panel is PanelState.PENDING for area in draft.state.areas.values())


def entry_arrived(draft: Draft, delivery: Delivery, message_id: int) -> None:
    """Let the warning of an entry delay count down, or say at once that it is over."""
    if pending(draft):
        entry_messages = {**draft.state.entry_messages, delivery.target: message_id}
        draft.set(entry_messages=entry_messages)
    else:
        edit_panel_message(draft, delivery.target, message_id)


def edit_panel_message(draft: Draft, chat: str, message_id: int) -> None:
    draft.send(Lane.CHAT, chat, PanelEditBody(message_id), expires=PANEL_EDIT_LIFE)


def retire_panel_message(draft: Draft, chat: str, message_id: int) -> None:
    """Let a panel message that is kept up to date no more say so, after every other edit of it."""
    draft.drop(
        d.id
        for d in edits(draft, PanelEditBody)
        if (d.target, d.body) == (chat, PanelEditBody(message_id))
        and d.status is DeliveryStatus.PENDING
    )
    draft.send(Lane.CHAT, chat, PanelRetireBody(message_id), expires=NEWS_LIFE)


def once_more(draft: Draft, delivery: Delivery) -> None:
    """Do an edit again that arrived with what was true when it left."""
    match delivery.body:
        case AlertEditBody(incident_id=incident) if delivery.outdated:
            # Of this chat alone: what leaves to another one is as true as it was.
            edit_copy(draft, incident, delivery.target)
        case PanelEditBody(message_id=message) if delivery.outdated:
            last = (delivery.target, PanelRetireBody(message))
            if last not in [(d.target, d.body) for d in edits(draft, PanelRetireBody)]:
                edit_panel_message(draft, delivery.target, message)


def outdate(draft: Draft, chosen: Callable[[Body], bool]) -> None:
    for delivery in draft.state.outbox.values():
        leaving = delivery.status is DeliveryStatus.SENDING and not delivery.outdated
        if leaving and chosen(delivery.body):
            draft.put_delivery(replace(delivery, outdated=True))


def edits(draft: Draft, kind: type[Body]) -> list[Delivery]:
    return [d for d in draft.state.outbox.values() if isinstance(d.body, kind)]
