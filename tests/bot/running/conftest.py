from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from alarm.core.state import Area
from simulator.blink import BlinkStandIn
from simulator.twilio import TwilioStandIn
from tests.bot.running.bench import NETWORK, PATIENT, SHORT, Watch, household, quick, watching
from tests.bot.running.desk import Desk
from tests.bot.running.lane_bench import Post


@pytest.fixture(autouse=True)
def time_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read waits as the library will give them one day; as numbers they are a warning each."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioStandIn]:
    stand_in = TwilioStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def watch(
    tmp_path: Path, blink: BlinkStandIn, request: pytest.FixtureRequest
) -> AsyncIterator[Watch]:
    case = getattr(request.node, "callspec", None)
    silent = case is not None and case.params.get("kind") == "hang"
    async with watching(tmp_path, blink, request_timeout=SHORT if silent else PATIENT) as parts:
        yield parts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    state = household(settings=quick(), areas={NETWORK: Area(NETWORK, "Home")})
    place = Desk(tmp_path / "state", state)
    yield place
    place.store.close()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    place = Post(tmp_path / "state")
    yield place
    place.store.close()
