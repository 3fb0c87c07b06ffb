"""The command line: what it takes, its exit statuses, and how it ends."""

from __future__ import annotations

import importlib.metadata
import logging
import os
import signal
import subprocess
import sys
import types
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import Config
from tests.bot.cli.bench import COMMAND, blink_alarm
from tests.bot.settings.bench import MINIMAL, TWILIO


def words_of(argv: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str, str]:
    """Return the exit status and what was printed where argparse ends the program."""
    with pytest.raises(SystemExit) as ended:
        main(argv)
    shown = capsys.readouterr()
    return ended.value.code, shown.out, shown.err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    version = importlib.metadata.version("blink-alarm")
    assert words_of(["--version"], capsys) == (0, f"blink-alarm {version}\n", "")


def test_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = words_of(["--help"], capsys)
    assert status == 0
    assert all(f"    {command} " in out for command in ("run", "demo", "setup", "check"))
    for command, options in {
        "run": ("--env-file", "--state-dir"),
        "check": ("--env-file", "--state-dir"),
        "setup": ("--env-file",),
        "demo": ("--interactive",),
    }.items():
        status, out, _ = words_of([command, "--help"], capsys)
        assert status == 0
        assert all(option in out for option in options)


@pytest.mark.parametrize(
    "argv", [[], ["fly"], ["run", "--fly"], ["run", "now"], ["setup", "--state-dir", "x"]]
)
def test_what_nobody_knows_is_refused_with_the_usage(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = words_of(argv, capsys)
    assert (status, out) == (2, "")
    assert err.startswith("usage: blink-alarm")


# Configuration errors


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("BLINK_EMAIL=", "BLINK_EMAIL (or EMAIL) is not set"),
        ("TIMEZONE=Mars/Qzxkvj", "TIMEZONE in"),
        ("TWILLO_SECRET=qzxkvj", "TWILIO_ACCOUNT_SID (or TWILLO_ACCOUNT) is not set"),
        ("qzxkvj", "Line 5 of the env file"),
    ],
)
def test_a_configuration_error_is_one_sentence_and_exit_status_2(
    command: str, line: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.env"
    path.write_text("".join(f"{k}={v}\n" for k, v in MINIMAL.items()) + line)
    state = tmp_path / "state"
    status = main([command, "--env-file", str(path), "--state-dir", str(state)])
    shown = capsys.readouterr()
    assert (status, shown.out) == (2, "")
    assert shown.err.startswith(f"blink-alarm: {sentence}")
    assert shown.err.count("\n") == 1
    assert "qzxkvj" not in shown.err.lower()
    assert not state.exists()


def test_a_missing_env_file_is_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--env-file", str(tmp_path / "no.env")]) == 2
    assert f"The env file {tmp_path}/no.env cannot be read" in capsys.readouterr().err


def test_the_refusal_of_a_process_loads_no_cloud_and_no_database() -> None:
    script = (
        "import sys; from bot.cli import main; status = main(['run']);"
        "heavy = {'telegram', 'twilio', 'blinkpy', 'tinydb', 'aiohttp', 'httpx', 'requests'};"
        "print(status, sorted(heavy & set(sys.modules)), 'bot.program' in sys.modules)"
    )
    environ = {"PATH": os.environ["PATH"], "EMAIL": "a@b"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout == "2 [] False\n"
    assert done.stderr.startswith("blink-alarm: TELEGRAM_BOT_TOKEN is not set")


# What run hands over


class Program(types.ModuleType):
    """Takes the place of the program and notes what it was given."""

    def __init__(self, status: int) -> None:
        super().__init__("bot.program")
        self.status = status
        self.given: list[tuple[Config, Path]] = []

    def run(self, config: Config, state_dir: Path) -> int:
        self.given.append((config, state_dir))
        logging.getLogger("bot.program").info("running with %s", config.blink_password)
        return self.status


@pytest.fixture
def program(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Program:
    module = Program(getattr(request, "param", 0))
    monkeypatch.setitem(sys.modules, "bot.program", module)
    return module


@pytest.mark.parametrize("program", [0, 1, 3], indirect=True)
def test_run_passes_on_what_it_was_told_and_the_exit_status(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.env", tmp_path / "b.env"
    first.write_text("".join(f"{k}='{v}'\n" for k, v in MINIMAL.items()))
    second.write_text("ALARM_CYCLES_TOTAL=4\n")
    monkeypatch.setenv("ALARM_THRESHOLD_EVENT_COUNT", "5")
    for files in (
        ["--env-file", str(first), str(second)],
        ["--env-file", str(first), "--env-file", str(second)],
    ):
        assert main(["run", *files, "--state-dir", str(tmp_path / "s")]) == program.status
    assert len(program.given) == 2
    for config, state_dir in program.given:
        assert (config.cycles, config.threshold) == (4, 5)
        assert state_dir == tmp_path / "s"


def test_run_takes_the_state_directory_that_systemd_made(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in MINIMAL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "systemd"))
    assert main(["run"]) == 0
    assert program.given[0][1] == tmp_path / "systemd"


def test_run_logs_what_the_configuration_warns_of_before_the_program_starts(
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = tmp_path / "alarm.log"
    given = {"LOGIN_API": "x", "SLEEP_TIME_SECONDS": "1", "LOG_PATH": str(log)}
    for name, value in (MINIMAL | given).items():
        monkeypatch.setenv(name, value)
    assert main(["run", "--state-dir", str(tmp_path)]) == 0
    lines = [line.partition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    assert lines == [
        "WARNING bot.cli: LOGIN_API has no effect in this program and can be removed.",
        "WARNING bot.cli: SLEEP_TIME_SECONDS is below 5: only sensible with stand-ins.",
        "INFO bot.program: running with [hidden]",
    ]
    assert [line.partition(" ")[2] for line in log.read_text().splitlines()] == lines


@pytest.mark.parametrize("interactive", [True, False])
def test_demo_passes_on_whether_a_person_plays_along(
    interactive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("bot.demo")
    played: list[bool] = []

    def play(wanted: bool) -> int:
        played.append(wanted)
        return 7

    monkeypatch.setattr(module, "main", play, raising=False)
    monkeypatch.setitem(sys.modules, "bot.demo", module)
    assert main(["demo", *(["--interactive"] if interactive else [])]) == 7
    assert played == [interactive]


# Real processes


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_a_signal_before_the_program_runs_ends_it_with_status_0(
    tmp_path: Path, number: signal.Signals
) -> None:
    pipe = tmp_path / "a.env"
    os.mkfifo(pipe)
    # A shell starts what runs in its background with SIGINT ignored.
    background = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *COMMAND]
    process = subprocess.Popen([*background, "run", "--env-file", pipe], stderr=subprocess.PIPE)
    # Opening waits until the process reads its settings, which then never come.
    with pipe.open("wb"):
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, b"")


def test_an_error_that_nobody_expected_is_exit_status_1_and_shows_no_secret(
    tmp_path: Path,
) -> None:
    script = (
        "import sys, types; import bot; from bot.cli import main\n"
        "module = types.ModuleType('bot.program')\n"
        "def run(config, state_dir): raise RuntimeError(f'{config.blink_password} is no good')\n"
        "module.run = run; sys.modules['bot.program'] = module; sys.exit(main(['run']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **MINIMAL},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "CRITICAL bot.logs: Nobody caught this error." in done.stderr
    assert "RuntimeError: [hidden] is no good" in done.stderr
    assert MINIMAL["BLINK_PASSWORD"] not in done.stderr


def test_the_command_itself_checks_and_reports(tmp_path: Path) -> None:
    closed = {f"{cloud}_API_URL": "http://127.0.0.1:9" for cloud in ("TELEGRAM", "TWILIO", "BLINK")}
    done = blink_alarm("check", "--state-dir", tmp_path / "s", environ=MINIMAL | TWILIO | closed)
    assert done.returncode == 1
    assert done.stderr == ""
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "ok",
        "ok",
        "fail",
        "fail",
        "fail",
    ]
