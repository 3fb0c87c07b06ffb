"""Every request is counted, every answer tells Blink's clock, and none of them stays open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from alarm.core.errors import BlinkError
from alarm.core.skew import Skew
from simulator.faults import Fault, FaultKind
from tests.blink.bench import HOMESCREEN, LISTING, TOKEN, Bench, pages, status

SECOND = timedelta(seconds=1)


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in a house that is nine hours ahead of UTC."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


async def homescreen_at(bench: Bench, date: str, **headers: str) -> Skew | None:
    """Ask once, with this `Date` in the answer; return what was measured by all answers so far."""
    cloud = await bench.cloud()
    fault = status(200, '{"networks": [], "cameras": []}', headers={"Date": date, **headers})
    bench.blink.faults.add(HOMESCREEN, fault)
    await cloud.homescreen()
    return cloud.skew


# Blink's clock


async def test_nothing_is_known_of_blinks_clock_before_the_first_answer(bench: Bench) -> None:
    assert (await bench.cloud()).skew is None


@pytest.mark.parametrize("off", [-3600, -2, 2, 90, 86400])
async def test_the_skew_is_measured_from_the_answers(bench: Bench, off: int) -> None:
    bench.blink.skew = timedelta(seconds=off)
    cloud = await bench.logged_in()
    assert cloud.skew is not None
    assert abs(cloud.skew.best - bench.blink.skew) < SECOND


async def test_clocks_that_agree_have_no_skew(bench: Bench) -> None:
    cloud = await bench.logged_in()
    assert cloud.skew is not None
    assert cloud.skew.best == timedelta(0)


async def test_errors_and_missing_pages_tell_the_time_too(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.skew = timedelta(hours=2)
    bench.blink.faults.add(LISTING, status(404))
    with pytest.raises(BlinkError):
        await pages(cloud)
    assert cloud.skew is not None
    assert abs(cloud.skew.best - bench.blink.skew) < SECOND


async def test_a_clock_that_was_set_is_measured_anew(bench: Bench) -> None:
    cloud = await bench.logged_in()
    for off in (timedelta(minutes=10), timedelta(minutes=-10)):
        bench.blink.skew = off
        await cloud.homescreen()
        assert cloud.skew is not None
        assert abs(cloud.skew.best - off) < SECOND


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000"])
async def test_a_date_is_in_utc_however_it_says_so(bench: Bench, tokyo: None, zone: str) -> None:
    await bench.logged_in()
    date = format_datetime(datetime.now(UTC) + timedelta(hours=9), usegmt=True)
    skew = await homescreen_at(bench, date.replace("GMT", zone))
    assert skew is not None
    assert abs(skew.best - timedelta(hours=9)) < SECOND


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "",
        "Mon, 01 Jan 99999 00:00:00 GMT",
        "Mon, 01 Jan 2024 99:99:99 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
    ],
)
async def test_a_date_that_is_none_measures_nothing(bench: Bench, date: str) -> None:
    await bench.logged_in()
    assert await homescreen_at(bench, date) is None


async def test_an_answer_from_a_cache_measures_nothing(bench: Bench) -> None:
    await bench.logged_in()
    date = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    assert await homescreen_at(bench, date, Age="3600") is None


# Counting


async def test_every_request_that_leaves_is_counted(bench: Bench) -> None:
    cloud = await bench.logged_in()
    assert cloud.requests == len(bench.blink.seen) > 0
    await cloud.homescreen()
    await pages(cloud)
    bench.blink.revoke_access_tokens()
    await cloud.homescreen()  # refused, renewed, repeated
    assert cloud.requests == len(bench.blink.seen)


@pytest.mark.parametrize("times", [1, 2])
async def test_a_question_on_a_dead_connection_is_asked_once_more_and_counted(
    bench: Bench, times: int
) -> None:
    cloud = await bench.logged_in()
    before = len(bench.blink.seen)
    bench.blink.faults.add(HOMESCREEN, Fault(FaultKind.DROP, times=times))
    if times == 1:
        assert (await cloud.homescreen()).networks
    else:
        with pytest.raises(BlinkError):
            await cloud.homescreen()
    assert len(bench.blink.seen) - before == 2
    assert cloud.requests == len(bench.blink.seen)


@pytest.mark.parametrize("where", [TOKEN, "/state/arm"])
async def test_what_changes_something_is_not_sent_again_by_itself(bench: Bench, where: str) -> None:
    cloud = await bench.logged_in()
    before = bench.blink.count(where)
    bench.clock.now += 7200
    bench.blink.faults.add(where, Fault(FaultKind.DROP))
    with pytest.raises(BlinkError):
        await (cloud.keep_tokens_fresh() if where == TOKEN else cloud.set_armed("51001", True))
    assert bench.blink.count(where) - before == 1
    assert cloud.requests == len(bench.blink.seen)


async def test_a_request_that_cannot_leave_is_not_counted(bench: Bench) -> None:
    await bench.logged_in()
    cloud = await bench.cloud()
    await bench.blink.stop()
    with pytest.raises(BlinkError) as failed:
        await cloud.homescreen()
    assert not failed.value.permanent
    assert cloud.requests == 0


async def test_a_blink_that_comes_back_is_found_again(bench: Bench) -> None:
    cloud = await bench.logged_in()
    await bench.blink.stop()
    for ask in (cloud.homescreen, lambda: pages(cloud), lambda: cloud.set_armed("51001", True)):
        with pytest.raises(BlinkError, match="cannot be reached") as failed:
            await ask()
        assert not failed.value.permanent
    await bench.blink.start(bench.blink.port)
    assert (await cloud.homescreen()).networks


# Connections


async def test_failed_requests_use_up_no_connections(bench: Bench) -> None:
    """The pool of connections holds 100."""
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, status(500, "x" * 100_000))
    async with asyncio.timeout(5):
        for _ in range(101):
            with pytest.raises(BlinkError):
                await pages(cloud)
        bench.blink.faults.clear()
        assert await pages(cloud)


async def test_questions_side_by_side_do_not_wait_for_each_other(bench: Bench) -> None:
    cloud = await bench.logged_in(request_timeout=5.0)
    bench.blink.faults.add(LISTING, Fault(FaultKind.HANG, seconds=5))
    listing = asyncio.create_task(pages(cloud))
    async with asyncio.timeout(4):
        for _ in range(3):  # blinkpy's own throttle would sleep for five seconds
            assert (await cloud.homescreen()).networks
    assert not listing.done()
    listing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listing


async def test_a_closed_cloud_asks_nothing(bench: Bench) -> None:
    cloud = await bench.logged_in()
    await cloud.close()
    before = len(bench.blink.seen)
    for ask in (cloud.homescreen, lambda: pages(cloud), lambda: cloud.set_armed("51001", True)):
        with pytest.raises(BlinkError) as failed:
            await ask()
        assert not failed.value.permanent
    assert len(bench.blink.seen) == before
