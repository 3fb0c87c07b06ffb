from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import history
from tests.storage.house import MEMORY
from tests.storage.trial import Trial


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Return a directory of real files in memory: a disk would take minutes over so many."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make three rows a full file."""
    monkeypatch.setattr(history, "MAX_ROWS", 3)
