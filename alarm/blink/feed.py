"""Read the clip list page by page; a page that failed is an error, never an end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from blinkpy import api as blinkpy_api

from alarm.blink.api import BlinkApi
from alarm.blink.errors import BlinkAnswerError
from alarm.blink.parse import motion_event
from alarm.core.events import ClipPage

_WHAT = "clip list"
# Pages. At 25 clips each this is more than an account keeps in its 60 days: even when all of it
# is deleted at once, the list must come to an end or it would never be read to the end again.
MAX_PAGES = 4000


async def clip_pages(api: BlinkApi, since: datetime) -> AsyncIterator[ClipPage]:
    """Yield the pages of everything changed since then; exactly the final one is `last`."""
    seen: set[str] = set()
    for number in range(1, MAX_PAGES + 1):
        items, limit = await _page(api, since, number)
        known = len(seen)
        events, skipped = [], 0
        for item in items:
            event = motion_event(item)
            if event is None:
                skipped += 1
                seen.add(repr(item))
            else:
                events.append(event)
                seen.add(event.key)
        events.sort(key=lambda event: (event.created_at, event.key))
        # A server that ignores the page number repeats itself: that is an end too.
        last = len(seen) == known or (limit is not None and len(items) < limit)
        yield ClipPage(tuple(events), number, last, skipped)
        if last:
            return
    raise BlinkAnswerError("Blink's clip list has no end")


async def _page(api: BlinkApi, since: datetime, number: int) -> tuple[list[object], int | None]:
    answer = await api.ask(
        _WHAT,
        lambda blink: blinkpy_api.request_videos(blink, time=since.timestamp(), page=number),
    )
    items, limit = answer.payload.get("media"), answer.payload.get("limit")
    if not isinstance(items, list):
        raise BlinkAnswerError(f"Blink's answer makes no sense ({_WHAT})", status=200)
    usable = isinstance(limit, int) and not isinstance(limit, bool) and limit > 0
    return items, limit if usable else None
