"""Chats that cannot be reached any more, that work again, that moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from alarm.core import screens, secrecy
from alarm.core.deliveries import AlertBody, DeleteBody, Delivery, DeliveryStatus, Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import IncidentStatus
from alarm.core.notices import Notice


def lost(draft: Draft, chat: str, reason: str) -> None:
    """A chat cannot be reached any more: say so in the others, once."""
    group = draft.state.group
    if group is not None and chat == str(group.chat_id) and group.reachable:
        draft.set(group=replace(group, reachable=False))
        words = say(Notice.GROUP_LOST, title=group.title, reason=reason)
        draft.tell_household(words, but=group.chat_id, lane=Lane.ALARM)
        draft.note("journal", what="chat lost", name=group.title, reason=reason)
    person = draft.state.people.get(chat)
    if person is None or not person.reachable:
        return
    draft.set(people={**draft.state.people, chat: replace(person, reachable=False)})
    words = say(Notice.CHAT_LOST, name=person.name, reason=reason)
    draft.tell_household(words, but=person.user_id, lane=Lane.ALARM)
    draft.note("journal", what="chat lost", name=person.name, reason=reason)


def works(draft: Draft, chat: str) -> None:
    """Something arrived in a chat, or was written there: what failed before goes now."""
    hurry(draft, chat)
    group = draft.state.group
    if group is not None and chat == str(group.chat_id) and not group.reachable:
        draft.set(group=replace(group, reachable=True))
        catch_up(draft, chat)
    person = draft.state.people.get(chat)
    if person is not None and not person.reachable:
        draft.set(people={**draft.state.people, chat: replace(person, reachable=True)})
        catch_up(draft, chat)


def hurry(draft: Draft, chat: str) -> None:
    """Let what waits for its next try in a chat go at once; what was never tried has its time."""
    for delivery in draft.state.outbox.values():
        if (
            delivery.target == chat
            and delivery.lane in (Lane.ALARM, Lane.CHAT)
            and delivery.status is DeliveryStatus.PENDING
            and delivery.attempts
            and delivery.next_try > draft.now
        ):
            draft.put_delivery(replace(delivery, next_try=draft.now))


def catch_up(draft: Draft, chat: str) -> None:
    """Send the alerts that are still open and never came to a chat that works again."""
    waiting = [
        d.body.incident_id
        for d in draft.state.outbox.values()
        if isinstance(d.body, AlertBody) and d.target == chat
    ]
    if int(chat) not in draft.household():
        return
    for incident in draft.state.incidents.values():
        told = chat in incident.copies or incident.id in waiting
        unclosed = incident.status is not IncidentStatus.CLOSED
        if unclosed and not told and secrecy.shown(incident, int(chat)):
            draft.send(Lane.ALARM, chat, AlertBody(incident.id))


def moved(draft: Draft, delivery: Delivery, chat: str) -> None:
    """A group became a supergroup: everything of the old chat belongs to the new one."""
    draft.put_delivery(replace(delivery, status=DeliveryStatus.PENDING))
    move(draft, delivery.target, chat)


def move(draft: Draft, old: str, chat: str) -> None:
    group = draft.state.group
    if group is not None and old == str(group.chat_id):
        # What was a topic of the old group is none in the new one.
        draft.set(group=replace(group, chat_id=int(chat), thread_id=0, reachable=True))
        draft.note("journal", what="home's group moved", title=group.title)
    for waiting in draft.state.outbox.values():
        if waiting.target == old and waiting.status is DeliveryStatus.PENDING:
            draft.put_delivery(replace(waiting, target=chat, next_try=draft.now))
    for incident in draft.state.incidents.values():
        if old in incident.copies:
            # The new chat numbers its messages anew: the old copies cannot be edited any more.
            draft.put_incident(replace(incident, copies=without(incident.copies, old)))
            if incident.status is not IncidentStatus.CLOSED:
                draft.send(Lane.ALARM, chat, AlertBody(incident.id))
    state = draft.state
    draft.set(
        panel_messages=without(state.panel_messages, old),
        entry_messages=without(state.entry_messages, old),
        pinned=without(state.pinned, old),
    )


def forget(draft: Draft, chat: str) -> None:
    """Nothing is told in a chat any more: drop what is on its way, and what stands there.

    What is to be deleted there still is: it may be a PIN.
    """
    draft.drop(
        d.id
        for d in draft.state.outbox.values()
        if d.target == chat
        and d.lane in (Lane.ALARM, Lane.CHAT, Lane.MEDIA)
        and not isinstance(d.body, DeleteBody)
    )
    for incident in draft.state.incidents.values():
        if chat in incident.copies:
            draft.put_incident(replace(incident, copies=without(incident.copies, chat)))
    if chat in draft.state.panel_messages:
        draft.set(panel_messages=without(draft.state.panel_messages, chat))
    if chat in draft.state.entry_messages:
        draft.set(entry_messages=without(draft.state.entry_messages, chat))
    # A screen that nobody keeps true any more must not go on looking alive.
    screens.end(draft, chat)


def without(messages: Mapping[str, int], chat: str) -> dict[str, int]:
    return {key: value for key, value in messages.items() if key != chat}
