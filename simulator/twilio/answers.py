"""How Twilio says no, and reads a number."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


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
