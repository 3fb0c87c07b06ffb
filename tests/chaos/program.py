"""The program under a fast clock, in a process of its own: the first import is the clock."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.chaos.fast_clock import FastClock


def run(
    clock: tuple[float, float, float],
    wrong_by: Any,
    env: dict[str, str],
    state_dir: str,
    console: str,
) -> None:
    """Run until killed or told to stop; `wrong_by` is a shared number of seconds."""
    FastClock(*clock).install(lambda: float(wrong_by.value))
    os.environ.clear()
    os.environ.update(env)
    with Path(console).open("a") as output:
        os.dup2(output.fileno(), 2)
    # Imported under the fast clock: many modules keep what they find at import.
    from bot import cli

    sys.exit(cli.main(["run", "--state-dir", state_dir]))
