"""The unit file: systemd understands every line, and it starts what the command line takes."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from bot.cli import BAD_CONFIGURATION, main

SYSTEMD = Path(__file__).parents[2] / "systemd"
# The program ends this soon after SIGTERM, whatever it does.
PROMISED_STOP_SECONDS = 10
UNIT = SYSTEMD / "blink-alarm.service"

# What systemd 247 (Debian 11) and later know, as far as the unit uses it.
KNOWN = {
    "Unit": "Description Documentation Wants After StartLimitIntervalSec",
    "Service": "Type User Group ExecStart WorkingDirectory Restart RestartSec"
    " RestartPreventExitStatus TimeoutStopSec StateDirectory StateDirectoryMode LogsDirectory"
    " LogsDirectoryMode UMask OOMScoreAdjust NoNewPrivileges CapabilityBoundingSet"
    " AmbientCapabilities ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectClock"
    " ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules"
    " ProtectKernelTunables ProtectProc RestrictAddressFamilies RestrictNamespaces"
    " RestrictRealtime RestrictSUIDSGID RemoveIPC LockPersonality SystemCallArchitectures"
    " SystemCallFilter SystemCallErrorNumber",
    "Install": "WantedBy",
}


def read_unit() -> dict[str, dict[str, list[str]]]:
    """Return section, key and values, and refuse any line of another form."""
    sections: dict[str, dict[str, list[str]]] = {}
    keys: dict[str, list[str]] = {}
    for line in UNIT.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            keys = sections.setdefault(line.strip("[]"), defaultdict(list))
            continue
        key, equals, value = line.partition("=")
        assert equals, line
        assert key.isalpha(), line
        assert not value.endswith("\\"), line
        keys[key].append(value)
    return sections


def test_every_section_and_key_is_known_and_given_once() -> None:
    unit = read_unit()
    assert unit.keys() == KNOWN.keys()
    for section, keys in unit.items():
        assert set(keys) <= set(KNOWN[section].split())
        assert all(len(values) == 1 for values in keys.values())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_has_nothing_to_say_about_it(tmp_path: Path) -> None:
    command = read_unit()["Service"]["ExecStart"][0]
    copy = tmp_path / UNIT.name
    # The program is not installed on this machine.
    text = UNIT.read_text().replace(command, "/bin/true")
    copy.write_text(text.replace("file:/opt", "file:/"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_starts_with_both_files_the_later_before_the_earlier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(read_unit()["Service"]["ExecStart"][0])
    assert program == "/opt/blink-alarm/bin/blink-alarm"
    files = ["/etc/blink-alarm/credentials.env", "/etc/blink-alarm/vars.env"]
    assert arguments == ["run", "--env-file", *files]
    credentials, variables = tmp_path / "credentials.env", tmp_path / "vars.env"
    credentials.write_text("TELEGRAM_BOT_TOKEN=not used\n")
    variables.write_text("TELEGRAM_BOT_TOKEN=wrong\n")
    status = main(["check", "--env-file", str(credentials), str(variables)])
    assert status == BAD_CONFIGURATION
    assert f"TELEGRAM_BOT_TOKEN in {variables} must be" in capsys.readouterr().err


def test_it_never_gives_up_except_on_a_wrong_configuration() -> None:
    unit = read_unit()
    assert unit["Service"]["Restart"] == ["always"]
    assert unit["Service"]["RestartPreventExitStatus"] == [str(BAD_CONFIGURATION)]
    assert unit["Unit"]["StartLimitIntervalSec"] == ["0"]


def test_it_waits_for_longer_than_the_program_needs_to_stop() -> None:
    assert float(read_unit()["Service"]["TimeoutStopSec"][0]) > PROMISED_STOP_SECONDS


def test_state_and_logs_are_the_services_alone() -> None:
    service = read_unit()["Service"]
    assert service["User"] == service["Group"] == ["blink-alarm"]
    assert service["StateDirectory"] == service["LogsDirectory"] == ["blink-alarm"]
    assert service["StateDirectoryMode"] == service["LogsDirectoryMode"] == ["0700"]
    assert service["UMask"] == ["0077"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["NoNewPrivileges"] == ["yes"]
