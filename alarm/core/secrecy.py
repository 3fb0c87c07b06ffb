"""What a chat may see: an incident that is hidden from somebody exists in no chat of his.

A person who is forced to disarm may be forced to show the phone as well. Private chats have the
id of their user; every group counts as one that he can open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from alarm.core.commands import Acknowledge, Command, Disarm, FalseAlarm, MorePictures
from alarm.core.deliveries import Body
from alarm.core.incident import Incident
from alarm.core.state import Counters, State

# An id that no incident has.
NO_SUCH_INCIDENT = "-"


def shown(incident: Incident, chat_id: int) -> bool:
    """Tell whether a chat may know of the incident."""
    return not incident.hidden_from or (chat_id > 0 and chat_id not in incident.hidden_from)


def is_secret(state: State, incident_id: object) -> bool:
    incident = state.incidents.get(str(incident_id))
    return incident is not None and bool(incident.hidden_from)


def is_about_secret(state: State, body: Body) -> bool:
    """Tell whether a delivery has to do with an incident that not everybody may know of."""
    incident_id = getattr(body, "incident_id", None)
    if incident_id is None:
        words = getattr(body, "words", None)
        incident_id = words.args.get("incident") if words is not None else None
    return incident_id is not None and is_secret(state, incident_id)


def is_in_sight(before: State, after: State) -> bool:
    """Tell whether more changed than a hidden incident and what belongs to it."""
    if not any(incident.hidden_from for incident in after.incidents.values()):
        return True
    return _in_sight(before) != _in_sight(after)


def _in_sight(state: State) -> State:
    """Return the state without what an incident changes that is hidden from somebody."""
    return replace(
        state,
        incidents={key: i for key, i in state.incidents.items() if not i.hidden_from},
        outbox={k: d for k, d in state.outbox.items() if not is_about_secret(state, d.body)},
        calls_at=(),
        known_calls=(),
        counters=Counters(),
    )


def seen_from(state: State, chat_id: int) -> State:
    """Return the state as words for this chat may know it."""
    if all(shown(incident, chat_id) for incident in state.incidents.values()):
        return state
    seen = {key: i for key, i in state.incidents.items() if shown(i, chat_id)}
    hidden = [i for i in state.incidents.values() if not shown(i, chat_id)]
    return replace(state, incidents=seen, calls_at=without_calls(state.calls_at, hidden))


def without_calls(
    calls_at: tuple[datetime, ...], hidden: Sequence[Incident]
) -> tuple[datetime, ...]:
    """Return the calls of the day as if those of the hidden incidents had not been made."""
    made = sum(incident.calls_made for incident in hidden)
    since = min(incident.opened_at for incident in hidden)
    before = [at for at in calls_at if at < since]
    after = [at for at in calls_at if at >= since]
    return (*before, *after[made:])


def as_seen(state: State, order: Command) -> Command:
    """Return the command without an incident that its chat cannot know."""
    if isinstance(order, Acknowledge | FalseAlarm | MorePictures | Disarm):
        incident = state.incidents.get(order.incident_id or "")
        if incident is not None and not shown(incident, order.actor.chat_id):
            return replace(order, incident_id=NO_SUCH_INCIDENT)
    return order
