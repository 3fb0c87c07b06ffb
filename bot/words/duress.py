"""The call for help of a person who was forced to disarm, as others read and hear it."""

from __future__ import annotations

from alarm.core.incident import Incident, IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.state import State
from bot.pages import Page
from bot.words import times
from bot.words.markup import bold, name, page
from bot.words.said import Said, Wording
from bot.words.view import View


def who(incident: Incident) -> str:
    return name(incident.opened_by) if incident.opened_by else "Somebody"


def title(incident: Incident) -> str:
    return f"{who(incident)} is being forced"


def what_happened(incident: Incident, view: View) -> str:
    """Tell what was done, what it means, and what must not be done about it."""
    at = times.moment(incident.opened_at, view)
    told = f"{who(incident)} typed the duress PIN at {at}."
    if incident.status is not IncidentStatus.OPEN:
        return told
    return "\n".join(
        [
            f"{told} {bold('Call the police.')}",
            f"{who(incident)} and the group see a normal disarming. Do not write there about this.",
        ]
    )


def standing(incident: Incident) -> str:
    by = name(incident.acted_by) if incident.acted_by else ""
    if incident.verdict is Verdict.FALSE_ALARM:
        return f"False alarm, says {by}"
    return f"Ended by {by}" if by else "Closed by itself"


def over(said: Said) -> Page:
    of = said.name("who")
    return page(
        [
            f"✅ {bold('The call for help is over')}{said.by(', says ')}.",
            f"{of} sees nothing of this." if of else "",
        ]
    )


def spoken(incident: Incident, state: State, name_of: str) -> str:
    """Return what a phone says; whoever picks up may be the one who forces.

    Only where the forced person's own phone is known, and not called, is it said what happened.
    """
    own = any(c.user_id in incident.hidden_from for c in state.contacts)
    if not own or not name_of:
        return (
            "This is your Blink alarm. Open Telegram now, read what is there, "
            "and press Acknowledge to stop the calls."
        )
    return (
        f"This is your Blink alarm. {name_of} typed the duress code and may be in danger. "
        "Call the police. Open Telegram and press Acknowledge to stop the calls."
    )


TABLE: dict[Notice, Wording] = {Notice.DURESS_OVER: over}
