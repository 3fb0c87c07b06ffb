"""The loopback stand-in of Blink's cloud: login, devices, arming, clips."""

from simulator.blink.commands import Outcome
from simulator.blink.stand_in import BlinkStandIn, Misdirected
from simulator.blink.world import Camera, Clip, Network, TwoFactor

__all__ = ["BlinkStandIn", "Camera", "Clip", "Misdirected", "Network", "Outcome", "TwoFactor"]
