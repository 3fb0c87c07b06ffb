"""Make any route of a stand-in fail, hang, drop, answer garbage or be cut off."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from enum import StrEnum

from aiohttp import web


class FaultKind(StrEnum):
    STATUS = "status"  # answer `status` with `body`
    HANG = "hang"  # accept and stay silent for `seconds`, then drop
    DROP = "drop"  # close the connection without an answer
    GARBAGE = "garbage"  # answer 200 with bytes that are no JSON
    CUT = "cut"  # promise a long body and close in the middle
    SLOW = "slow"  # wait `seconds`, then serve as usual
    LATE = "late"  # serve as usual (the deed is done), then drop without the answer
    INSTEAD = "instead"  # serve as usual (the deed is done), then answer `status` with `body`
    DRIP = "drip"  # serve as usual, in `pieces` with `seconds` between them and no length
    STALL = "stall"  # begin with the usual body, then stay silent for `seconds` and drop
    SEVER = "sever"  # begin with the usual body, telling no length, then drop


@dataclass
class Fault:
    """One way to fail. `times` requests are hit, then it is spent; None means until removed."""

    kind: FaultKind
    status: int = 503
    body: str = ""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 60.0
    times: int | None = None
    pieces: int = 10


# What happens to the usual answer, after the deed was done.
AFTERWARDS = frozenset(
    {FaultKind.LATE, FaultKind.INSTEAD, FaultKind.DRIP, FaultKind.STALL, FaultKind.SEVER}
)


@dataclass
class Rule:
    pattern: re.Pattern[str]
    method: str | None
    fault: Fault


class Faults:
    """The faults now in force, first match first. Patterns are searched in the path with query."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def add(self, pattern: str, fault: Fault, *, method: str | None = None) -> Fault:
        self._rules.append(Rule(re.compile(pattern), method, fault))
        return fault

    def clear(self) -> None:
        self._rules.clear()

    def take(self, method: str, path: str) -> Fault | None:
        for rule in self._rules:
            if rule.method not in (None, method) or not rule.pattern.search(path):
                continue
            if rule.fault.times is not None:
                rule.fault.times -= 1
                if rule.fault.times <= 0:
                    self._rules.remove(rule)
            return rule.fault
        return None


async def answer_with(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """Carry out a fault; None means: now serve the request as usual."""
    match fault.kind:
        case FaultKind.STATUS:
            return written(fault)
        case FaultKind.GARBAGE:
            return web.Response(body=b"\x00<<not json>>\xff", content_type="application/json")
        case FaultKind.SLOW:
            # A client that gives up meanwhile takes the body with it, and the deed is to be done.
            if not request.content_type.startswith("multipart/"):
                await request.read()
            await asyncio.sleep(fault.seconds)
            return None
        case FaultKind.CUT:
            response = web.StreamResponse(headers={"Content-Length": "100000"})
            response.content_type = fault.content_type
            await response.prepare(request)
            await response.write(b'{"cut": "')
            drop(request)
            return response
        case FaultKind.HANG:
            await asyncio.sleep(fault.seconds)
    drop(request)
    return web.Response(status=500)


async def spoil(
    fault: Fault, request: web.Request, usual: web.StreamResponse
) -> web.StreamResponse:
    """Carry out a fault on the usual answer, which must be a whole one."""
    if fault.kind is FaultKind.INSTEAD:
        return written(fault)
    if fault.kind is FaultKind.LATE or not isinstance(usual, web.Response):
        drop(request)
        return usual
    body = usual.body if isinstance(usual.body, bytes) else b""
    answer = web.StreamResponse(status=usual.status)
    answer.content_type = usual.content_type
    if fault.kind is FaultKind.STALL:
        answer.content_length = len(body)
    await answer.prepare(request)
    size = max(1, -(-len(body) // fault.pieces))
    for start in range(0, len(body), size):
        try:
            await answer.write(body[start : start + size])
        except ConnectionError:
            break  # the client has given up, as it may
        await asyncio.sleep(fault.seconds)
        if fault.kind is not FaultKind.DRIP:
            drop(request)
            break
    return answer


def written(fault: Fault) -> web.Response:
    return web.Response(
        status=fault.status,
        text=fault.body,
        content_type=fault.content_type,
        headers=fault.headers,
    )


def drop(request: web.Request) -> None:
    """Close the connection under the client's feet."""
    if request.transport is not None:
        request.transport.abort()
