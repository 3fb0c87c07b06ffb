"""The program: put the parts together, run them until told to stop, and stop in time."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from alarm.core.state import State
from bot.config import Config
from bot.house import House
from bot.newer import LastWord
from bot.stuck import watch_over
from storage.errors import AlreadyRunning, NewerState, StorageError
from storage.states import state_store
from storage.store import Loaded, StateStore

logger = logging.getLogger(__name__)

STOPPED, FAILED, ALREADY_RUNNING = 0, 1, 3
# Seconds from the signal to the end, promised to whoever stops us.
STOP_LIMIT = 9.0


def run(config: Config, state_dir: Path) -> int:
    """Run the alarm until SIGTERM or SIGINT and return the exit status."""
    last_word = LastWord(config, state_dir)
    store = state_store(state_dir)
    try:
        store.open()
        loaded = store.load()
    except AlreadyRunning as error:
        print(f"blink-alarm: {error}", file=sys.stderr)
        return ALREADY_RUNNING
    except NewerState as error:
        logger.critical("%s", error)
        last_word.say()
        store.close()
        return FAILED
    except StorageError as error:
        print(f"blink-alarm: {error}", file=sys.stderr)
        store.close()
        return FAILED
    try:
        asyncio.run(_main(config, state_dir, store, loaded))
    except Exception:
        logger.critical("The alarm cannot go on and ends, to be started anew.", exc_info=True)
        return FAILED
    finally:
        store.close()
    return STOPPED


async def _main(
    config: Config, state_dir: Path, store: StateStore[State], loaded: Loaded[State]
) -> None:
    stop = asyncio.Event()

    def told_to_stop() -> None:
        stop.set()
        _end_by_force_later(STOPPED)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop)
    house = House(config, state_dir, store, loaded)
    watch_over(house.vitals)
    try:
        await house.run(stop)
    except Exception:
        _end_by_force_later(FAILED)
        raise
    logger.info("Stopped.")


def _end_by_force_later(status: int) -> None:
    """See to it that the process ends: a thread that hangs in a look-up would hold it up."""
    last_resort = threading.Timer(STOP_LIMIT, os._exit, (status,))
    last_resort.daemon = True
    last_resort.start()
