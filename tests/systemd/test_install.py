"""Installing and updating the service, on a machine made of paper."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.bot.settings.bench import MINIMAL
from tests.systemd.stage import NAME, SYSTEMD, Stage

CONFIG = f"etc/{NAME}"
UNIT = f"etc/systemd/system/{NAME}.service"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("script", ["install.sh", "uninstall.sh"])
def test_a_script_is_sound_executable_and_explains_itself(script: str) -> None:
    path = SYSTEMD / script
    assert mode(path) & 0o111
    subprocess.run(["bash", "-n", path], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", path], check=True)
    shown = subprocess.run([path, "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith(f"Usage: sudo systemd/{script}")
    wrong = subprocess.run([path, "--fly"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Usage:")


@pytest.mark.parametrize("script", ["install.sh", "uninstall.sh"])
def test_only_root_may_run_it(script: str, tmp_path: Path) -> None:
    copy = tmp_path / "systemd" / script
    copy.parent.mkdir()
    copy.write_text((SYSTEMD / script).read_text().replace("$EUID", "1000"))
    done = subprocess.run(["bash", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{script}: run this with sudo\n"


def test_a_first_installation_asks_for_the_accounts_and_starts_nothing(real: Stage) -> None:
    done = real.install()
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    assert "TELEGRAM_BOT_TOKEN in" in done.stderr
    assert f"sudo {NAME} setup --env-file {real.root}/{CONFIG}/credentials.env" in done.stdout
    orders = real.orders()
    (useradd,) = (order for order in orders if order.startswith("useradd"))
    assert useradd == (
        f"useradd --system --user-group --no-create-home --home-dir {real.root}/var/lib/{NAME}"
        f" --shell /usr/sbin/nologin {NAME}"
    )
    assert [order for order in orders if order.startswith("systemctl")] == [
        "systemctl daemon-reload",
        f"systemctl enable --quiet {NAME}.service",
    ]
    assert real.files == {
        f"opt/{NAME}/bin/python",
        f"opt/{NAME}/bin/pip",
        f"opt/{NAME}/bin/{NAME}",
        f"opt/{NAME}/README.md",
        f"usr/local/bin/{NAME}",
        f"{CONFIG}/credentials.env",
        f"{CONFIG}/vars.env",
        UNIT,
    }
    assert mode(real.root / CONFIG) == 0o750
    assert mode(real.root / f"var/lib/{NAME}") == 0o700
    for file in ("credentials.env", "vars.env"):
        assert mode(real.root / CONFIG / file) == 0o600
        example = (SYSTEMD / f"{file}.example").read_text()
        assert (real.root / CONFIG / file).read_text() == example
    assert (real.root / UNIT).read_bytes() == (SYSTEMD / f"{NAME}.service").read_bytes()
    assert (real.root / f"usr/local/bin/{NAME}").resolve() == real.root / f"opt/{NAME}/bin/{NAME}"


def test_secrets_and_memory_belong_to_the_service(stage: Stage) -> None:
    stage.install()
    installed = stage.orders("install")
    owned = f"-o {NAME} -g {NAME}"
    assert sum(owned in order and "0600" in order for order in installed) == 2
    assert f"install -d -m 0700 {owned} {stage.root}/var/lib/{NAME}" in installed
    assert f"install -d -m 0750 -o root -g {NAME} {stage.root}/{CONFIG}" in installed


def test_the_package_is_built_from_a_copy_that_goes_away(stage: Stage) -> None:
    stage.install()
    (pip,) = stage.orders("pip")
    assert f"--constraint {stage.checkout}/constraints.txt {stage.path}/tmp/" in pip
    built = (stage.path / "built").read_text().split()
    assert sorted(built) == sorted(
        ["alarm", "bot", "simulator", "storage", "pyproject.toml", "README.md"]
    )
    assert [*(stage.path / "tmp").iterdir()] == []


def test_the_files_of_the_original_program_are_enough_to_start(real: Stage, original: Path) -> None:
    done = real.install("--from", original)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Installed and started." in done.stdout
    assert real.orders("systemctl")[-1] == f"systemctl restart {NAME}.service"
    for file in ("credentials.env", "vars.env"):
        assert (real.root / CONFIG / file).read_text() == (original / file).read_text()
        assert mode(real.root / CONFIG / file) == 0o600
    assert "LOGIN_API has no effect" in done.stdout
    assert MINIMAL["BLINK_PASSWORD"] not in done.stdout


def test_a_second_run_keeps_credentials_and_changes_nothing_else(
    stage: Stage, original: Path
) -> None:
    stage.install("--from", original)
    stage.orders()
    (original / "credentials.env").write_text("PASSWORD=another\n")
    with (stage.root / CONFIG / "vars.env").open("a") as settings:
        settings.write("ALARM_THRESHOLD_EVENT_COUNT=3\n")
    before = {name: (stage.root / name).read_bytes() for name in stage.files}
    done = stage.install("--from", original)
    assert done.returncode == 0
    assert {name: (stage.root / name).read_bytes() for name in stage.files} == before
    for file in ("credentials.env", "vars.env"):
        assert f"Kept: {stage.root}/{CONFIG}/{file}\n" in done.stdout
    orders = stage.orders()
    assert not [order for order in orders if order.startswith("useradd")]
    assert f"systemctl restart {NAME}.service" in orders
    assert f"python -m venv {stage.root}/opt/{NAME}" in orders


@pytest.mark.parametrize("status", [0, 1])
def test_a_cloud_that_fails_its_check_does_not_keep_the_alarm_from_starting(
    stage: Stage, original: Path, status: int
) -> None:
    stage.check_ends_with(status)
    done = stage.install("--from", original)
    assert done.returncode == 0
    (check,) = stage.orders("runuser")
    assert check.startswith(f"runuser -u {NAME} -- {stage.root}/opt/{NAME}/bin/{NAME} check ")
    assert "Installed and started." in done.stdout


@pytest.mark.parametrize("content", ["nothing", "no directory"])
def test_a_directory_without_the_original_files_is_refused_before_anything_is_done(
    stage: Stage, tmp_path: Path, content: str
) -> None:
    if content == "nothing":
        (tmp_path / "other").mkdir()
    done = stage.install("--from", tmp_path / "other")
    assert done.returncode == 1
    assert str(tmp_path / "other") in done.stderr
    assert (stage.orders(), stage.files) == ([], set())


def test_under_a_strict_umask_the_service_can_still_read_its_program(
    stage: Stage, original: Path
) -> None:
    before = os.umask(0o077)
    try:
        assert stage.install("--from", original).returncode == 0
    finally:
        os.umask(before)
    for path in ("opt", f"opt/{NAME}", f"opt/{NAME}/bin"):
        assert mode(stage.root / path) & 0o005 == 0o005
    assert mode(stage.root / CONFIG / "credentials.env") == 0o600


def test_a_venv_whose_python_went_away_is_made_anew(stage: Stage) -> None:
    stage.install()
    stage.orders()
    python = stage.root / f"opt/{NAME}/bin/python"
    python.unlink()
    python.symlink_to("/usr/bin/python3.0")
    stale = stage.root / f"opt/{NAME}/stale"
    stale.touch()
    assert stage.install().returncode == 0
    assert f"python -m venv --clear {stage.root}/opt/{NAME}" in stage.orders()
    assert not stale.exists()


def test_a_python_that_is_too_old_or_in_a_home_stops_before_anything_is_done(
    stage: Stage,
) -> None:
    at_home = stage.path / "python-at-home"
    at_home.write_text('#!/bin/sh\ncase "$*" in *realpath*) echo /home/ann/python;; esac\n')
    at_home.chmod(0o755)
    for python, hint in (("false", "not Python 3.11 or newer"), (at_home, "home directory")):
        done = stage.run("install.sh", "--python", python)
        assert done.returncode == 1
        assert hint in done.stderr
        assert (stage.orders(), stage.files) == ([], set())


def test_a_package_that_cannot_be_installed_leaves_the_running_service_alone(
    stage: Stage, original: Path
) -> None:
    stage.install("--from", original)
    stage.orders()
    (stage.path / "fail-pip").touch()
    assert stage.install().returncode == 1
    assert stage.orders("systemctl") == []
    assert [*(stage.path / "tmp").iterdir()] == []


def test_a_dry_run_needs_no_root_shows_every_step_and_does_none(
    stage: Stage, original: Path
) -> None:
    from_original: list[str | Path] = ["--from", original]
    for arguments in ([], from_original):
        done = stage.install("--dry-run", *arguments)
        assert done.returncode == 0
        assert (stage.orders("useradd"), stage.files) == ([], set())
        for step in ("useradd ", " -m venv ", "pip install ", "systemctl restart "):
            assert step in done.stdout
        assert ("original/vars.env" in done.stdout) == bool(arguments)
    assert stage.orders() == []


def test_a_dry_run_tells_every_reason_to_stop(stage: Stage) -> None:
    done = stage.run("install.sh", "--dry-run", "--python", "false", "--from", "/nowhere")
    assert done.returncode == 0
    assert "/nowhere holds neither" in done.stderr
    assert "not Python 3.11" in done.stderr
    assert stage.files == set()
