"""The store of the alarm's own state: the version of its shape, and the way there from older ones.

A new kind of value that an older program cannot read, or would misread, makes a new version: an
older program then says that it is too old, and touches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from alarm.core.state import State
from storage.files import REAL, FileSystem
from storage.state_storage import Tables
from storage.store import Migration, StateStore

VERSION = 2


def to_2(tables: Tables) -> Tables:
    """Return the tables as they are: what version 2 adds has defaults."""
    return tables


MIGRATIONS: Mapping[int, Migration] = {1: to_2}


def state_store(directory: Path, fs: FileSystem = REAL) -> StateStore[State]:
    return StateStore(directory, State, schema_version=VERSION, migrations=MIGRATIONS, fs=fs)
