"""What a phone says: what, where, when, and what to do, short enough for a sleepy ear."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from alarm.core.contact import Contact
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Verdict
from alarm.core.state import State
from bot.words import duress, panic, times
from bot.words.areas import has_many
from bot.words.view import View

LONGEST_SPOKEN_NAME = 30
NAMES_SPOKEN = 3
OTHERS_SPOKEN = 2
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_END = "Open Telegram and press Acknowledge to stop the calls."
# The button stops the calls of its own alarm alone.
_END_OF_ALL = "Open Telegram and send slash ack to stop the calls for all of it."
# Within a word of a name; everything else that is no letter or digit only parts words.
_INSIDE = frozenset("'’-")


def spoken(incident: Incident, state: State, view: View) -> str:
    """Return what a phone says when it is picked up; the call says it several times."""
    if incident.kind is IncidentKind.DRILL:
        return (
            "This is a test. This is a test of your Blink alarm. Nothing happened. "
            "Open Telegram and press Acknowledge."
        )
    if incident.kind is IncidentKind.DURESS:
        return duress.spoken(incident, state, said(incident.opened_by))
    others = _others(incident, state)
    end = _END_OF_ALL if others else _END
    if incident.kind is IncidentKind.PANIC:
        by = panic.spoken(said(incident.opened_by))
        return f"This is your Blink alarm. {by}. {others}{end}"
    where = _where(incident)
    area = f" for {said(incident.area_name) or 'your home'}" if has_many(state) else ""
    seen = max((e.created_at for e in incident.counted), default=incident.opened_at)
    blink_now = view.now + (state.clock.skew or timedelta(0))
    late = f", {times.spoken(blink_now - seen)} ago" if incident.is_late else ""
    count = f", {incident.event_count} times" if incident.event_count > 1 else ""
    return (
        f"This is your Blink alarm{area}. Motion at {where}{count}, {_when(seen, view)}{late}. "
        f"{others}{end}"
    )


def _others(incident: Incident, state: State) -> str:
    """Return sentences on what else nobody reacted to; never on what is hidden from somebody."""
    told = [
        f"And {_in_short(other, state)}. "
        for other in state.incidents.values()
        if other.id != incident.id
        and other.status is IncidentStatus.OPEN
        and other.kind in (IncidentKind.BURGLARY, IncidentKind.PANIC)
        and not other.hidden_from
    ]
    more = len(told) - OTHERS_SPOKEN
    if more > 0:
        alarms = "more alarms are" if more > 1 else "more alarm is"
        told[OTHERS_SPOKEN:] = [f"And {more} {alarms} open. "]
    return "".join(told)


def _in_short(incident: Incident, state: State) -> str:
    if incident.kind is IncidentKind.PANIC:
        return panic.spoken(said(incident.opened_by))
    area = f" in {said(incident.area_name) or 'your home'}" if has_many(state) else ""
    return f"there is motion at {_where(incident)}{area}"


def _where(incident: Incident) -> str:
    return said_names((e.camera_name for e in incident.counted), otherwise="your home")


def spoken_over(incident: Incident, view: View) -> str:
    """Return what a phone says to one who was called before: it is over."""
    by = said(incident.acted_by)
    who = f", says {by}" if by else ""
    match incident.verdict:
        case Verdict.FALSE_ALARM:
            end = f"It was a false alarm{who}"
        case Verdict.TEST:
            end = "It was a test"
        case _:
            end = f"{by} has ended it" if by else "It was ended"
    return (
        f"This is your Blink alarm. The alarm {_when(incident.opened_at, view)} is over. "
        f"{end}. You need not do anything."
    )


def spoken_trial(contact: Contact) -> str:
    """Return what a phone says in a test call."""
    who = said(contact.name)
    to = f" for {who}" if who else ""
    return (
        f"This is only a test call of your Blink alarm{to}. Nothing happened. "
        "This phone can be called in an alarm. You can hang up now."
    )


def said(text: str) -> str:
    """Return a name as a voice can say it: letters and digits; empty if nothing is left."""
    kept = []
    for place, character in enumerate(text):
        inside = character in _INSIDE and 0 < place < len(text) - 1
        spoken_sign = unicodedata.category(character)[0] in "LMN"
        kept.append(character if spoken_sign or inside else " ")
    words = " ".join("".join(kept).split())
    if len(words) <= LONGEST_SPOKEN_NAME:
        return words
    head = words[:LONGEST_SPOKEN_NAME]
    return head.rpartition(" ")[0] or head


def said_names(names: Iterable[str], *, otherwise: str) -> str:
    """Return "Garage, Hall and 2 more"; each name once."""
    known = [name for name in dict.fromkeys(said(name) for name in names) if name]
    if not known:
        return otherwise
    if len(known) > NAMES_SPOKEN:
        return f"{', '.join(known[:NAMES_SPOKEN])} and {len(known) - NAMES_SPOKEN} more"
    return " and ".join(filter(None, [", ".join(known[:-1]), known[-1]]))


def _when(at: datetime, view: View) -> str:
    local, today = at.astimezone(view.zone), view.now.astimezone(view.zone).date()
    day = "" if local.date() == today else f"on {WEEKDAYS[local.weekday()]} "
    return f"{day}at {local:%H:%M}"
