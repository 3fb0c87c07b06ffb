from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator

import pytest

from bot.variables import VARIABLES
from tests.bot.cli.bench import Clouds
from tests.bot.settings.bench import MINIMAL, TWILIO


@pytest.fixture(autouse=True)
def own_signals(own_logging: None) -> Iterator[None]:
    """Give the test runner its signal handlers back, and its logging."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        for name in variable.spellings:
            monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clouds() -> Iterator[Clouds]:
    """Run the three stand-ins in a loop of their own, because `check` brings its own too."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="clouds")
    thread.start()
    clouds = Clouds(loop, token=MINIMAL["TELEGRAM_BOT_TOKEN"], auth=TWILIO["TWILIO_AUTH_TOKEN"])
    try:
        clouds.start()
        yield clouds
        clouds.stop()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
