"""A Blink account on loopback and the cloud that is tested against it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alarm.blink.cloud import BlinkCloud, LoginOutcome
from alarm.blink.orders import Pauses
from alarm.blink.tokens import Tokens
from alarm.core.events import ClipPage, MotionEvent
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind

EMAIL, PASSWORD, CODE = "owner@example.org", "correct horse", "123456"
HARDWARE_ID = "6E1C1D0A-0B46-4B43-9E30-5B5C3C2B1A00"
# Seconds after which the tested cloud gives up on a silent server: a short time only where a
# test is about silence, since a busy machine may be slow for a while too.
SHORT, LONG = 0.3, 5.0
# Seconds after which a test fails that hangs.
GUARD = 5.0
TOKEN = "/oauth/token"
SIGNIN = "/oauth/v2/signin"
LISTING = "media/changed"
HOMESCREEN = "homescreen"


class Clock:
    """A wall clock that moves only by hand."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@dataclass
class Bench:
    """The stand-in, the clock, and every set of tokens that was saved."""

    blink: BlinkStandIn
    stack: AsyncExitStack
    clock: Clock = field(default_factory=Clock)
    saved: list[Tokens] = field(default_factory=list)
    patience: float = LONG

    async def cloud(self, **options: Any) -> BlinkCloud:
        """Start the program's Blink side: with saved tokens where there are some."""
        settings: dict[str, Any] = {
            "email": EMAIL,
            "password": PASSWORD,
            "tokens": self.saved[-1] if self.saved else None,
            "save_tokens": self.saved.append,
            "api_url": self.blink.url,
            "clock": self.clock,
            "pauses": Pauses(busy=0.02, command=0.02, read_back=0.02),
            "request_timeout": self.patience,
            "silence_timeout": self.patience,
        }
        cloud = BlinkCloud(**(settings | options))
        await cloud.open()
        self.stack.push_async_callback(cloud.close)
        return cloud

    async def logged_in(self, **options: Any) -> BlinkCloud:
        """Start and log in without a code; the account is known afterwards."""
        cloud = await self.cloud(**options)
        assert await cloud.login() is LoginOutcome.DONE
        return cloud


async def pages(
    cloud: BlinkCloud, since: datetime | None = None, into: list[ClipPage] | None = None
) -> list[ClipPage]:
    """Read the clip list to its end; `into` keeps the pages that came before a failure."""
    found = [] if into is None else into
    async for page in cloud.clip_pages(since or datetime.now(UTC) - timedelta(hours=1)):
        found.append(page)
    return found


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what the other side does in its own time."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - nobody tells a socket's state by an event
            await asyncio.sleep(0.01)


def events(found: list[ClipPage]) -> list[MotionEvent]:
    return [event for page in found for event in page.events]


def keys(found: list[ClipPage]) -> list[str]:
    return [event.key for event in events(found)]


def left(directory: Path) -> list[str]:
    return sorted(one.name for one in directory.iterdir())


def item(media_id: int = 7000001, **changes: Any) -> dict[str, Any]:
    """Return one item of a clip list as Blink writes it, with some of its values changed."""
    path = f"/api/v3/media/accounts/900100/networks/51001/catalina/71001/pir/{media_id}"
    whole = {
        "id": media_id,
        "created_at": "2026-03-04T05:06:07+00:00",
        "updated_at": "2026-03-04T05:06:28+00:00",
        "deleted": False,
        "device": "catalina",
        "device_id": 71001,
        "device_name": "Front Gate",
        "network_id": 51001,
        "network_name": "House",
        "type": "video",
        "source": "pir",
        "partial": False,
        "watched": False,
        "thumbnail": f"{path}.jpg?ext=",
        "media": f"{path}.mp4",
        "metadata": None,
        "additional_devices": [],
        "time_zone": "Europe/London",
    }
    return whole | changes


def listing(items: Sequence[object], limit: object = 25) -> Fault:
    """Answer any page of the clip list with these items."""
    body = {"limit": limit, "purge_id": 6900000, "refresh_count": 0, "media": list(items)}
    return status(200, json.dumps(body))


def status(code: int, body: str = "", **options: Any) -> Fault:
    return Fault(FaultKind.STATUS, status=code, body=body, **options)


def hang() -> Fault:
    return Fault(FaultKind.HANG, seconds=2 * SHORT)


# Every way in which a request can fail for a while, by a name for the test's id.
PASSING: dict[str, Callable[[], Fault]] = {
    "status 500": lambda: status(500),
    "status 503 in JSON": lambda: status(503, '{"message": "busy", "code": 1}'),
    "status 406 in text": lambda: status(406, "406 Not Acceptable", content_type="text/plain"),
    "status 429 in text": lambda: status(429, "slow down", content_type="text/plain"),
    "status 429 in JSON": lambda: status(429, '{"message": "slow down", "media": []}'),
    "no JSON": lambda: Fault(FaultKind.GARBAGE),
    "empty body": lambda: status(200),
    "dropped": lambda: Fault(FaultKind.DROP),
    "silent": hang,
    "cut": lambda: Fault(FaultKind.CUT),
}
