from __future__ import annotations

from pathlib import Path

import pytest

from storage import history
from tests.storage.trial import Trial


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make three rows a full file."""
    monkeypatch.setattr(history, "MAX_ROWS", 3)
