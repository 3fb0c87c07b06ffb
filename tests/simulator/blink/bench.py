"""The real blinkpy, led to the stand-in of Blink's cloud."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from blinkpy import api
from blinkpy.auth import Auth
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn

PASSWORD = "correct horse"
FIVE_CAMERAS = {"Front Door", "Garden", "Garage", "Kitchen", "Hall"}
HOME = 51001
NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)
UUID = "7A1B5E0C-0D35-4B53-9C39-0A2C5C2E2A11"


class Redirected:
    """A session as blinkpy wants it; every request goes to the stand-in, with its real host."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self.posted: list[tuple[str, int]] = []

    async def get(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._ask("GET", url, **options)

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        answer = await self._ask("POST", url, **options)
        self.posted.append((answer.url.path, answer.status))
        return answer

    async def _ask(
        self, method: str, url: str, headers: dict[str, str] | None = None, **options: Any
    ) -> aiohttp.ClientResponse:
        host = urlsplit(url).netloc
        named = {**(headers or {}), "X-Forwarded-Host": host}
        here = self._url + url.removeprefix(f"https://{host}")
        return await self._session.request(method, here, headers=named, **options)


@asynccontextmanager
async def client(
    cloud: BlinkStandIn, password: str = PASSWORD, **data: Any
) -> AsyncIterator[Blink]:
    """Open blinkpy on a session of its own; `data` is what an earlier run had saved."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        redirected = Redirected(session, cloud.url)
        blink = Blink(session=redirected)
        login = {"username": "owner@example.org", "password": password, **data}
        blink.auth = Auth(login, no_prompt=True, session=redirected)
        yield blink


@asynccontextmanager
async def running(cloud: BlinkStandIn) -> AsyncIterator[BlinkStandIn]:
    await cloud.start()
    try:
        yield cloud
    finally:
        await cloud.stop()


async def listed(blink: Blink, since: datetime, page: int = 1) -> list[dict[str, Any]]:
    answer = await api.request_videos(blink, time=since.timestamp(), page=page)
    assert answer["refresh_count"] == 0
    media: list[dict[str, Any]] = answer["media"]
    return media


async def homescreen(blink: Blink) -> dict[str, Any]:
    answer = await api.request_homescreen(blink, force=True)
    screen: dict[str, Any] = await answer.json()
    return screen
