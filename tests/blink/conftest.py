from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from simulator.blink import BlinkStandIn
from tests.blink.bench import LONG, SHORT, Bench


@pytest.fixture
async def blink() -> AsyncIterator[BlinkStandIn]:
    stand_in = BlinkStandIn()
    await stand_in.start()
    yield stand_in
    assert stand_in.misdirected == []
    await stand_in.stop()


@pytest.fixture
async def bench(blink: BlinkStandIn, request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with AsyncExitStack() as stack:
        silence = "silent" in request.node.name or "silence" in request.node.name
        yield Bench(blink, stack, patience=SHORT if silence else LONG)
