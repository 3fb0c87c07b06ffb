"""What people try whom nobody knows: written down within bounds, told to the owners now and then.

They themselves are told nothing at all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm.core.deliveries import say
from alarm.core.draft import Draft
from alarm.core.household import Strangers
from alarm.core.inputs import StrangersTried
from alarm.core.notices import Notice

DAY = timedelta(days=1)
# A summary waits a moment, so that one walk past the door makes one message.
GATHERED = timedelta(minutes=10)
MOST_ROWS = 20
MOST_NAMES = 20


def tried(draft: Draft, tries: StrangersTried) -> None:
    """Note what strangers tried; past the bounds only their number."""
    door = draft.state.strangers
    if door.rows_from is None or draft.now - door.rows_from >= DAY:
        door = replace(door, rows_from=draft.now, rows=0)
    names = dict(door.names)
    count = tries.more
    for attempt in tries.attempts:
        count += attempt.count
        left = draft.state.departed.get(str(attempt.user_id))
        name = attempt.name if left is None else left.name
        if len(names) < MOST_NAMES:
            names[str(attempt.user_id)] = name if left is None else f"{name} (had left)"
        if door.rows < MOST_ROWS:
            door = replace(door, rows=door.rows + 1)
            draft.note(
                "journal",
                what="stranger" if left is None else "one who had left",
                name=name,
                user=attempt.user_id,
                tried=attempt.what,
                count=attempt.count,
            )
    since = door.since or draft.now
    draft.set(strangers=replace(door, since=since, tries=door.tries + count, names=names))


def tick(draft: Draft) -> None:
    """Tell the owners, silently and at most once a day."""
    door = draft.state.strangers
    if door.since is None or draft.now - door.since < GATHERED:
        return
    if door.told_at is not None and draft.now - door.told_at < DAY:
        return
    names = tuple(door.names.values())
    words = say(
        Notice.STRANGERS,
        count=len(names),
        tries=door.tries,
        names=", ".join(names),
        since=door.since.isoformat(),
    )
    draft.set(strangers=Strangers(None, 0, {}, draft.now, door.rows_from, door.rows))
    draft.forget_words(Notice.STRANGERS)
    for owner in draft.state.owners:
        draft.tell(owner.user_id, words, expires=DAY, silent=True)
    draft.note("journal", what="strangers", people=len(names), tries=door.tries)


def shifted(door: Strangers, delta: timedelta) -> Strangers:
    """Move with the host's clock."""

    def moved(at: datetime | None) -> datetime | None:
        return None if at is None else at + delta

    return replace(
        door,
        since=moved(door.since),
        told_at=moved(door.told_at),
        rows_from=moved(door.rows_from),
    )
