"""The call for help of a person who was forced to disarm: loud elsewhere, unseen where he is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import alerting, closing, secrecy, trial
from alarm.core.actor import Actor
from alarm.core.commands import FalseAlarm
from alarm.core.deliveries import Lane, Words, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Phase, Verdict, Wave
from alarm.core.notices import Notice
from alarm.core.settings import Mode

# The line of a call that was just hung up is busy for a moment; there is no abort window.
CALLS_AFTER = timedelta(seconds=3)
AUTO_CLOSE = timedelta(minutes=30)


def unclosed(draft: Draft) -> list[Incident]:
    return [
        i
        for i in draft.state.incidents.values()
        if i.kind is IncidentKind.DURESS and i.status is not IncidentStatus.CLOSED
    ]


def call_for_help(draft: Draft, actor: Actor) -> None:
    """Begin the whole plan in secret; a call for help that nobody took up yet just goes on."""
    trial.give_way(draft, in_secret=True)
    running = unclosed(draft)
    for incident in running:
        if actor.user_id in incident.hidden_from:
            if incident.status is IncidentStatus.ACKNOWLEDGED:
                again(draft, incident)
            return
    # Whoever called for help before may still be forced to show the phone.
    hidden = frozenset({actor.user_id}).union(*(i.hidden_from for i in running))
    counters = draft.state.counters
    draft.set(counters=replace(counters, duress=counters.duress + 1))
    incident = Incident(
        id=f"s{counters.duress + 1}",
        kind=IncidentKind.DURESS,
        network_id="",
        area_name="",
        mode=Mode.AWAY,
        opened_at=draft.now,
        opened_by=actor.name,
        hidden_from=hidden,
    )
    draft.put_incident(replace(incident, wave=first_wave(draft, hidden)))
    alerting.send_alerts(draft, incident.id)
    draft.note("secret", what="duress PIN used", by=actor.name, id=incident.id)


def again(draft: Draft, incident: Incident) -> None:
    """Ring anew: the duress PIN was used once more after somebody acknowledged."""
    draft.put_incident(
        replace(
            incident,
            status=IncidentStatus.OPEN,
            acknowledged_at=None,
            wave=first_wave(draft, incident.hidden_from),
            waves=incident.waves + 1,
        )
    )
    alerting.send_alerts(draft, incident.id)
    draft.note("secret", what="duress PIN used again", id=incident.id)


def first_wave(draft: Draft, hidden: frozenset[int]) -> Wave:
    """Return a wave that calls everybody but those who are forced."""
    own = frozenset(c.number for c in draft.state.contacts if c.user_id in hidden)
    return Wave(draft.now, Phase.ABORT_WINDOW, draft.now + CALLS_AFTER, excluded=own)


def incident_of(draft: Draft, command: FalseAlarm) -> Incident | None:
    """Return the call for help that the command is about and that is not over."""
    return next((i for i in unclosed(draft) if i.id == command.incident_id), None)


def false_alarm(draft: Draft, command: FalseAlarm, incident: Incident) -> None:
    """End it for those who know of it; everybody else has seen nothing to end."""
    closing.close(draft, incident, command.actor.name, Verdict.FALSE_ALARM)
    words = say(Notice.DURESS_OVER, by=command.actor.name, who=incident.opened_by)
    tell(draft, incident, words)


def tell(draft: Draft, incident: Incident, words: Words) -> None:
    for chat_id in draft.household():
        if secrecy.shown(incident, chat_id):
            draft.tell(chat_id, words, lane=Lane.ALARM, expires=NEWS_LIFE)


def tick(draft: Draft) -> None:
    """Close what somebody takes care of since long ago."""
    for incident in unclosed(draft):
        at = incident.acknowledged_at
        if at is not None and draft.blink_now - at >= AUTO_CLOSE:
            closing.close(draft, incident, "", Verdict.UNJUDGED)
