"""How long the wait is until Blink is looked at again."""

from __future__ import annotations

import pytest

from bot.watch.poller import LONGEST_BACKOFF
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import Watch
from tests.bot.running.outages import LISTING, fail


async def test_failures_double_the_wait_up_to_a_minute_and_a_success_ends_that(
    watch: Watch,
) -> None:
    watch.arm()
    assert watch.poller.interval == 15.0
    fail(watch.blink, "500")
    waits = []
    for _ in range(6):
        await watch.poller.poll()
        waits.append(watch.poller.interval)
    assert waits == [30.0, 60.0, LONGEST_BACKOFF, 60.0, 60.0, 60.0]
    watch.blink.faults.clear()
    await watch.poller.poll()
    assert watch.poller.interval == 15.0


async def test_disarmed_the_wait_begins_at_the_armed_pace(watch: Watch) -> None:
    assert watch.poller.interval == 60.0
    fail(watch.blink, "drop")
    await watch.poller.poll()
    assert watch.poller.interval == 30.0


async def test_years_of_failures_do_not_overflow_the_wait(watch: Watch) -> None:
    await watch.cloud.close()
    for _ in range(1100):
        await watch.poller.poll()
    assert watch.poller.interval == LONGEST_BACKOFF


@pytest.mark.parametrize(("asked", "wait"), [("7", 30.0), ("90", 90.0), ("900", 900.0)])
async def test_a_wait_that_blink_asks_for_is_kept(watch: Watch, asked: str, wait: float) -> None:
    watch.arm()
    fault = Fault(FaultKind.STATUS, status=429, headers={"Retry-After": asked}, times=1)
    watch.blink.faults.add(LISTING, fault)
    await watch.poller.poll()
    assert watch.poller.interval == wait
    await watch.poller.poll()
    assert watch.poller.interval == 15.0


async def test_a_wait_asked_for_does_not_outlast_the_next_failure(watch: Watch) -> None:
    watch.arm()
    fault = Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "900"}, times=1)
    watch.blink.faults.add(LISTING, fault)
    await watch.poller.poll()
    fail(watch.blink, "500")
    await watch.poller.poll()
    assert watch.poller.interval == 60.0


async def test_every_second_counts_while_a_burst_is_building(watch: Watch) -> None:
    watch.arm()
    watch.blink.motion("Hall")
    await watch.poller.poll()
    assert watch.poller.interval == 5.0
    watch.forward(120)
    assert watch.poller.interval == 5.0
    watch.forward(1)
    assert watch.poller.interval == 15.0


async def test_a_long_wait_makes_blindness_overdue_no_later(watch: Watch) -> None:
    watch.arm()
    before = watch.poller.overdue_after
    fault = Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "3600"})
    watch.blink.faults.add(LISTING, fault)
    await watch.poller.poll()
    assert watch.poller.overdue_after == before == 90.0
    assert watch.poller.pace == 15.0
