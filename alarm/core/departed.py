"""Those who were here: what they wrote before they left, and what comes only after that.

Nothing of it is done, for whoever is gone decides nothing here any more. But they left believing
that the house was armed, or disarmed: so the owners are told, once for each command.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.household import Departed
from alarm.core.inputs import CameTooLate
from alarm.core.notices import Notice
from alarm.core.state import Person

# No command is carried out when it is older, whoever wrote it.
KEPT = timedelta(hours=24)


def remember(draft: Draft, person: Person, *, sent_away: bool) -> None:
    """Note when somebody left, in true time: who was sent away now, a guest at the end."""
    key = str(person.user_id)
    at = draft.blink_now if sent_away or person.until is None else person.until
    known = draft.state.departed.get(key)
    if known is None or known.at != at:
        gone = Departed(person.name, person.role, at, sent_away)
        draft.set(departed={**draft.state.departed, key: gone})


def came_too_late(draft: Draft, late: CameTooLate) -> None:
    """Tell the owners of a command that somebody wrote before leaving and that comes now."""
    key = str(late.user_id)
    guest = draft.state.people.get(key)
    if guest is not None:
        # Nobody said good-bye to this one yet.
        remember(draft, guest, sent_away=False)
    gone = draft.state.departed.get(key)
    if gone is None or late.command in gone.told:
        return
    told = replace(gone, told=(*gone.told, late.command))
    draft.set(departed={**draft.state.departed, key: told})
    words = say(
        Notice.CAME_TOO_LATE,
        name=gone.name,
        command=late.command,
        sent_at=late.sent_at.isoformat(),
        sent_away=gone.sent_away,
        panel=draft.panels(),
    )
    draft.tell_owners(words)
    draft.note("journal", what="came too late", name=gone.name, command=late.command)


def tick(draft: Draft) -> None:
    """Forget who left so long ago that nothing of theirs would be done anyway."""
    kept = {k: d for k, d in draft.state.departed.items() if draft.blink_now < d.at + KEPT}
    if len(kept) < len(draft.state.departed):
        draft.set(departed=kept)
