"""How long things take in the demo's night."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Seconds: pauses for the reader, delays of the alarm, and what people take."""

    read: float = 1.5  # before somebody acts, so that the words above can be read
    lone: float = 4.0  # for which nothing must follow a single event
    steps: float = 0.8  # from the front door to the hall
    poll: float = 0.5
    exit_delay: float = 5.0
    abort_window: float = 6.0
    between_calls: float = 4.0
    rings_in_vain: float = 4.0
    until_picked_up: float = 2.0
    listens: float = 6.0

    @property
    def delays(self) -> dict[str, str]:
        """Return the variables by which the program keeps this pace."""
        return {
            "SLEEP_TIME_SECONDS": f"{self.poll:g}",
            "POLL_DISARMED_SECONDS": f"{self.poll:g}",
            "ALARM_EXIT_DELAY_SECONDS": f"{self.exit_delay:g}",
            "ALARM_CALL_DELAY_SECONDS": f"{self.abort_window:g}",
            "ALARM_BETWEEN_CYCLES_PAUSE_SECONDS": f"{self.between_calls:g}",
        }


NATURAL = Pace()
