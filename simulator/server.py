"""The part that all stand-ins share: a loopback port, a request log, faults in front."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from simulator.faults import AFTERWARDS, Faults, answer_with, spoil

# As web servers note it.
HUNG_UP = 499

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; `at` is monotonic seconds."""

    method: str
    path: str
    host: str
    at: float


class StandIn:
    """A loopback HTTP server on a port of its own choosing.

    Subclasses give `routes()`. Every request is noted in `seen` and may meet a fault first.
    """

    def __init__(self) -> None:
        self.faults = Faults()
        self.seen: list[Seen] = []
        self.port = 0
        self._runner: web.AppRunner | None = None

    def routes(self) -> list[web.RouteDef]:
        raise TypeError(f"{type(self).__name__} has no routes")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Listen; with the port of an earlier run the stand-in comes back where it was."""
        app = web.Application(middlewares=[self._in_front], client_max_size=64 * 1024**2)
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        addresses = self._runner.addresses
        self.port = addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def count(self, part: str = "") -> int:
        """Count the requests so far whose path holds `part`."""
        return sum(part in seen.path for seen in self.seen)

    def forget(self) -> None:
        """Let go of what is over and done, so that a simulated year fits into memory."""
        self.seen.clear()

    @web.middleware
    async def _in_front(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = str(request.rel_url)
        host = request.headers.get("X-Forwarded-Host", request.host)
        self.seen.append(Seen(request.method, path, host, time.monotonic()))
        try:
            return await self._answer(request, path, handler)
        except ConnectionResetError:
            # The client hung up before the end, which is no fault of ours: nobody reads this.
            return web.Response(status=HUNG_UP)

    async def _answer(
        self, request: web.Request, path: str, handler: Handler
    ) -> web.StreamResponse:
        fault = self.faults.take(request.method, path)
        if fault is None:
            return await handler(request)
        if fault.kind in AFTERWARDS:
            return await spoil(fault, request, await handler(request))
        answer = await answer_with(fault, request)
        return await handler(request) if answer is None else answer
