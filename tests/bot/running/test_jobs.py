"""The job queue, real as it is: it cannot die quietly, whatever a job or a clock does."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from tests.bot.running.bench import until
from tests.bot.running.jobs_bench import PACE, Work, for_ever, recurring, running


async def a_bug() -> None:
    raise RuntimeError("a bug")


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
