"""Changing settings by command: told with old and new value, and journaled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core import option_list
from alarm.core.actor import Actor
from alarm.core.commands import SetOption
from alarm.core.deliveries import Delivery, DeliveryStatus, Lane, Words, WordsBody, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.inputs import ZoneConfigured
from alarm.core.messages import refresh_panel_messages
from alarm.core.notices import Notice
from alarm.core.schedule.by_hand import about_off
from alarm.core.schedule.changing import drop_unwanted
from alarm.core.state import Person

# A change is news to others when nobody has changed the same for so long.
AT_REST = timedelta(seconds=30)


def set_option(draft: Draft, command: SetOption) -> None:
    """Change one setting, or raise BadInput with the allowed range.

    It is used from the next event on: a lower threshold never rings for the past.
    """
    option = option_list.option(command.key)
    settings = draft.state.settings
    changed = option.changed(settings, command.value)
    old, new = option.shown(settings), option.shown(changed)
    by = command.actor.name
    if changed != settings:
        draft.set(settings=changed)
        draft.note("journal", what="setting", by=by, setting=option.key, old=old, new=new)
        tell_other_owners(draft, command.actor, option.key, old, new)
        if changed.exit_progress is not settings.exit_progress:
            # The last number of a countdown that was switched off must not stand there.
            refresh_panel_messages(draft)
    if not command.by_button:
        words = say(Notice.SETTING_SET, setting=option.key, old=old, new=new)
        draft.tell(command.actor.chat_id, words, lane=Lane.ALARM)


def tell_other_owners(draft: Draft, actor: Actor, key: str, old: str, new: str) -> None:
    """Tell of a change when it has come to rest: stepping by buttons is one piece of news."""
    for owner in draft.state.owners:
        if owner.user_id == actor.user_id:
            continue
        first = old
        for waiting in list(draft.state.outbox.values()):
            words = news_of(waiting, owner, key)
            if words is not None:
                first = str(words.args.get("old", old))
                draft.drop([waiting.id])
        if first != new:
            words = say(Notice.SETTING_CHANGED, setting=key, old=first, new=new, by=actor.name)
            news = draft.tell(owner.user_id, words, expires=NEWS_LIFE, silent=True)
            draft.put_delivery(replace(news, next_try=draft.now + AT_REST))


def news_of(delivery: Delivery, owner: Person, key: str) -> Words | None:
    """Return the words that wait to tell an owner of a change of this setting, if these do."""
    body = delivery.body
    if (
        isinstance(body, WordsBody)
        and delivery.target == str(owner.user_id)
        and delivery.status is DeliveryStatus.PENDING
        and body.words.notice is Notice.SETTING_CHANGED
        and body.words.args.get("setting") == key
    ):
        return body.words
    return None


def zone_configured(draft: Draft, configured: ZoneConfigured) -> None:
    """Take over the time zone in which the household reads the clock."""
    settings = draft.state.settings
    if settings.zone != configured.zone:
        draft.set(settings=replace(settings, zone=configured.zone))
        draft.note("journal", what="time zone", old=settings.zone, new=configured.zone)
        if draft.state.calendar.schedule.windows:
            # Read on another clock its edges lie elsewhere: the words name the next one.
            off = [c for area in draft.state.areas for c in drop_unwanted(draft, area)]
            old, new = settings.zone, configured.zone
            words = say(Notice.ZONE_CHANGED, old=old, new=new, **about_off(off))
            draft.tell_household(words, silent=True)
