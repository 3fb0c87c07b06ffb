"""Arm the default home, with a guard against waiting for ever."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError
from simulator.blink import BlinkStandIn
from simulator.faults import Fault
from tests.blink.bench import GUARD, HOMESCREEN, PASSING, status

HOME = "51001"
ARM, DISARM, STATE, COMMAND = "/state/arm", "/state/disarm", "/state/", "/command/"
# A deadline that is not reached unless something hangs: then the test fails, at GUARD.
AMPLE = 60.0
# A deadline that passes while a test waits for it.
TIGHT = 0.2
SLOW_DOWN = {name for name in PASSING if "406" in name or "429" in name}
BUSY = '{"message": "System is busy, please wait", "code": 307}'
NO_CAMERA_ON = '{"message": "No camera is enabled", "code": 304}'


async def arm(cloud: BlinkCloud, armed: bool = True, deadline: float = AMPLE) -> None:
    async with asyncio.timeout(GUARD):
        await cloud.set_armed(HOME, armed, deadline=deadline)


async def refused(cloud: BlinkCloud, armed: bool = True, deadline: float = AMPLE) -> BlinkError:
    """Arm in vain; return the error, which must not speak of giving up for good."""
    with pytest.raises(BlinkError) as failed:
        await arm(cloud, armed, deadline)
    assert not failed.value.permanent
    return failed.value


def shown(blink: BlinkStandIn, armed: object, **options: Any) -> Fault:
    """Let the homescreen show this arm state, whatever it really is."""
    body = {"networks": [{"id": int(HOME), "armed": armed}], "cameras": []}
    return blink.faults.add(HOMESCREEN, status(200, json.dumps(body), **options))
