"""A machine made of paper: the scripts run for real, under a directory in place of `/`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SYSTEMD = Path(__file__).parents[2] / "systemd"
NAME = "blink-alarm"

# The places that the scripts write to; everything else that they name is only read.
_PLACES = ("/opt/", "/etc/", "/usr/local/", "/var/")

# Notes each order; the users of the machine are lines of a file.
_ORDERS = {
    "useradd": 'echo "${@: -1}" >> "$STAGE/users"',
    "userdel": 'sed -i "/^$1\\$/d" "$STAGE/users"',
    "getent": 'quiet=yes; grep -qx "$2" "$STAGE/users"',
    "systemctl": 'test ! -e "$STAGE/fail-$1"',
    # The user does not exist on the machine of the test.
    "runuser": 'shift 3; exec "$@"',
    "install": """
        words=()
        while [[ $# -gt 0 ]]; do
            case $1 in -o | -g) shift 2 ;; *) words+=("$1"); shift ;; esac
        done
        exec /usr/bin/install "${words[@]}"
    """,
}

# Makes a venv whose pip needs no network, and whose blink-alarm is the one of this checkout.
_PYTHON = """#!/usr/bin/env bash
case "$*" in
    *realpath*) echo /usr/bin/python3 ;;
    "-m venv"*)
        echo "python $*" >> "$STAGE/log"
        [[ $3 == --clear ]] && rm -rf "${@: -1}"
        mkdir -p "${@: -1}/bin"
        ln -sf "$STAGE/bin/python" "${@: -1}/bin/python"
        cp "$STAGE/bin/pip" "${@: -1}/bin/pip"
        ;;
    *) exec %(real)s "$@" ;;
esac
"""
_PIP = """#!/usr/bin/env bash
echo "pip $*" >> "$STAGE/log"
[[ -e $STAGE/fail-pip ]] && exit 1
ls "${@: -1}" | sort > "$STAGE/built"
cp "$STAGE/bin/blink-alarm" "$(dirname "$0")/blink-alarm"
"""
# A check that is not what the test is about is over at once.
_PROGRAM = """#!/usr/bin/env bash
[[ -e $STAGE/status ]] && exit "$(cat "$STAGE/status")"
exec %(real)s -m bot.cli "$@"
"""


class Stage:
    """`root` is the machine, `log` what was ordered of its programs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path / "root"
        self.checkout = path / "checkout"
        for directory in (self.root / "etc/systemd/system", self.root / "usr/local/bin"):
            directory.mkdir(parents=True)
        for directory in (path / "bin", path / "tmp", self.checkout / "systemd"):
            directory.mkdir(parents=True)
        (path / "users").write_text("root\n")
        self._write_programs()
        self._copy_checkout()

    def _write_programs(self) -> None:
        for name, deed in _ORDERS.items():
            text = f'#!/usr/bin/env bash\nset -e\necho "{name} $*" >> "$STAGE/log"\n{deed}\n'
            self._program(name, text)
        self._program("python", _PYTHON % {"real": sys.executable})
        self._program("pip", _PIP)
        self._program(NAME, _PROGRAM % {"real": sys.executable})

    def _program(self, name: str, text: str) -> None:
        path = self.path / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def _copy_checkout(self) -> None:
        for source in SYSTEMD.parent.iterdir():
            if source.name in {*["alarm", "bot", "simulator", "storage"]} or source.is_file():
                (self.checkout / source.name).symlink_to(source)
        for source in SYSTEMD.iterdir():
            text = source.read_text()
            if source.suffix == ".sh":
                for place in _PLACES:
                    text = text.replace(place, f"{self.root}{place}")
                text = text.replace("$EUID", "0")
            (self.checkout / "systemd" / source.name).write_text(text)

    def check_ends_with(self, status: int) -> None:
        """Let the program's check not run but end with this status."""
        (self.path / "status").write_text(str(status))

    def run(self, script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environ = {
            "PATH": f"{self.path / 'bin'}:{os.environ['PATH']}",
            "STAGE": str(self.path),
            "TMPDIR": str(self.path / "tmp"),
            "HOME": str(self.path),
            "PYTHONPATH": str(SYSTEMD.parent),
        }
        return subprocess.run(
            ["bash", self.checkout / "systemd" / script, *arguments],
            env=environ,
            # Another user's checkout must not be needed as the current directory.
            cwd=self.path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def install(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return self.run("install.sh", "--python", self.path / "bin/python", *arguments)

    def orders(self, name: str = "") -> list[str]:
        """Return what was ordered since the last look, of one program if it is named."""
        log = self.path / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [line for line in lines if line.startswith(name)]

    @property
    def files(self) -> set[str]:
        return {
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if not path.is_dir() or path.is_symlink()
        }
