"""The guard over the job queue: a clock that is set, and jobs that stay away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.inputs import Tick
from alarm.core.settings import PanelState
from alarm.core.state import Area
from bot.controller import Controller
from bot.guard import GIVE_UP, TICK_LATE, Guard, JobsDead
from bot.jobs import Jobs
from bot.vitals import Vitals
from tests.bot.running.bench import ANN, NETWORK, household, opened, until
from tests.bot.running.hand import Hand
from tests.bot.running.jobs_bench import PACE, Work, for_ever, recurring, running
from tests.core.home import settings


class Setter(datetime):
    """The host's wall clock as the library reads it, which somebody may set."""

    by = timedelta(0)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return datetime.now(tz) + cls.by


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> type[Setter]:
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Setter)
    monkeypatch.setattr("bot.jobs.datetime", Setter)
    monkeypatch.setattr(Setter, "by", timedelta(0))
    return Setter


class Hall:
    """A guard over a real job queue, with all clocks in the test's hands."""

    def __init__(self, controller: Controller, hand: Hand, vitals: Vitals) -> None:
        self.controller = controller
        self.hand = hand
        self.vitals = vitals
        self.tick = Work(self._tick)
        self.look = Work(self._look)
        self.guard: Guard | None = None

    async def _tick(self) -> None:
        self.controller.apply(Tick())
        self.vitals.ticked()

    async def _look(self) -> None:
        self.vitals.looked()

    def guarded(self) -> None:
        assert self.guard is not None
        self.guard.look()


@asynccontextmanager
async def guarding(directory: Path) -> AsyncIterator[tuple[Hall, Jobs]]:
    hand = Hand()
    store = opened(directory / "state")
    state = household(
        settings=settings(exit_delay=timedelta(minutes=1)), areas={NETWORK: Area(NETWORK, "Home")}
    )
    controller = Controller(store, state, hand.clock)
    hall = Hall(controller, hand, Vitals(hand.monotonic))
    async with running(recurring(hall.tick, "tick"), recurring(hall.look, "look")) as jobs:
        hall.guard = Guard(controller, jobs, hall.vitals, lambda: 100.0)
        yield hall, jobs
    store.close()


# -- the clock is set ----------------------------------------------------------------------------


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=365)], ids=str)
async def test_jobs_go_on_and_delays_hold_when_the_clock_is_set(
    tmp_path: Path, wall: type[Setter], by: timedelta
) -> None:
    async with guarding(tmp_path) as (hall, _):
        hall.controller.apply(Arm(Actor(ANN, "Ann", ANN, 1)))
        await until(lambda: hall.tick.runs >= 2)
        wall.by += by
        hall.hand.set(by)
        hall.guarded()
        ticks, looks = hall.tick.runs, hall.look.runs
        await until(lambda: hall.tick.runs >= ticks + 3 and hall.look.runs >= looks + 3)
        area = hall.controller.state.areas[NETWORK]
        assert area.panel is PanelState.ARMING
        assert area.deadline == hall.hand.now() + timedelta(minutes=1)


async def test_a_year_forward_costs_no_second_of_catching_up(
    tmp_path: Path, wall: type[Setter]
) -> None:
    async with guarding(tmp_path) as (hall, _):
        await until(lambda: hall.tick.runs >= 2)
        # Nobody has told the queue yet: its own timer finds a tick due since a year.
        wall.by += timedelta(days=365)
        async with asyncio.timeout(2):
            ticks = hall.tick.runs
            await until(lambda: hall.tick.runs >= ticks + 3)


async def test_an_hour_back_stops_the_queue_until_the_guard_looks(
    tmp_path: Path, wall: type[Setter]
) -> None:
    async with guarding(tmp_path) as (hall, _):
        await until(lambda: hall.tick.runs >= 2)
        wall.by -= timedelta(hours=1)
        await asyncio.sleep(2 * PACE)
        ticks = hall.tick.runs
        await asyncio.sleep(5 * PACE)
        assert hall.tick.runs == ticks
        hall.hand.set(timedelta(hours=-1))
        hall.guarded()
        await until(lambda: hall.tick.runs >= ticks + 3)


# -- jobs that stay away -------------------------------------------------------------------------


async def test_a_tick_that_stays_away_is_scheduled_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with guarding(tmp_path) as (hall, jobs):
        await until(lambda: hall.tick.runs >= 2)
        jobs._jobs["tick"].job.pause()
        await asyncio.sleep(2 * PACE)
        ticks = hall.tick.runs
        hall.hand.forward(TICK_LATE)
        hall.vitals.looked()
        hall.guarded()
        assert caplog.text == ""
        hall.hand.forward(0.1)
        hall.guarded()
        assert "The tick is late; all jobs are scheduled anew." in caplog.text
        await until(lambda: hall.tick.runs >= ticks + 3)


async def test_looks_that_stay_away_are_scheduled_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with guarding(tmp_path) as (hall, jobs):
        await until(lambda: hall.look.runs >= 2)
        jobs._jobs["look"].job.pause()
        await asyncio.sleep(2 * PACE)
        looks = hall.look.runs
        hall.hand.forward(100.1)
        await until(lambda: hall.vitals.age(hall.vitals.tick_stamp) == 0)
        hall.guarded()
        assert "The look at the clip list is late" in caplog.text
        await until(lambda: hall.look.runs >= looks + 3)


async def test_jobs_that_do_not_come_back_end_the_program(tmp_path: Path) -> None:
    async with guarding(tmp_path) as (hall, _):
        hall.tick.does = for_ever
        ticks = hall.tick.runs
        await until(lambda: hall.tick.runs > ticks)
        hall.hand.forward(TICK_LATE + 0.1)
        hall.guarded()
        hall.hand.forward(GIVE_UP - 0.1)
        hall.guarded()
        hall.hand.forward(0.1)
        with pytest.raises(JobsDead, match="tick does not come back"):
            hall.guarded()
