from __future__ import annotations

import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator

import pytest

from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Give the test a logging of its own, and the test runner its own back."""
    root, manager = logging.getLogger(), logging.Logger.manager
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    levels = {
        name: logger.level
        for name, logger in manager.loggerDict.items()
        if isinstance(logger, logging.Logger)
    }
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    for name, logger in manager.loggerDict.items():
        if isinstance(logger, logging.Logger):
            logger.setLevel(levels.get(name, logging.NOTSET))
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)


@pytest.fixture
async def blink() -> AsyncIterator[BlinkStandIn]:
    stand_in = BlinkStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()
    assert stand_in.misdirected == []


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    stand_in = TelegramStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()
