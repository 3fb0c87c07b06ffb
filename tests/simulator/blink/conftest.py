from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from blinkpy import api
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn
from tests.simulator.blink.bench import client, running


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out the pauses that blinkpy makes for the sake of the real servers."""
    monkeypatch.setattr(api, "COMMAND_POLL_TIME", 0.01)
    for paused in (
        api.request_homescreen,
        Blink.refresh,
        api.request_system_arm,
        api.request_system_disarm,
        api.request_motion_detection_enable,
        api.request_motion_detection_disable,
    ):
        _throttle_off(paused, monkeypatch)


def _throttle_off(paused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for cell in paused.__closure__:
        if hasattr(cell.cell_contents, "throttle_time"):
            monkeypatch.setattr(cell.cell_contents, "throttle_time", 0)


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkStandIn]:
    async with running(BlinkStandIn()) as cloud:
        yield cloud
        assert not cloud.misdirected


@pytest.fixture
async def blink(cloud: BlinkStandIn) -> AsyncIterator[Blink]:
    async with client(cloud) as blink:
        assert await blink.start()
        yield blink
