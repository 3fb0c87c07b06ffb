"""The panic alarm in words: the question before it, its alert, what the phone says."""

from __future__ import annotations

from datetime import UTC, datetime

from alarm.core.errors import BadInput
from alarm.core.incident import Incident, IncidentStatus
from alarm.core.notices import Notice
from alarm.core.panic import VALID
from bot.pages import Button, Page, Press
from bot.words import times
from bot.words.markup import bold, counted, name, page
from bot.words.phones import rings
from bot.words.said import Said, Wording
from bot.words.view import View


def question(said: Said) -> Page:
    """Ask for the second tap, and say what it will do."""
    contacts = len(said.state.contacts)
    if contacts and rings(said.state, said.view):
        calls = f"{counted(contacts, 'phone')} will be called at once, one after the other."
    else:
        calls = "No phone can be called: it is told in this chat alone."
    asked = str(int(said.view.now.timestamp()))
    return page(
        [
            f"🆘 {bold('Raise the alarm now?')}",
            f"Everybody here gets it. {calls} It does not call the police: do that yourself.",
            f"The button works for {times.rough(VALID)}.",
        ],
        [Button("Yes, alarm now", Press.PANIC, asked)],
    )


def raised(by: str, view: View) -> Page:
    """Say in the place of the question that its button was pressed."""
    return page([f"🆘 {name(by)} pressed the panic button at {times.moment(view.now, view)}."])


def asked_at(about: str) -> datetime:
    """Return when the question of a button was asked; raise BadInput for what is no time."""
    try:
        return datetime.fromtimestamp(int(about), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadInput("This button is not known any more. Send /panic again.") from None


def title(incident: Incident) -> str:
    return f"{_who(incident)} raised it by hand"


def what_happened(incident: Incident, view: View) -> str:
    at = times.moment(incident.opened_at, view)
    told = f"{_who(incident)} pressed the panic button at {at}."
    if incident.status is IncidentStatus.OPEN:
        return f"{told} {bold('Call the police')} if you cannot reach {_who(incident)}."
    return told


def again(incident: Incident) -> str:
    return f"❗ {name(incident.panic_by)} pressed the panic button."


def spoken(by: str) -> str:
    return f"{by or 'Somebody'} pressed the panic button"


def _who(incident: Incident) -> str:
    return name(incident.opened_by) if incident.opened_by else "Somebody"


TABLE: dict[Notice, Wording] = {Notice.PANIC_ASK: question}
