"""Keep what people see true: edits of alerts and panel messages that are already out."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.deliveries import AlertEditBody, Lane, PanelEditBody
from alarm.core.draft import Draft

EDIT_LIFE = timedelta(hours=1)


def refresh_copies(draft: Draft, incident_id: str) -> None:
    """Bring all copies of the alert up to date, one waiting edit per chat at most."""
    waiting = {
        d.target
        for d in draft.state.outbox.values()
        if isinstance(d.body, AlertEditBody) and d.body.incident_id == incident_id
    }
    for chat in draft.state.incidents[incident_id].copies:
        if chat not in waiting:
            draft.send(Lane.ALARM, chat, AlertEditBody(incident_id), expires=EDIT_LIFE)


def refresh_panel_messages(draft: Draft) -> None:
    """Bring the panel messages of all chats up to date, one waiting edit per chat at most."""
    waiting = {d.target for d in draft.state.outbox.values() if isinstance(d.body, PanelEditBody)}
    for chat, message_id in draft.state.panel_messages.items():
        if chat not in waiting:
            draft.send(Lane.CHAT, chat, PanelEditBody(message_id), expires=EDIT_LIFE)
