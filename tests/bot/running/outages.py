"""The ways in which Blink's list of clips fails."""

from __future__ import annotations

import pytest

from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind

LISTING = "media/changed"
OUTAGES = {
    "drop": Fault(FaultKind.DROP),
    "hang": Fault(FaultKind.HANG, seconds=5.0),
    "401": Fault(FaultKind.STATUS, status=401),
    "404": Fault(
        FaultKind.STATUS, status=404, body="<html>nothing</html>", content_type="text/html"
    ),
    "406": Fault(FaultKind.STATUS, status=406, body="slow down", content_type="text/plain"),
    "429": Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "7"}),
    "500": Fault(FaultKind.STATUS, status=500, body="oh no", content_type="text/plain"),
    "garbage": Fault(FaultKind.GARBAGE),
    "cut": Fault(FaultKind.CUT),
}
EVERY_OUTAGE = pytest.mark.parametrize("kind", OUTAGES)


def fail(blink: BlinkStandIn, kind: str, pattern: str = LISTING) -> None:
    blink.faults.add(pattern, OUTAGES[kind])
