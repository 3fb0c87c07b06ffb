"""The alarm's own state comes from every older version, and goes to no program that is too old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from alarm.core.schedule.calendar import Planned, PutOff, Timing
from alarm.core.settings import Mode
from alarm.core.state import State
from storage.envelope import Envelope
from storage.errors import NewerState
from storage.states import MIGRATIONS, VERSION, state_store
from storage.store import COPY_NAME, STATE_NAME, StateStore
from tests.core.home import household


def test_there_is_a_way_from_every_version() -> None:
    assert sorted(MIGRATIONS) == list(range(1, VERSION))


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_state_of_every_version_is_understood(tmp_path: Path, version: int) -> None:
    older = StateStore(tmp_path, State, schema_version=version)
    older.open()
    older.load()
    older.commit(household())
    older.close()
    loaded = state_store(tmp_path).load()
    assert (loaded.state, loaded.notes) == (household(), ())


AT, EDGE = "2026-03-04T18:00:00.000000+00:00", "2026-03-04T17:00:00.000000+00:00"
PLAN = {"at": AT, "mode": "away", "by": "", "until": None}


def timing_after(directory: Path, planned: Mapping[str, str | bool | None] | None) -> Timing:
    """Return how the clock changes an area of which version 1 knew this arming to come."""
    store = state_store(directory)
    older = {"settled_at": None, "hold": None, "planned": planned, "called_off": EDGE}
    area = {"network_id": "51001", "name": "House", "timing": older}
    rows = {"1": {"key": "51001", "value": area}}
    envelope = Envelope("blink-alarm state", 1, 7, {"areas": rows})
    (directory / STATE_NAME).write_bytes(envelope.to_bytes())
    (directory / COPY_NAME).write_bytes(envelope.to_bytes())
    loaded = store.load()
    assert loaded.notes == ()
    assert loaded.state is not None
    return loaded.state.areas["51001"].timing


@pytest.mark.parametrize("written", [{"postponed": True}, {"edge": EDGE}], ids=["first", "later"])
def test_what_version_1_put_off_is_no_plan_of_a_person(
    tmp_path: Path, written: dict[str, str | bool | None]
) -> None:
    timing = timing_after(tmp_path, {**PLAN, **written})
    edge, at = datetime.fromisoformat(EDGE), datetime.fromisoformat(AT)
    assert timing == Timing(put_off=PutOff(edge, at), called_off=edge)


@pytest.mark.parametrize("written", [{}, {"postponed": False}, {"edge": None}])
def test_what_version_1_knew_as_the_plan_of_a_person_stays_one(
    tmp_path: Path, written: dict[str, str | bool | None]
) -> None:
    timing = timing_after(tmp_path, {**PLAN, "by": "Ann", **written})
    assert timing.planned == Planned(datetime.fromisoformat(AT), Mode.AWAY, "Ann")
    assert timing.put_off is None


def test_where_version_1_had_nothing_to_come_there_is_nothing(tmp_path: Path) -> None:
    timing = timing_after(tmp_path, None)
    assert (timing.planned, timing.put_off) == (None, None)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_program_that_is_too_old_touches_nothing(tmp_path: Path, version: int) -> None:
    store = state_store(tmp_path)
    store.open()
    store.load()
    store.commit(household())
    store.close()
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    older = StateStore(tmp_path, State, schema_version=version)
    with pytest.raises(NewerState):
        older.load()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
