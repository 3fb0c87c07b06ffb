from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.town import Town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    place = Town(tmp_path)
    await place.open()
    try:
        yield place
    finally:
        await place.close()
    assert place.blink.misdirected == []
    assert place.elsewhere == ""
