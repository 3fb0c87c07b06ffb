"""The twilio library itself as the client of the stand-in, and a clock moved by hand."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance

from simulator.twilio import TwilioStandIn

ANN, BOB = "+12025550123", "+447700900123"
OURS = "+15005550006"
# 30 characters between two pauses of a second: 3 s of speech at the stand-in's pace.
SENTENCE = "Motion in the garage at 22:03."
TWIML = f'<Response><Pause length="1"/><Say>{SENTENCE}</Say></Response>'


class Clock:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class _Loopback(TwilioHttpClient):  # type: ignore[misc]
    """Send what the library sends to Twilio to the stand-in instead."""

    def __init__(self, url: str) -> None:
        super().__init__(timeout=10)
        self.session.trust_env = False
        self._url = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self._url}{parts.path}{query}", *args, **kwargs)


@dataclass
class Customer:
    """One who calls through the stand-in; the library blocks, so each request has a thread."""

    client: Client

    @classmethod
    def of(cls, twilio: TwilioStandIn, **credentials: str) -> Customer:
        sid = credentials.get("sid", twilio.account_sid)
        token = credentials.get("token", twilio.auth_token)
        account = credentials.get("account", sid)
        return cls(Client(sid, token, account, http_client=_Loopback(twilio.url)))

    async def call(self, to: str = ANN, **options: Any) -> CallInstance:
        order = {"to": to, "from_": OURS, "twiml": TWIML} | options
        return await asyncio.to_thread(self.client.calls.create, **order)

    async def look(self, sid: str) -> CallInstance:
        return await asyncio.to_thread(self.client.calls(sid).fetch)

    async def end(self, sid: str, status: str = "completed") -> CallInstance:
        return await asyncio.to_thread(self.client.calls(sid).update, status=status)

    async def list(self, **filters: Any) -> list[CallInstance]:
        return await asyncio.to_thread(self.client.calls.list, **filters)

    async def page_refusal(self, query: str) -> tuple[int, int]:
        """Ask for one page by its address; return status and number of the refusal."""
        calls = f"/2010-04-01/Accounts/{self.client.account_sid}/Calls.json?{query}"
        with pytest.raises(TwilioException) as caught:
            await asyncio.to_thread(self.client.calls.get_page, f"https://api.twilio.com{calls}")
        answer = caught.value.args[1]
        return answer.status_code, json.loads(answer.text)["code"]

    def close(self) -> None:
        self.client.http_client.session.close()


async def refusal(attempt: Any) -> tuple[int, int]:
    """Return HTTP status and Twilio's error number of an attempt that must be refused."""
    with pytest.raises(TwilioRestException) as caught:
        await attempt
    return caught.value.status, caught.value.code
