"""Loaded by the tested program before anything else: note every way out of this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_LOOPBACK = ("127.", "::1", "localhost")
_NOTES = Path(os.environ["WITNESS"])


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        # Anything but a pair is a socket of this machine's own.
        target = str(address[0]) if isinstance(address, tuple) else "localhost"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        target = str(args[0] or "localhost")
    else:
        return
    if not target.startswith(_LOOPBACK):
        with _NOTES.open("a") as notes:
            notes.write(f"{event} {target}\n")


sys.addaudithook(_watch)
