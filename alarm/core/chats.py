"""Chats that cannot be reached any more, that work again, that moved."""

from __future__ import annotations

from dataclasses import replace

from alarm.core import secrecy
from alarm.core.deliveries import AlertBody, Delivery, DeliveryStatus, Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import IncidentStatus
from alarm.core.notices import Notice


def lost(draft: Draft, chat: str, reason: str) -> None:
    """A chat cannot be reached any more: say so in the others, once."""
    person = draft.state.people.get(chat)
    if person is None or not person.reachable:
        return
    draft.set(people={**draft.state.people, chat: replace(person, reachable=False)})
    words = say(Notice.CHAT_LOST, name=person.name, reason=reason)
    draft.tell_household(words, but=person.user_id, lane=Lane.ALARM)


def works(draft: Draft, chat: str) -> None:
    """Something arrived in a chat."""
    person = draft.state.people.get(chat)
    if person is not None and not person.reachable:
        draft.set(people={**draft.state.people, chat: replace(person, reachable=True)})
        catch_up(draft, chat)


def catch_up(draft: Draft, chat: str) -> None:
    """Send the alerts that are still open and never came to a chat that works again."""
    waiting = [
        d.body.incident_id
        for d in draft.state.outbox.values()
        if isinstance(d.body, AlertBody) and d.target == chat
    ]
    for incident in draft.state.incidents.values():
        told = chat in incident.copies or incident.id in waiting
        unclosed = incident.status is not IncidentStatus.CLOSED
        if unclosed and not told and secrecy.shown(incident, int(chat)):
            draft.send(Lane.ALARM, chat, AlertBody(incident.id))


def moved(draft: Draft, delivery: Delivery, chat: str) -> None:
    """A group became a supergroup: everything of the old chat belongs to the new one."""
    old = delivery.target
    draft.put_delivery(replace(delivery, status=DeliveryStatus.PENDING))
    for waiting in draft.state.outbox.values():
        if waiting.target == old and waiting.status is DeliveryStatus.PENDING:
            draft.put_delivery(replace(waiting, target=chat, next_try=draft.now))
    for incident in draft.state.incidents.values():
        if old in incident.copies:
            # The new chat numbers its messages anew: the old copies cannot be edited any more.
            copies = {key: value for key, value in incident.copies.items() if key != old}
            draft.put_incident(replace(incident, copies=copies))
            if incident.status is not IncidentStatus.CLOSED:
                draft.send(Lane.ALARM, chat, AlertBody(incident.id))
    panel_messages = {k: v for k, v in draft.state.panel_messages.items() if k != old}
    draft.set(panel_messages=panel_messages)
