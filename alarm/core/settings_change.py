"""Changing settings by command: told with old and new value, and journaled."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.commands import SetRule
from alarm.core.deliveries import Lane, say
from alarm.core.draft import Draft
from alarm.core.inputs import ZoneConfigured
from alarm.core.notices import Notice
from alarm.core.settings import Mode


def set_rule(draft: Draft, command: SetRule) -> None:
    """Set the trigger rule; it is used from the next event on and never rings for the past."""
    settings = draft.state.settings
    away = settings.mode(Mode.AWAY)
    old, new = away.rule, command.rule
    draft.set(settings=settings.with_mode(Mode.AWAY, replace(away, rule=new)))
    draft.tell(
        command.actor.chat_id,
        say(
            Notice.THRESHOLD_SET,
            threshold=new.threshold,
            lookback=new.lookback.total_seconds(),
            old_threshold=old.threshold,
            old_lookback=old.lookback.total_seconds(),
        ),
        lane=Lane.ALARM,
    )
    draft.note(
        "journal",
        what="threshold",
        by=command.actor.name,
        old=f"{old.threshold} in {old.lookback.total_seconds():g} s",
        new=f"{new.threshold} in {new.lookback.total_seconds():g} s",
    )


def zone_configured(draft: Draft, configured: ZoneConfigured) -> None:
    """Take over the time zone in which the household reads the clock."""
    settings = draft.state.settings
    if settings.zone != configured.zone:
        draft.set(settings=replace(settings, zone=configured.zone))
        draft.note("journal", what="time zone", old=settings.zone, new=configured.zone)
