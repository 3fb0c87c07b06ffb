"""Setting up home and night: which cameras count in them, as a person chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core import panel, privacy, spans
from alarm.core.actor import Actor
from alarm.core.camera_names import called
from alarm.core.commands import (
    Arm,
    SetModeCameras,
    SetPrivacy,
    TakeChoice,
    TickCamera,
    TickPrivacy,
)
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Choice

# Whoever takes longer to choose asks anew before anything is armed.
WISH_LIFE = timedelta(hours=1)


def ask(
    draft: Draft,
    actor: Actor,
    mode: Mode,
    *,
    arm: bool = False,
    area: str | None = None,
    until: datetime | None = None,
    private: bool | None = None,
) -> None:
    """Ask which cameras count, and whether the others are private; at first nothing is ticked."""
    cameras = chosen_before(draft, mode)
    begin(draft, actor, Choice(mode, cameras, arm, area, until, draft.now, private))
    words = say(Notice.WHICH_CAMERAS, chat=actor.chat_id, mode=mode.value)
    draft.tell(actor.chat_id, words, lane=Lane.ALARM)


def begin(draft: Draft, actor: Actor, choice: Choice) -> None:
    draft.set(choices={**draft.state.choices, str(actor.chat_id): choice})


def chosen_before(draft: Draft, mode: Mode) -> frozenset[str]:
    known = draft.state.settings.modes.get(mode)
    return frozenset() if known is None or known.cameras is None else known.cameras


def current(draft: Draft, actor: Actor, mode: Mode) -> Choice:
    """Return the choice of this chat; the page of one that is over begins a new one."""
    choice = draft.state.choices.get(str(actor.chat_id))
    if choice is None or choice.mode is not mode:
        return Choice(mode, chosen_before(draft, mode))
    return choice


def tick(draft: Draft, command: TickCamera) -> None:
    choice = current(draft, command.actor, command.mode)
    one = {command.camera_id}
    cameras = choice.cameras | one if command.counts else choice.cameras - one
    begin(draft, command.actor, replace(choice, cameras=cameras))


def tick_privacy(draft: Draft, command: TickPrivacy) -> None:
    choice = current(draft, command.actor, command.mode)
    begin(draft, command.actor, replace(choice, private=command.on))


def take(draft: Draft, command: TakeChoice) -> None:
    """Set the cameras as ticked and arm if that was asked for; without any, ask once more."""
    actor, mode = command.actor, command.mode
    choice = current(draft, actor, mode)
    if not choice.cameras:
        ask(
            draft,
            actor,
            mode,
            arm=choice.arm,
            area=choice.area,
            until=choice.until,
            private=choice.private,
        )
        return
    chats = draft.state.choices
    draft.set(choices={k: c for k, c in chats.items() if k != str(actor.chat_id)})
    left = why_not_armed(draft, choice)
    set_cameras(draft, SetModeCameras(actor, mode, choice.cameras), left, choice.area)
    if choice.private is not None and choice.private is not draft.state.settings.mode(mode).privacy:
        privacy.set_privacy(draft, SetPrivacy(actor, mode, choice.private))
    if choice.arm and left is None:
        panel.arm(draft, Arm(actor, mode, choice.area, choice.until))


def why_not_armed(draft: Draft, choice: Choice) -> str | None:
    """Return "over" or "old" where arming was asked for, and its time or the wish has passed."""
    if not choice.arm:
        return None
    if choice.until is not None and choice.until <= draft.blink_now:
        return "over"
    fresh = choice.asked_at is not None and draft.now - choice.asked_at <= WISH_LIFE
    return None if fresh else "old"


def set_cameras(
    draft: Draft,
    command: SetModeCameras,
    not_armed: str | None = None,
    area_id: str | None = None,
) -> None:
    """Let these cameras count in the mode, at once where an area is armed in it.

    `not_armed`: why the arming of `area_id` that was asked for is left to the person.
    """
    mode, before = command.mode, chosen_before(draft, command.mode)
    settings = draft.state.settings
    of_mode = replace(settings.mode(mode), cameras=command.cameras)
    draft.set(settings=settings.with_mode(mode, of_mode))
    for area in draft.state.areas.values():
        if area.mode is mode and area.panel not in (PanelState.DISARMED, PanelState.ARMING):
            draft.put_area(spans.switched(draft, area))
    old, new = names(draft, before), names(draft, command.cameras)
    words = say(
        Notice.MODE_CAMERAS,
        mode=mode.value,
        old=old,
        new=new,
        not_armed=not_armed,
        network=area_id,
    )
    draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)
    by = command.actor.name
    draft.note("journal", what="cameras of a mode", mode=mode.value, by=by, old=old, new=new)
    refresh_panel_messages(draft)


def names(draft: Draft, cameras: frozenset[str]) -> str:
    known = draft.state.cameras
    return ", ".join(sorted(called(known[c], draft.state) if c in known else c for c in cameras))
