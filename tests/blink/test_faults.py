"""Everything that goes wrong on the way, on every question the watch asks.

The names follow the list of pitfalls of Blink's cloud and of blinkpy: what vanishes, surprises or
hangs there must come out here as an error that passes, and leave no trace once it is over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.blink.errors import BlinkAnswerError
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from simulator.faults import Fault, FaultKind
from tests.blink.bench import (
    GUARD,
    HOMESCREEN,
    LISTING,
    PASSING,
    SHORT,
    TOKEN,
    Bench,
    keys,
    pages,
    status,
)

TIER = "tier_info"
REFUSED = '{"message": "no", "error": null, "code": 1, "media": [], "networks": [], "cameras": []}'
# An answer that would do for every question, were it not for its length.
FINE = '{"media": [], "limit": 25, "networks": [], "cameras": [], "tier": "e777", "account_id": 1}'
Ask = Callable[[BlinkCloud], Awaitable[Any]]

# The questions that the watch asks, by the path that a fault is put on.
QUESTIONS: dict[str, Ask] = {
    LISTING: pages,
    HOMESCREEN: lambda cloud: cloud.homescreen(),
    TIER: pages,
}

# What vanishes or surprises in blinkpy: an answer of None, an error's body as if it were data, a
# login error, an AttributeError or a TypeError.
FAULTS: dict[str, Callable[[], Fault]] = {
    **PASSING,
    **{
        f"status {code} in JSON": partial(status, code, REFUSED)
        for code in (201, 206, 400, 403, 404, 409, 410, 426, 429, 500, 502, 504)
    },
    "status 204": lambda: status(204),
    "status 404 in text": lambda: status(404, "not here", content_type="text/plain"),
    "status 302 to nowhere": lambda: status(302),
    "a page": lambda: status(200, "<html>Welcome</html>", content_type="text/html"),
    "JSON that is called text": lambda: status(200, "[]", content_type="text/plain"),
    "null": lambda: status(200, "null"),
    "a list": lambda: status(200, "[]"),
    "a number": lambda: status(200, "1"),
    "a text": lambda: status(200, '"fine"'),
    "an empty object": lambda: status(200, "{}"),
    "an error with status 200": lambda: status(200, '{"message": "busy", "code": 307}'),
    "lists that are null": lambda: status(200, '{"media": null, "networks": null, "tier": null}'),
    "lists that are objects": lambda: status(200, '{"media": {}, "networks": {}, "tier": {}}'),
    "lists that are texts": lambda: status(200, '{"media": "", "networks": "", "tier": 5}'),
    "half of the JSON": lambda: status(200, '{"media": [{"id": 7'),
    "JSON without an end of depth": lambda: status(200, "[" * 100_000),
    "a number of 5000 digits": lambda: status(200, '{"media": [' + "1" * 5000 + "]}"),
    "done, then dropped": lambda: Fault(FaultKind.LATE),
    "silent in the middle": lambda: Fault(FaultKind.STALL, seconds=1),
    "cut without a length": lambda: Fault(FaultKind.SEVER, seconds=0, pieces=2),
    "far too long": lambda: status(200, " " * 16 * 1024**2 + FINE),
}


async def asked(bench: Bench, where: str, **options: float) -> BlinkCloud:
    """Return a cloud that is about to ask there."""
    await bench.logged_in()
    tokens = bench.saved[-1]
    if where == TIER:
        tokens = replace(tokens, region="", account_id=None)
    return await bench.cloud(tokens=tokens, **options)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("where", QUESTIONS)
async def test_a_fault_is_an_error_that_passes_and_leaves_no_trace(
    bench: Bench, where: str, name: str
) -> None:
    bench.blink.motion("Hall")
    cloud = await asked(bench, where)
    ask = QUESTIONS[where]
    bench.blink.faults.add(where, FAULTS[name]())
    with pytest.raises(BlinkError) as failed:
        await ask(cloud)
    assert not failed.value.permanent
    assert failed.value.retry_after is None
    assert not isinstance(failed.value, BlinkLoginNeeded)
    bench.blink.faults.clear()
    assert await ask(cloud)
    assert len(keys(await pages(cloud))) == 1
    assert bench.blink.signins == 1


@pytest.mark.parametrize("code", [406, 429, 500, 503])
@pytest.mark.parametrize("where", QUESTIONS)
async def test_the_wait_that_blink_names_is_handed_on(bench: Bench, where: str, code: int) -> None:
    cloud = await asked(bench, where)
    for value, seconds in (("30", 30), ("0", 0), ("-5", 0), ("1e9", 3600), ("soon", None)):
        headers = {"Retry-After": value}
        bench.blink.faults.add(where, status(code, "wait", headers=headers))
        with pytest.raises(BlinkAnswerError) as failed:
            await QUESTIONS[where](cloud)
        assert (failed.value.retry_after, failed.value.status) == (seconds, code)
        bench.blink.faults.clear()


@pytest.mark.parametrize("where", QUESTIONS)
async def test_one_refused_token_is_renewed_and_the_question_repeated(
    bench: Bench, where: str
) -> None:
    cloud = await asked(bench, where)
    before = bench.blink.count(TOKEN)
    bench.blink.faults.add(where, status(401, REFUSED, times=1))
    assert await QUESTIONS[where](cloud)
    assert bench.blink.count(TOKEN) == before + 1


@pytest.mark.parametrize("where", QUESTIONS)
async def test_a_token_that_is_always_refused_is_an_error_that_passes(
    bench: Bench, where: str
) -> None:
    cloud = await asked(bench, where)
    bench.blink.faults.add(where, status(401, REFUSED))
    with pytest.raises(BlinkError) as failed:
        await QUESTIONS[where](cloud)
    assert not failed.value.permanent
    bench.blink.faults.clear()
    assert await QUESTIONS[where](cloud)


@pytest.mark.parametrize("where", QUESTIONS)
async def test_trouble_with_the_refresh_of_a_refused_token_is_an_error_that_passes(
    bench: Bench, where: str
) -> None:
    cloud = await asked(bench, where)
    bench.blink.revoke_access_tokens()
    for name, fault in PASSING.items():
        bench.blink.faults.add(TOKEN, fault())
        with pytest.raises(BlinkError) as failed:
            await QUESTIONS[where](cloud)
        assert not failed.value.permanent, name
        bench.blink.faults.clear()
    assert await QUESTIONS[where](cloud)
    assert bench.blink.signins == 1


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_while_arming_is_an_error_that_passes(bench: Bench, name: str) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add("/state/", FAULTS[name]())
    bench.blink.faults.add(HOMESCREEN, FAULTS[name]())
    with pytest.raises(BlinkError) as failed:
        await cloud.set_armed("51001", True, deadline=0.1)
    assert not failed.value.permanent


@pytest.mark.parametrize("where", [*QUESTIONS, TOKEN])
async def test_a_fault_is_told_by_its_error_alone_and_fills_no_log(
    bench: Bench, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    cloud = await asked(bench, where)
    page = "<html>" + 1000 * "no Blink here "
    caplog.set_level(logging.INFO)
    caplog.clear()
    for fault in (status(503, page, content_type="text/html"), status(500), status(404, page)):
        bench.blink.faults.add(where, fault)
        for ask in (*QUESTIONS.values(), BlinkCloud.keep_tokens_fresh):
            bench.clock.now += 7200
            with suppress(BlinkError):
                await ask(cloud)
        bench.blink.faults.clear()
    assert caplog.records == []


@pytest.mark.parametrize("where", QUESTIONS)
async def test_a_question_that_hangs_ends_in_time(bench: Bench, where: str) -> None:
    cloud = await asked(bench, where, request_timeout=SHORT)
    bench.blink.faults.add(where, Fault(FaultKind.HANG, seconds=2 * GUARD))
    async with asyncio.timeout(GUARD):
        with pytest.raises(BlinkError, match="did not answer in time"):
            await QUESTIONS[where](cloud)


@pytest.mark.parametrize("where", QUESTIONS)
async def test_a_body_that_drips_without_end_ends_in_time(bench: Bench, where: str) -> None:
    cloud = await asked(bench, where, request_timeout=SHORT)
    bench.blink.faults.add(where, Fault(FaultKind.DRIP, seconds=0.1, pieces=100))
    async with asyncio.timeout(GUARD):
        with pytest.raises(BlinkError, match="did not answer in time"):
            await QUESTIONS[where](cloud)
