"""The drill: the whole path, labelled TEST, beside whatever the panel does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import alerting, closing, trial
from alarm.core.actor import Actor
from alarm.core.commands import Drill
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.settings import Mode

DRILL_LIFE = timedelta(minutes=10)


def running(draft: Draft) -> list[Incident]:
    return unclosed(draft, IncidentKind.DRILL)


def unclosed(draft: Draft, kind: IncidentKind) -> list[Incident]:
    return [
        i
        for i in draft.state.incidents.values()
        if i.kind is kind and i.status is not IncidentStatus.CLOSED
    ]


def start(draft: Draft, command: Drill) -> None:
    """Run the whole path as a test; one drill at a time, none during an alarm."""
    actor = command.actor
    if unclosed(draft, IncidentKind.BURGLARY) or unclosed(draft, IncidentKind.PANIC):
        # Its calls would keep the phones busy for the alarm's own.
        draft.tell(actor.chat_id, say(Notice.DRILL_REFUSED))
        return
    if running(draft):
        draft.tell(actor.chat_id, say(Notice.DRILL_RUNNING))
        return
    trial.give_way(draft)
    area = next(iter(draft.state.areas.values()), None)
    incident = Incident(
        id=draft.next_incident_id(),
        kind=IncidentKind.DRILL,
        network_id=area.network_id if area else "",
        area_name=area.name if area else "Home",
        mode=Mode.AWAY,
        opened_at=draft.now,
        opened_by=actor.name,
    )
    alerting.start(draft, incident, with_calls=command.with_calls)
    draft.note("journal", what="drill", by=actor.name, with_calls=command.with_calls)


def end(draft: Draft, incident: Incident, actor: Actor) -> None:
    """End it by a person; the panel is untouched, and the answer says so."""
    closing.close(draft, incident, actor.name, Verdict.TEST)
    words = say(Notice.DRILL_ENDED, by=actor.name, panel=draft.panels())
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)


def give_way(draft: Draft) -> None:
    """End it for a real alarm: it must neither keep the phones busy nor be taken for that."""
    for incident in running(draft):
        draft.put_incident(replace(incident, overtaken=True))
        closing.close(draft, draft.state.incidents[incident.id], "", Verdict.TEST)


def tick(draft: Draft) -> None:
    """End what everybody forgot."""
    for incident in running(draft):
        if draft.now - incident.opened_at >= DRILL_LIFE:
            closing.close(draft, incident, "", Verdict.TEST)
