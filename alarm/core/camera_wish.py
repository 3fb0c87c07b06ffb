"""What is wished of the motion detection of cameras that are, or were, to be private."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """How far it is.

    `look`: to be switched off, once a fresh look shows that it is on. `off`, `on`: we switch it,
    and are the ones who switched it off. `left`: off before, or switched on in the Blink app
    since; it is left as it is.
    """

    LOOK = "look"
    OFF = "off"
    ON = "on"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class CameraWish:
    """One camera's motion detection. It is forgotten once it is on again, confirmed by Blink."""

    step: Step
    since: datetime
    confirmed: bool = False
    told: bool = False
    confirmed_at: datetime | None = None
    missing_since: datetime | None = None

    @property
    def ours(self) -> bool:
        """Tell whether the camera may be off because of us."""
        return self.step in (Step.OFF, Step.ON)

    @property
    def private(self) -> bool:
        """Tell whether it is to be off, and that by us."""
        return self.step is Step.OFF

    def orders(self, *, enabled: bool) -> bool:
        """Tell whether such an order still makes sense."""
        return not self.confirmed and self.step is (Step.ON if enabled else Step.OFF)
