"""The files of a program that runs, or was killed, in a process of its own."""

from __future__ import annotations

from pathlib import Path

from alarm.core.state import State
from storage.envelope import Envelope, read_envelope
from storage.sections import sections_of
from storage.states import VERSION
from storage.store import COPY_NAME, STATE_NAME


def state_beside(directory: Path) -> State | None:
    """Read the state beside the running program, touching nothing."""
    for name in (STATE_NAME, COPY_NAME):
        found = read_envelope(directory / name, "blink-alarm state", VERSION)
        if isinstance(found, Envelope):
            return State(**{s.name: s.decode(found.content) for s in sections_of(State)})
    return None
