"""Downloads of what was recorded, and how they fail."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from tests.blink.bench import GUARD, Bench, events, left, pages

CLIP = r"\.mp4$"
JPEG = r"\.jpg"
NOT_FOUND = '{"message": "Media not found", "code": 700}'


async def recorded(bench: Bench, cloud: BlinkCloud) -> MotionEvent:
    bench.blink.motion("Hall")
    return events(await pages(cloud))[-1]


async def fails(cloud: BlinkCloud, event: MotionEvent, directory: Path) -> BlinkError:
    """Download in vain; return the error after a look that nothing was left behind."""
    with pytest.raises(BlinkError) as failed:
        async with asyncio.timeout(GUARD):
            await cloud.download_clip(event, directory / "clip.mp4")
    assert left(directory) == []
    return failed.value
