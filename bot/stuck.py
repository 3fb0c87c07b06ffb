"""End a program whose event loop stands still: nothing inside the loop could notice that."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from bot.vitals import Vitals

logger = logging.getLogger(__name__)

# Seconds. A write to a dying disk may take long, and a start on a small board as well.
STUCK_AFTER = 180.0
LOOK_EVERY = 10.0
FAILED = 1


def end_when_stuck(
    vitals: Vitals,
    end: Callable[[int], object] = os._exit,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look again and again from a thread; end the process when no tick came for too long.

    Whoever started it, systemd say, starts it anew, and it goes on where it was.
    """
    while vitals.age(vitals.tick_stamp) <= STUCK_AFTER:
        sleep(LOOK_EVERY)
    logger.critical("Nothing moves for %g s: the program ends, to be started anew.", STUCK_AFTER)
    end(FAILED)


def watch_over(vitals: Vitals) -> None:
    """Start the thread; it holds up no end."""
    threading.Thread(
        target=end_when_stuck, args=(vitals,), name="watch over the loop", daemon=True
    ).start()
