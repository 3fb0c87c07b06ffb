"""The options against false alarms that hold in every mode (CP-01)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alarm.core.options import Group, Option, number
from alarm.core.settings import MAX_SWINGER


def false_alarm_options() -> tuple[Option[Any], ...]:
    return (
        number(
            "swinger",
            "Alarms until left out",
            Group.FALSE_ALARMS,
            limits=f"1 to {MAX_SWINGER}, or off",
            read=lambda settings: settings.swinger,
            write=lambda settings, value: replace(settings, swinger=value),
            steps=tuple(range(MAX_SWINGER + 1)),
            zero="off",
        ),
    )
