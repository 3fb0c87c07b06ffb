"""The job queue, real as it is: it cannot die quietly, whatever a job or a clock does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ApplicationBuilder

from alarm.core.actor import Actor
from alarm.core.commands import Arm
from alarm.core.inputs import Tick
from alarm.core.settings import PanelState
from alarm.core.state import Area
from bot.controller import Controller
from bot.guard import GIVE_UP, TICK_LATE, Guard, JobsDead
from bot.jobs import Jobs, Recurring
from bot.vitals import Vitals
from tests.bot.running.bench import ANN, NETWORK, household, opened, until
from tests.bot.running.hand import Hand
from tests.core.home import settings

PACE = 0.02


class Work:
    """Counts its runs; `does` may be changed at any time."""

    def __init__(self, does: Callable[[], Awaitable[None]] | None = None) -> None:
        self.runs = 0
        self.beside = 0
        self.does = does
        self._running = 0

    async def __call__(self) -> None:
        self.runs += 1
        self._running += 1
        self.beside = max(self.beside, self._running)
        try:
            if self.does is not None:
                await self.does()
        finally:
            self._running -= 1


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


@asynccontextmanager
async def running(*work: Recurring) -> AsyncIterator[Jobs]:
    application = ApplicationBuilder().token("1:a").updater(None).build()
    assert application.job_queue is not None
    jobs = Jobs(application.job_queue, list(work))
    await jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop(0.1)


def recurring(
    work: Work, name: str = "work", *, every: Callable[[], float] | None = None, **options: Any
) -> Recurring:
    return Recurring(name, work, every or (lambda: PACE), **({"limit": 5.0} | options))


async def a_bug() -> None:
    raise RuntimeError("a bug")


async def for_ever() -> None:
    await asyncio.Event().wait()


# -- what a job may do ---------------------------------------------------------------------------


async def test_a_job_comes_again_and_again() -> None:
    work = Work()
    async with running(recurring(work)):
        await until(lambda: work.runs >= 5)


async def test_a_job_that_raises_is_logged_and_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work(a_bug)
    async with running(recurring(work)):
        await until(lambda: work.runs >= 3)
    assert "The job work failed." in caplog.text
    assert "a bug" in caplog.text


async def test_a_job_that_hangs_is_cut_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    work, other = Work(for_ever), Work()
    async with running(recurring(work, limit=0.05), recurring(other, "other")):
        await until(lambda: work.runs >= 3)
    assert other.runs >= 3
    assert "The job work took longer than 0.05 s and was cut." in caplog.text
    assert work.beside == 1


async def test_a_time_limit_of_the_work_itself_is_its_own_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def impatient() -> None:
        raise TimeoutError("a bug")

    work = Work(impatient)
    async with running(recurring(work)):
        await until(lambda: work.runs >= 2)
    assert "was cut" not in caplog.text
    assert "The job work failed." in caplog.text


async def test_no_job_runs_beside_itself_however_slow_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work(lambda: asyncio.sleep(4 * PACE))
    async with running(recurring(work)) as jobs:
        await until(lambda: work.runs >= 2)
        jobs.restart()
        await until(lambda: work.runs >= 4)
        jobs.run_now("work")
        await until(lambda: work.runs >= 6)
    assert work.beside == 1
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_job_that_shall_not_begin_at_once_waits_for_its_pace() -> None:
    at_once, later = Work(), Work()
    async with running(
        recurring(at_once, "a", every=lambda: 100.0),
        recurring(later, "b", every=lambda: 100.0, at_once=False),
    ):
        await until(lambda: at_once.runs)
    assert later.runs == 0


# -- the pace ------------------------------------------------------------------------------------


async def test_a_new_pace_holds_at_once() -> None:
    pace = 100.0
    work = Work()
    async with running(recurring(work, every=lambda: pace)) as jobs:
        await until(lambda: work.runs == 1)
        pace = PACE
        jobs.adjust()
        await until(lambda: work.runs >= 3)


async def test_a_pace_that_changes_in_a_run_holds_after_it() -> None:
    pace = PACE

    async def slow_down() -> None:
        nonlocal pace
        pace = 100.0

    work = Work()
    async with running(recurring(work, every=lambda: pace)):
        await until(lambda: work.runs >= 2)
        work.does = slow_down
        await until(lambda: pace > PACE)
        runs = work.runs
        await asyncio.sleep(3 * PACE)
        assert work.runs == runs


async def test_a_shorter_pace_never_puts_off_what_is_due_sooner() -> None:
    pace = 100.0
    work = Work()
    async with running(recurring(work, every=lambda: pace)) as jobs:
        await until(lambda: work.runs == 1)
        jobs._jobs["work"].job.modify(next_run_time=datetime.now().astimezone() + timedelta(0, 0.1))
        for shorter in (90.0, 80.0, 70.0):
            pace = shorter
            jobs.adjust()
        await until(lambda: work.runs == 2)


async def test_a_run_that_is_wanted_now_comes_after_the_one_that_is_on() -> None:
    gate = asyncio.Event()
    work = Work()
    work.does = gate.wait  # type: ignore[assignment]
    async with running(recurring(work, every=lambda: 100.0)) as jobs:
        await until(lambda: work.runs == 1)
        jobs.run_now("work")
        gate.set()
        await until(lambda: work.runs == 2)
    assert work.beside == 1


# -- the end -------------------------------------------------------------------------------------


async def test_a_run_gets_its_time_to_end_and_is_cut_after_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ended: list[str] = []

    async def slow() -> None:
        await asyncio.sleep(0.05)
        ended.append("slow")

    slower, hung = Work(slow), Work(for_ever)
    async with running(
        recurring(slower, "slow", every=lambda: 100.0),
        recurring(hung, "hung", every=lambda: 100.0),
    ) as jobs:
        await until(lambda: slower.runs and hung.runs)
        await jobs.stop(0.2)
        assert ended == ["slow"]
        assert hung._running == 0
        jobs.adjust()
        jobs.run_now("slow")
        jobs.restart()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


# -- the clock is set ----------------------------------------------------------------------------


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
