"""The options against false alarms that hold in every mode (CP-01)."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import Any

from alarm.core.options import OFF, Group, Option, number, span, switch
from alarm.core.settings import MAX_SWINGER

# In seconds; 0 is off.
RECENT_CLOSINGS = (0, 60, 120, 180, 300, 600)
CANCEL_WINDOWS = (0, 300, 600, 900, 1200, 1800)


def of_home(name: str) -> dict[str, Any]:
    """Return how a setting of the whole home is read and written."""
    return {
        "read": attrgetter(name),
        "write": lambda settings, value: replace(settings, **{name: value}),
    }


def false_alarm_options() -> tuple[Option[Any], ...]:
    """Return them as they come into play, from the arming to the alarms of many nights."""
    return (
        switch("exit-progress", "Countdown", Group.FALSE_ALARMS, **of_home("exit_progress")),
        span(
            "recent-closing",
            "Soon after arming",
            Group.FALSE_ALARMS,
            limits="1 min to 10 min, or off",
            **of_home("recent_closing"),
            steps=RECENT_CLOSINGS,
            example="3m",
            zero=OFF,
        ),
        switch("abort-notice", "Abort notice", Group.FALSE_ALARMS, **of_home("abort_notice")),
        span(
            "cancel-window",
            "Cancel window",
            Group.FALSE_ALARMS,
            limits="5 min to 30 min, or off",
            **of_home("cancel_window"),
            steps=CANCEL_WINDOWS,
            example="10m",
            zero=OFF,
        ),
        switch("cancel-notice", "Cancel notice", Group.FALSE_ALARMS, **of_home("cancel_notice")),
        number(
            "swinger",
            "Alarms until left out",
            Group.FALSE_ALARMS,
            limits=f"1 to {MAX_SWINGER}, or off",
            **of_home("swinger"),
            steps=tuple(range(MAX_SWINGER + 1)),
            zero=OFF,
        ),
    )
