"""Find where files may live, without making any."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.variables import ConfigError


def default_state_dir(environ: Mapping[str, str]) -> Path:
    """Return systemd's state directory (the first, if several), else the XDG state home's.

    Raises ConfigError where nothing tells a home.
    """
    given = environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given)
    state_home = environ.get("XDG_STATE_HOME", "")
    # The XDG rules say to ignore a relative path.
    if Path(state_home).is_absolute():
        return Path(state_home) / "blink-alarm"
    home = environ.get("HOME")
    try:
        base = Path(home) if home else Path.home()
    except RuntimeError:
        raise ConfigError(
            "HOME", "HOME is not set, so name a state directory with --state-dir."
        ) from None
    return base / ".local" / "state" / "blink-alarm"


def can_be_written(path: Path) -> bool:
    """Tell whether a file could be made or replaced at `path`, missing directories included."""
    try:
        if path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
            return False
        parent = path.absolute().parent
        while not parent.exists():
            parent = parent.parent
        return parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)
    except OSError:
        return False
