"""Twilio's JSON around a call: errors and pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

MOST_PER_PAGE = 1000


class Refusal(Exception):
    """Say no with Twilio's error number."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def answer(self) -> web.Response:
        return web.json_response(error_body(self.status, self.code, str(self)), status=self.status)


def error_body(status: int, code: int, message: str) -> dict[str, Any]:
    return {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def error_text(status: int, code: int, message: str) -> str:
    return json.dumps(error_body(status, code, message))


def whole_number(text: str, default: int) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise Refusal(400, 20001, "Invalid parameter: not a whole number")
    return int(text)


def moment(text: str) -> datetime:
    """Read a filter's date or time; a date alone is its first second."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(400, 20001, "Invalid parameter: not a date") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def page(uri: str, query: dict[str, str], rows: list[dict[str, Any]]) -> dict[str, Any]:
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
