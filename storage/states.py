"""The store of the alarm's own state: the version of its shape, and the way there from older ones.

A new kind of value that an older program cannot read, or would misread, makes a new version: an
older program then says that it is too old, and touches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alarm.core.state import State
from storage.files import REAL, FileSystem
from storage.state_storage import Tables
from storage.store import Migration, StateStore

VERSION = 2


# "In 1 h" was the only way to put an arming off.
PUT_OFF_BY = timedelta(hours=1)


def to_2(tables: Tables) -> Tables:
    """Take what was put off out of what people planned; the rest that is new has defaults."""
    areas = tables.get("areas", {})
    lifted = {key: {**row, "value": put_off_apart(row["value"])} for key, row in areas.items()}
    return {**tables, "areas": lifted}


def put_off_apart(area: dict[str, Any]) -> dict[str, Any]:
    """Return an area whose put-off edge stands apart; it was a plan, at first without `edge`."""
    timing = area.get("timing", {})
    planned = timing.get("planned") or {}
    if not planned.get("postponed") and not planned.get("edge"):
        return area
    at = planned["at"]
    edge = planned.get("edge") or (datetime.fromisoformat(at) - PUT_OFF_BY).isoformat()
    apart = {**timing, "planned": None, "put_off": {"edge": edge, "at": at}}
    return {**area, "timing": apart}


MIGRATIONS: Mapping[int, Migration] = {1: to_2}


def state_store(directory: Path, fs: FileSystem = REAL) -> StateStore[State]:
    return StateStore(directory, State, schema_version=VERSION, migrations=MIGRATIONS, fs=fs)
