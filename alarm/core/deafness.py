"""What is said while Telegram does not hand out what people write and press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alarm.core.deliveries import DeliveryStatus, WordsBody, say
from alarm.core.draft import NEWS_LIFE, Draft
from alarm.core.inputs import CommandsDeaf
from alarm.core.notices import Notice

# Told after this long, armed or not: nobody could arm or disarm.
DEAF_TOLD = timedelta(seconds=90)


def deaf(draft: Draft, deafness: CommandsDeaf) -> None:
    """Take in that nothing is heard; it is told by such an input alone, never by the mere time.

    After a restart it may well be over.
    """
    health = draft.state.health
    if health.deaf_since is None:
        health = replace(health, deaf_since=deafness.since)
    if health.deaf_reason != deafness.reason:
        health = replace(health, deaf_reason=deafness.reason)
    if health is not draft.state.health:
        draft.set(health=health)
    if health.deaf_told or health.deaf_since is None:
        return
    if draft.now - health.deaf_since >= DEAF_TOLD:
        draft.set(health=replace(health, deaf_told=True))
        since = health.deaf_since.isoformat()
        draft.forget_words(Notice.DEAF, Notice.HEARD)
        words = say(Notice.DEAF, since=since, reason=health.deaf_reason)
        draft.tell_household(words, silent=not draft.state.armed)
        draft.note("journal", what="commands not heard", reason=health.deaf_reason)


def heard(draft: Draft) -> None:
    """Take in that it is over; those whom the trouble never reached need not hear of its end."""
    health = draft.state.health
    if health.deaf_since is None:
        return
    draft.set(health=replace(health, deaf_since=None, deaf_reason="", deaf_told=False))
    if not health.deaf_told:
        return
    since = health.deaf_since.isoformat()
    unaware = waiting(draft)
    draft.forget_words(Notice.DEAF, Notice.HEARD)
    for chat_id in draft.household():
        if chat_id not in unaware:
            words = say(Notice.HEARD, since=since)
            draft.tell(chat_id, words, expires=NEWS_LIFE, silent=not draft.state.armed)
    draft.note("journal", what="commands heard again", since=since)


def waiting(draft: Draft) -> set[int]:
    """Return the chats that the trouble could not be told to so far."""
    return {
        int(d.target)
        for d in draft.state.outbox.values()
        if d.status is DeliveryStatus.PENDING
        and isinstance(d.body, WordsBody)
        and d.body.words.notice is Notice.DEAF
    }
