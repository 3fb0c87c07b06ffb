"""The whole program as a process: a second one, a foreign directory, and its end."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.cli.bench import COMMAND, Clouds, blink_alarm
from tests.bot.settings.bench import MINIMAL, TWILIO


@pytest.fixture
def environ(clouds: Clouds, tmp_path: Path) -> dict[str, str]:
    log = {"LOG_PATH": str(tmp_path / "alarm.log"), "LOG_LEVEL": "DEBUG"}
    return MINIMAL | TWILIO | clouds.addresses | log


@contextmanager
def running(state: Path, environ: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the alarm and wait for its code, which it prints when its memory is in use."""
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(
        [*COMMAND, "run", "--state-dir", state],
        env=base | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        while "start=" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        try:
            yield process, said
        finally:
            process.kill()


def test_a_second_alarm_is_refused_and_the_first_ends_cleanly(
    environ: dict[str, str], tmp_path: Path
) -> None:
    state = tmp_path / "state"
    with running(state, environ) as (first, said):
        second = blink_alarm("run", "--state-dir", state, environ=environ)
        checked = blink_alarm("check", "--state-dir", state, environ=environ)
        first.send_signal(signal.SIGTERM)
        rest, _ = first.communicate(timeout=30)
    assert first.returncode == 0
    assert second.returncode == 3
    assert str(state) in second.stderr
    assert checked.returncode == 0, checked.stdout
    assert "a running blink-alarm holds" in checked.stdout
    log = (tmp_path / "alarm.log").read_text()
    written = said + rest + second.stderr + second.stdout + checked.stdout + log
    for name in ("TELEGRAM_BOT_TOKEN", "BLINK_PASSWORD", "TWILIO_AUTH_TOKEN"):
        assert environ[name].rpartition(":")[2] not in written
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_ctrl_c_ends_it_cleanly_too(environ: dict[str, str], tmp_path: Path) -> None:
    with running(tmp_path / "state", environ) as (process, _):
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in rest) == (0, False)


def test_a_memory_that_others_may_write_to_is_exit_status_1_with_what_to_do(
    tmp_path: Path,
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o777)
    done = blink_alarm("run", "--state-dir", state, environ=MINIMAL)
    assert done.returncode == 1
    assert f"chmod 700 {state}" in done.stderr
    assert "Traceback" not in done.stderr
    assert [*state.iterdir()] == []
