"""The list of calls: what a query chooses, page by page."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from simulator.twilio.answers import Refusal, whole_number
from simulator.twilio.call import Call

MOST_PER_PAGE = 1000

# A name without a sign asks for that day.
_COMPARISONS: Mapping[str, Callable[[datetime, datetime], bool]] = {
    ">": operator.ge,
    "<": operator.le,
    "": lambda at, day: day <= at < day + timedelta(days=1),
}


@dataclass(frozen=True)
class Filter:
    """What a query asks for. A call that has no such time yet meets no filter on it."""

    words: tuple[tuple[str, str], ...]
    times: tuple[tuple[str, str, datetime], ...]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """Read it; raise Refusal for a time that is none."""
        words = [(name, query[name]) for name in ("To", "From", "Status") if name in query]
        times = [
            (name, sign, _moment(query[name + sign]))
            for name in ("StartTime", "EndTime")
            for sign in _COMPARISONS
            if name + sign in query
        ]
        return cls(tuple(words), tuple(times))

    def matches(self, call: Call, wall: Callable[[float], datetime]) -> bool:
        has = {"To": call.to, "From": call.from_, "Status": call.status}
        if any(has[name] != wanted for name, wanted in self.words):
            return False
        times = {"StartTime": call.times.get("ringing"), "EndTime": call.ended}
        for name, sign, limit in self.times:
            at = times[name]
            if at is None or not _COMPARISONS[sign](wall(at).replace(microsecond=0), limit):
                return False
        return True


def _moment(text: str) -> datetime:
    """Read a filter's date or time; a date alone is its first second."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(400, 20001, "Invalid parameter: not a date") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def page(uri: str, query: Mapping[str, str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one page of the calls list, with the links that lead to its neighbours."""
    size = min(max(whole_number(query.get("PageSize", ""), 50), 1), MOST_PER_PAGE)
    number = whole_number(query.get("Page", ""), 0)
    start = number * size
    shown = rows[start : start + size]

    def link(target: int) -> str:
        kept = {k: v for k, v in query.items() if k not in ("Page", "PageSize", "PageToken")}
        return f"{uri}?{urlencode(kept | {'PageSize': str(size), 'Page': str(target)})}"

    return {
        "calls": shown,
        "end": start + max(len(shown) - 1, 0),
        "first_page_uri": link(0),
        "next_page_uri": link(number + 1) if start + size < len(rows) else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": link(number - 1) if number else None,
        "start": start,
        "uri": link(number),
    }
