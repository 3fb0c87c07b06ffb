"""The buttons of the exit delay: end the arming, or take a minute more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import panel
from alarm.core.actor import Actor
from alarm.core.commands import CancelArming, Disarm, ExtendExit
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import MAX_EXIT_DELAY, PanelState
from alarm.core.state import Area

EXTENSION = timedelta(seconds=60)


def extend(draft: Draft, command: ExtendExit) -> None:
    """Give a minute more to leave, up to five minutes from now; nothing once it is armed."""
    extended = False
    for area in draft.state.areas.values():
        if area.panel is PanelState.ARMING and area.deadline is not None:
            latest = draft.now + MAX_EXIT_DELAY
            draft.put_area(replace(area, deadline=min(area.deadline + EXTENSION, latest)))
            extended = True
    if extended:
        draft.note("journal", what="extend exit delay", by=command.actor.name)
        refresh_panel_messages(draft)
    else:
        answer_over(draft, command.actor, "extend", None)


def cancelling(draft: Draft, command: CancelArming) -> Disarm | None:
    """Return the disarming that is meant; None, with an answer, where that arming is over.

    A press that comes late must not disarm the armed house.
    """
    meant = [a for a in panel.chosen(draft, command.area) if is_meant(a, command)]
    if not meant:
        answer_over(draft, command.actor, "cancel", command.area)
        return None
    if len(meant) == len(draft.state.areas):
        return Disarm(command.actor)
    return Disarm(command.actor, areas=tuple(area.network_id for area in meant))


def is_meant(area: Area, command: CancelArming) -> bool:
    if area.panel is not PanelState.ARMING:
        return False
    if command.begun is None or area.changed_at is None:
        return True
    return area.changed_at.replace(microsecond=0) <= command.begun


def answer_over(draft: Draft, actor: Actor, asked: str, network_id: str | None) -> None:
    """Say that no such exit delay runs; `asked`: what the button was for."""
    words = say(Notice.EXIT_OVER, asked=asked, network=network_id)
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)
