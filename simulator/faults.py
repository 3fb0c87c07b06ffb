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
            return web.Response(
                status=fault.status,
                text=fault.body,
                content_type=fault.content_type,
                headers=fault.headers,
            )
        case FaultKind.GARBAGE:
            return web.Response(body=b"\x00<<not json>>\xff", content_type="application/json")
        case FaultKind.SLOW:
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


def drop(request: web.Request) -> None:
    """Close the connection under the client's feet."""
    if request.transport is not None:
        request.transport.abort()
