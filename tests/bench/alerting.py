"""How long an alert takes beyond the poll that found it, through the real program."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.e2e.town import Town

ALERTS = 10


async def measure() -> list[str]:
    """Return the lines to print."""
    with tempfile.TemporaryDirectory() as directory:
        town = Town(Path(directory))
        await town.open()
        town.env |= {"ALARM_CALL_DELAY_SECONDS": "300", "ALARM_THRESHOLD_EVENT_COUNT": "1"}
        try:
            await town.armed()
            # The same camera is behind every alarm here, and is to stay.
            await town.ask("/swinger off", "off")
            found = [await _alert(town) for _ in range(ALERTS)]
        finally:
            await town.close()
    whole = sorted(found)
    p50, worst = statistics.median(whole) * 1000, whole[-1] * 1000
    return [
        "from the listing request that showed the clip to the alert at Telegram:",
        f"p50 {p50:.1f} ms, worst of {ALERTS} {worst:.1f} ms (goal 50 ms)",
    ]


async def _alert(town: Town) -> float:
    newest = town.ann.chat.messages[-1].id
    town.blink.motion("Front Door")
    listed = time.monotonic()
    alert = await town.said("ALARM", after=newest)
    polled = next(
        seen.at for seen in town.blink.seen if "media/changed" in seen.path and seen.at >= listed
    )
    town.ann.press("False alarm", message=alert)
    await town.said("False alarm", after=alert.id)
    # Blink's times are whole seconds: what is created in this one still belongs to the incident.
    await asyncio.sleep(1.1)
    return alert.monotonic - polled
