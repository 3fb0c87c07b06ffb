"""The first complete path: a burst becomes an alert, a call, an acknowledgement."""

from __future__ import annotations

from simulator.twilio import human
from tests.e2e.town import PHONE, Town


async def test_a_burst_alerts_rings_and_is_acknowledged(town: Town) -> None:
    town.twilio.number(PHONE, human())
    await town.armed()
    town.burst("Front Door", "Hall")
    alert = await town.said("ALARM")
    await town.rang(1)
    town.ann.press("Acknowledge")
    await town.said("Acknowledged by Ann")
    assert alert.text.split()[1].rstrip(":") == "ALARM"
    assert await town.stop() == 0
