"""Twilio's voice API on loopback: refuses what Twilio refuses, and plays the phones."""

from __future__ import annotations

from simulator.twilio.behaviour import (
    BUSY,
    ENDLESS,
    FAILED,
    MACHINE,
    NO_ANSWER,
    Answer,
    Behaviour,
    human,
)
from simulator.twilio.call import Call
from simulator.twilio.stand_in import TwilioStandIn
from simulator.twilio.twiml import Said

__all__ = [
    "BUSY",
    "ENDLESS",
    "FAILED",
    "MACHINE",
    "NO_ANSWER",
    "Answer",
    "Behaviour",
    "Call",
    "Said",
    "TwilioStandIn",
    "human",
]
