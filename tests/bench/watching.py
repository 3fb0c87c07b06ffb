"""What one quiet look at Blink costs: ours, and `Blink.refresh()` on the same five cameras.

Run with arguments it is one of the two watchers, in a process of its own, so that the stand-in's
work is not counted as theirs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from blinkpy import api as blinkpy_api
from blinkpy.auth import Auth
from blinkpy.blinkpy import Blink
from blinkpy.helpers.util import Throttle
from yarl import URL

from alarm.blink.cloud import BlinkCloud
from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.household_commands import Claim
from alarm.core.state import State
from bot.controller import Controller
from bot.vitals import Vitals
from bot.watch.login import BlinkLogin
from bot.watch.poller import Poller
from simulator.blink import BlinkStandIn
from storage.store import StateStore

LOOKS = 100
WARM_UP = 5


async def measure() -> list[str]:
    """Return the lines to print."""
    blink = BlinkStandIn()
    await blink.start()
    try:
        ours = await _watch(blink, "ours")
        theirs = await _watch(blink, "refresh")
    finally:
        await blink.stop()
    requests, cpu = (theirs[name] / ours[name] for name in ("requests", "cpu"))
    ratio = f"refresh() / ours: requests {requests:.1f} (goal 10), CPU {cpu:.1f} (goal 5)"
    return [
        f"{'':26}{'requests':>10}{'CPU ms':>10}{'bytes written':>16}",
        _row("ours, one quiet poll", ours),
        _row("Blink.refresh(), idle", theirs),
        ratio,
        f"bytes written per event that counts: {ours['per_event']:.0f}",
    ]


def _row(name: str, found: dict[str, float]) -> str:
    written = f"{found['bytes']:.0f}" if "bytes" in found else "-"
    return f"{name:26}{found['requests']:>10.2f}{found['cpu'] * 1000:>10.2f}{written:>16}"


async def _watch(blink: BlinkStandIn, which: str) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.watching",
        which,
        blink.url,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    before = len(blink.seen)
    process.stdin.write(b"go\n")
    found: dict[str, float] = json.loads(await process.stdout.readline())
    found["requests"] = (len(blink.seen) - before) / LOOKS
    if which == "ours":
        for camera in ("Front Door", "Hall"):
            blink.motion(camera)
        process.stdin.write(b"event\n")
        found |= json.loads(await process.stdout.readline())
    process.stdin.close()
    await process.wait()
    return found


async def _looks(look: Callable[[], Awaitable[object]]) -> float:
    for _ in range(WARM_UP):
        await look()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    before = time.process_time()
    for _ in range(LOOKS):
        await look()
    return (time.process_time() - before) / LOOKS


async def _ours(url: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        store: StateStore[State] = StateStore(Path(directory) / "state", State)
        store.open()
        store.load()
        controller = Controller(store, State(claim_code="code"))
        ann = Actor(1, "Ann", 1, 1)
        controller.apply(Claim(ann, "code"))
        cloud = BlinkCloud(
            email="owner@example.org",
            password="correct horse",
            save_tokens=lambda _: None,
            api_url=url,
        )
        await cloud.open()
        await cloud.login()
        login = BlinkLogin(cloud, controller, "", "", lambda: None)
        poller = Poller(
            cloud, login, controller, Vitals(), armed_interval=15.0, disarmed_interval=60.0
        )
        await poller.look_at_devices()
        controller.apply(Arm(Actor(1, "Ann", 1, 2)))
        written = store.bytes_written
        warm = False

        async def look() -> None:
            nonlocal written, warm
            await poller.poll()
            if not warm:
                warm, written = True, store.bytes_written

        cpu = await _looks(look)
        print(
            json.dumps({"cpu": cpu, "bytes": (store.bytes_written - written) / LOOKS}), flush=True
        )
        await asyncio.to_thread(sys.stdin.readline)
        before = store.bytes_written
        await poller.poll()
        print(json.dumps({"per_event": (store.bytes_written - before) / 2}), flush=True)
        await cloud.close()
        store.close()


async def _refresh(url: str) -> None:
    session = _Redirected(url)
    blink = Blink(session=session)
    data: dict[str, Any] = {"username": "owner@example.org", "password": "correct horse"}
    blink.auth = Auth(data, no_prompt=True, session=session)
    assert await blink.start()

    for throttled in (Blink.refresh, blinkpy_api.request_homescreen):
        _unthrottled(throttled)

    async def look() -> None:
        # As if its own pace of 30 s had gone by, without waiting for it.
        blink.last_refresh = int(time.time()) - 31
        assert await blink.refresh()

    cpu = await _looks(look)
    print(json.dumps({"cpu": cpu}), flush=True)
    await session.close()


class _Redirected:
    """The session that blinkpy gets: a plain one, pointed at the stand-in."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def get(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._client.get(self._here(url), **options)

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._client.post(self._here(url), **options)

    async def close(self) -> None:
        await self._client.close()

    def _here(self, url: str) -> URL:
        return URL(f"{self._base}/{url.split('/', 3)[3]}", encoded=True)


def _unthrottled(function: Any) -> None:
    """Take the pause between two calls away: it would only make the benchmark longer."""
    for cell in function.__closure__ or ():
        if isinstance(cell.cell_contents, Throttle):
            cell.cell_contents.throttle_time = 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run({"ours": _ours, "refresh": _refresh}[sys.argv[1]](sys.argv[2]))
