"""The alarm's own state comes from every older version, and goes to no program that is too old."""

from __future__ import annotations

from pathlib import Path

import pytest

from alarm.core.state import State
from storage.errors import NewerState
from storage.states import MIGRATIONS, VERSION, state_store
from storage.store import StateStore
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
