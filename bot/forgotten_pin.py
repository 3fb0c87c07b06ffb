"""Remove a PIN that nobody remembers; only who sits at the alarm's own computer can do it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from alarm.core.pin_change import forget
from storage.errors import AlreadyRunning, StorageError
from storage.states import state_store

DONE, FAILED, ALREADY_RUNNING = 0, 1, 3


def forget_pin(state_dir: Path) -> int:
    """Remove both PINs while the alarm is stopped and return the exit status."""
    if not state_dir.is_dir():
        print(f"blink-alarm: {_missing(state_dir, lost=False)}", file=sys.stderr)
        return FAILED
    store = state_store(state_dir)
    try:
        store.open()
        loaded = store.load()
        if loaded.state is None:
            # Whether a PIN is set nobody can tell: "No PIN is set" would be a guess.
            print(f"blink-alarm: {_missing(state_dir, lost=bool(loaded.notes))}", file=sys.stderr)
            return FAILED
        if not loaded.state.pins.required:
            print("No PIN is set.")
            return DONE
        decision = forget(loaded.state, datetime.now(UTC))
        store.commit(decision.state, decision.rows)
    except AlreadyRunning as error:
        print(f"blink-alarm: {error}. Stop it first, then do this again.", file=sys.stderr)
        return ALREADY_RUNNING
    except StorageError as error:
        print(f"blink-alarm: {error}", file=sys.stderr)
        return FAILED
    finally:
        store.close()
    print("The PIN is removed. Start the alarm again: it tells the household.")
    return DONE


def _missing(state_dir: Path, *, lost: bool) -> str:
    if not lost:
        return f"nothing is kept in {state_dir}"
    return (
        f"what is kept in {state_dir} cannot be read, so nothing was changed. "
        "Start the alarm: it says in chat what is lost."
    )
