"""Single cameras that do not follow the rule of the mode."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.bypass import tell
from alarm.core.camera_names import called
from alarm.core.commands import SetCameraRule
from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.notices import Notice
from alarm.core.rule import noted
from alarm.core.settings import CameraRule

AS_THE_MODE, NEVER = "mode", "never"


def set_rule(draft: Draft, command: SetCameraRule) -> None:
    """Set how a camera counts; it is used from the next event on and never rings for the past."""
    camera, actor = draft.state.cameras.get(command.camera_id), command.actor
    if camera is None:
        draft.tell(actor.chat_id, say(Notice.CAMERA_GONE))
        return
    settings, new = draft.state.settings, command.rule
    old = settings.cameras.get(camera.id)
    rules = {key: rule for key, rule in settings.cameras.items() if key != camera.id}
    if new is not None:
        rules[camera.id] = new
    draft.set(settings=replace(settings, cameras=rules))
    words = say(
        Notice.CAMERA_RULE,
        camera=called(camera, draft.state),
        old=in_short(old),
        new=in_short(new),
        by=actor.name,
    )
    tell(draft, words, actor.chat_id)
    draft.note(
        "journal",
        what="camera rule",
        camera=called(camera, draft.state),
        by=actor.name,
        old=in_short(old),
        new=in_short(new),
    )


def in_short(rule: CameraRule | None) -> str:
    """Return the rule as the journal and the notice note it."""
    if rule is None:
        return AS_THE_MODE
    return NEVER if rule.rule is None else noted(rule.rule)
