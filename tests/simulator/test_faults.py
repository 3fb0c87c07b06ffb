"""Every way to fail that a stand-in offers is what it says it is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from simulator.faults import Fault, FaultKind
from simulator.server import StandIn

BODY = b"0123456789" * 100


class Counter(StandIn):
    """Serve one page, and count how often that deed was done."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds = 0

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/{path:.*}", self._serve)]

    async def _serve(self, request: web.Request) -> web.Response:
        self.deeds += 1
        return web.Response(body=BODY, content_type="video/mp4", status=201)


@pytest.fixture
async def server() -> AsyncIterator[Counter]:
    server = Counter()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(server: Counter) -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=0.3)
    async with aiohttp.ClientSession(server.url, timeout=timeout) as session:
        yield session


async def ask(client: aiohttp.ClientSession, path: str = "/") -> tuple[int, str, bytes]:
    """Post, so that nothing is sent a second time; return status, kind and body."""
    async with client.post(path) as answer:
        return answer.status, answer.content_type, await answer.read()


USUAL = (201, "video/mp4", BODY)


async def test_without_a_fault_it_serves(server: Counter, client: aiohttp.ClientSession) -> None:
    assert await ask(client) == USUAL
    assert server.deeds == 1


@pytest.mark.parametrize(
    ("fault", "answer", "deeds"),
    [
        (Fault(FaultKind.STATUS, status=418, body="tea"), (418, "application/json", b"tea"), 0),
        (Fault(FaultKind.INSTEAD, status=409, body="no"), (409, "application/json", b"no"), 1),
        (Fault(FaultKind.SLOW, seconds=0.01), USUAL, 1),
        (Fault(FaultKind.DRIP, seconds=0.001, pieces=7), USUAL, 1),
        (Fault(FaultKind.DRIP, seconds=0, pieces=100_000), USUAL, 1),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_an_answer_that_comes(
    server: Counter,
    client: aiohttp.ClientSession,
    fault: Fault,
    answer: tuple[int, str, bytes],
    deeds: int,
) -> None:
    server.faults.add("/", fault)
    assert await ask(client) == answer
    assert server.deeds == deeds
    server.faults.clear()
    assert await ask(client) == USUAL


@pytest.mark.parametrize(
    ("fault", "error", "deeds"),
    [
        (Fault(FaultKind.DROP), aiohttp.ServerDisconnectedError, 0),
        (Fault(FaultKind.LATE), aiohttp.ServerDisconnectedError, 1),
        (Fault(FaultKind.HANG, seconds=0.01), aiohttp.ServerDisconnectedError, 0),
        (Fault(FaultKind.HANG, seconds=5), TimeoutError, 0),
        (Fault(FaultKind.CUT), aiohttp.ClientPayloadError, 0),
        (Fault(FaultKind.SEVER, seconds=0, pieces=2), aiohttp.ClientPayloadError, 1),
        (Fault(FaultKind.STALL, seconds=0.01), aiohttp.ClientPayloadError, 1),
        (Fault(FaultKind.STALL, seconds=5), TimeoutError, 1),
        (Fault(FaultKind.DRIP, seconds=0.1, pieces=50), TimeoutError, 1),
    ],
    ids=lambda value: f"{value.kind} {value.seconds}" if isinstance(value, Fault) else "",
)
async def test_an_answer_that_does_not_come(
    server: Counter,
    client: aiohttp.ClientSession,
    fault: Fault,
    error: type[Exception],
    deeds: int,
) -> None:
    server.faults.add("/", fault)
    with pytest.raises(error):
        await ask(client)
    assert server.deeds == deeds
    server.faults.clear()
    assert await ask(client) == USUAL


async def test_garbage_is_called_json_and_is_none(
    server: Counter, client: aiohttp.ClientSession
) -> None:
    server.faults.add("/", Fault(FaultKind.GARBAGE))
    async with client.post("/") as answer:
        assert (answer.status, answer.content_type) == (200, "application/json")
        with pytest.raises(ValueError, match="decode"):
            await answer.json()


async def test_a_fault_hits_as_often_as_it_says_and_only_what_it_names(
    server: Counter, client: aiohttp.ClientSession
) -> None:
    server.faults.add("^/a", Fault(FaultKind.STATUS, status=500, times=2), method="POST")
    for path, code in (("/b", 201), ("/a", 500), ("/a?x=1", 500), ("/a", 201)):
        assert (await ask(client, path))[0] == code
    async with client.get("/a") as answer:
        assert answer.status == 201
    assert server.count("/a") == 4
