from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.settings.bench import MINIMAL
from tests.systemd.stage import Stage

# No machine answers there, so that a check of the accounts ends at once.
NOWHERE = {f"{cloud}_API_URL": "http://127.0.0.1:9" for cloud in ("TELEGRAM", "TWILIO", "BLINK")}
ORIGINAL = "".join(f"{k}='{v}'\n" for k, v in (MINIMAL | NOWHERE).items())


@pytest.fixture
def real(tmp_path: Path) -> Stage:
    """A machine on which the program's own check runs, as it does at home."""
    return Stage(tmp_path)


@pytest.fixture
def stage(real: Stage) -> Stage:
    real.check_ends_with(0)
    return real


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """The two files of the original program, the bot token added."""
    path = tmp_path / "original"
    path.mkdir()
    (path / "credentials.env").write_text(ORIGINAL.replace("BLINK_", ""))
    (path / "vars.env").write_text("LOGIN_API=x\nALARM_CYCLES_TOTAL=3\n")
    return path
