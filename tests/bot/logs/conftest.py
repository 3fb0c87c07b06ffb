from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from bot.config import Config
from bot.logs import redact, set_up_logging
from tests.bot.logs.bench import HEARTBEAT, LATER, PASSWORD
from tests.bot.settings.bench import TWILIO, config


@pytest.fixture
def full(tmp_path: Path) -> Config:
    return config(
        **TWILIO,
        BLINK_PASSWORD=PASSWORD,
        HEARTBEAT_URL=HEARTBEAT,
        LOG_LEVEL="DEBUG",
        LOG_PATH=str(tmp_path / "alarm.log"),
    )


@pytest.fixture
def logged(full: Config) -> Callable[[], str]:
    """Set logging up at its most talkative; the result gives what was written since."""
    stream = io.StringIO()
    with redirect_stderr(stream):
        set_up_logging(full)
    redact(LATER)

    def written() -> str:
        assert full.log_path is not None
        console, file = stream.getvalue(), full.log_path.read_text()
        full.log_path.write_text("")
        stream.seek(stream.truncate(0))
        assert console.count("\n") == file.count("\n")
        return console + file

    return written
