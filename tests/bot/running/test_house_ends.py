"""The end of the running house: told to, and when a part of it cannot go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alarm.core.settings import PanelState
from alarm.core.state import Clock, State
from bot.guard import GIVE_UP, TICK_LATE, JobsDead
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import kept
from tests.bot.running.inside import Inside, living


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, with_bob=False) as home:
        yield home


def beyond_reckoning(state: State) -> State:
    """Return a state at which every tick fails: an exit delay that ends before all times."""
    end = datetime.min.replace(tzinfo=UTC)
    areas = {
        key: replace(area, panel=PanelState.ARMING, deadline=end)
        for key, area in state.areas.items()
    }
    return replace(state, areas=areas, clock=Clock(skew=timedelta(seconds=-1)))


async def test_a_tick_that_cannot_work_any_more_ends_the_house(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.rewrite(beyond_reckoning)
    # The true time, told by either cloud, would mend that state.
    for cloud in (inside.town.blink, inside.town.telegram):
        cloud.faults.add("", Fault(FaultKind.DROP))
    await inside.start()
    await inside.town.until(lambda: "The job tick failed" in caplog.text)
    inside.hand.forward(TICK_LATE + 0.1)
    await inside.town.until(lambda: "The tick is late" in caplog.text)
    inside.hand.forward(GIVE_UP)
    with pytest.raises(RuntimeError, match="the guard ended") as caught:
        await inside.ended()
    assert isinstance(caught.value.__cause__, JobsDead)


async def test_a_lane_that_dies_ends_the_house(inside: Inside) -> None:
    await inside.start()
    await inside.town.said("runs again")
    (task,) = [task for task in asyncio.all_tasks() if task.get_name() == "alarm lane"]
    task.cancel()
    with pytest.raises(RuntimeError, match="the alarm lane ended"):
        await inside.ended()


async def test_told_to_end_it_ends_and_leaves_its_state_on_the_disk(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    await inside.start()
    await inside.triggered()
    await inside.town.said("ALARM")
    state = inside.house.controller if inside.house else None
    assert state is not None
    await inside.stop()
    assert kept(inside.town.state_dir) == state.state
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_nothing_is_left_running_after_the_end(inside: Inside) -> None:
    before = asyncio.all_tasks()
    await inside.start()
    await inside.town.said("runs again")
    await inside.stop()
    await asyncio.sleep(0)
    left = [task.get_coro() for task in asyncio.all_tasks() - before]
    assert [c for c in left if "RequestHandler" not in str(c)] == []


async def test_clouds_that_hang_hold_up_the_end_for_a_few_seconds_at_most(inside: Inside) -> None:
    await inside.start()
    await inside.town.said("runs again")
    for cloud in (inside.town.blink, inside.town.telegram, inside.town.twilio):
        cloud.faults.add("", Fault(FaultKind.HANG, seconds=60.0))
    inside.town.ann.write("/status")
    await inside.town.until(lambda: inside.town.blink.seen[-1].at > 0)
    async with asyncio.timeout(9):
        await inside.stop()


async def test_a_state_that_cannot_be_borne_keeps_the_alarm_from_nothing(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.rewrite(lambda state: replace(state, clock=Clock(skew=timedelta(days=2_950_000))))
    await inside.start()
    await inside.town.until(lambda: "Started cannot be taken in." in caplog.text)
    await inside.town.until(lambda: inside.state.clock.skew == timedelta(0))
    await inside.triggered()
    await inside.town.said("ALARM")
