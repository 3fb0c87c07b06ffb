"""The forms that all of Blink's REST answers share."""

from __future__ import annotations

from datetime import UTC, datetime

from aiohttp import web


def stamp(moment: datetime) -> str:
    """Write a time as Blink does: UTC, whole seconds, an explicit offset."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def refuse(status: int, message: str, code: int) -> web.Response:
    return web.json_response({"message": message, "code": code}, status=status)


def unauthorized() -> web.Response:
    body = {"message": "Unauthorized Access", "error": None, "code": 101}
    return web.json_response(body, status=401)
