"""Looking at Blink: nothing is lost over an outage, and a quiet look costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alarm.core.deliveries import AlertBody
from alarm.core.notices import Notice
from simulator.blink import BlinkStandIn
from tests.bot.running.bench import Watch, kept, told, waiting, watching
from tests.bot.running.outages import EVERY_OUTAGE, fail

MINUTE = timedelta(minutes=1)


# -- nothing is lost -----------------------------------------------------------------------------


@EVERY_OUTAGE
async def test_a_burst_during_an_outage_rings_when_it_is_over_and_says_how_late(
    watch: Watch, kind: str
) -> None:
    watch.arm()
    await watch.poller.poll()
    fail(watch.blink, kind)
    await watch.poller.poll()
    watch.burst()
    watch.forward(20 * 60)
    await watch.poller.poll()
    assert watch.state.incidents == {}
    watch.blink.faults.clear()
    watch.forward(61)
    await watch.poller.poll()
    (incident,) = watch.state.incidents.values()
    assert incident.late == timedelta(seconds=20 * 60 + 61)
    assert incident.is_late
    assert len(waiting(watch.state, AlertBody)) == 2
    assert watch.state.health.blind_since is None


async def test_a_burst_before_the_first_complete_listing_is_not_lost(watch: Watch) -> None:
    watch.arm()
    fail(watch.blink, "500")
    watch.burst()
    for _ in range(3):
        watch.forward(5 * 60)
        await watch.poller.poll()
    assert watch.state.incidents == {}
    watch.blink.faults.clear()
    watch.forward(60)
    await watch.poller.poll()
    (incident,) = watch.state.incidents.values()
    assert incident.late == 16 * MINUTE


async def test_pages_before_one_that_fails_count_at_once(watch: Watch) -> None:
    watch.arm()
    watch.blink.limit = 2
    watch.burst(4)
    fail(watch.blink, "500", "page=2")
    await watch.poller.poll()
    (incident,) = watch.state.incidents.values()
    assert incident.event_count == 2
    assert watch.state.health.blind_since is not None
    watch.blink.faults.clear()
    await watch.poller.poll()
    assert watch.state.incidents[incident.id].event_count == 4
    assert watch.state.health.blind_since is None


async def test_a_page_that_fails_for_an_hour_loses_nothing_and_is_told_once(watch: Watch) -> None:
    watch.arm()
    await watch.poller.poll()
    began = watch.state.feed.listed_at
    watch.blink.limit = 1
    watch.blink.motion("Hall")
    watch.forward(300)
    watch.blink.motion("Hall")
    fail(watch.blink, "500", "page=2")
    for _ in range(60):
        await watch.poller.poll()
        watch.forward(60)
    assert watch.state.feed.listed_at == began
    assert told(watch.state).count(Notice.BLIND) == 1
    assert Notice.SIGHTED not in told(watch.state)
    watch.blink.faults.clear()
    await watch.poller.poll()
    assert len(watch.state.seen) == 2
    assert told(watch.state).count(Notice.SIGHTED) == 1
    assert watch.state.feed.listed_at == watch.hand.now()


async def test_a_clip_that_the_program_cannot_bear_hides_no_other(watch: Watch) -> None:
    watch.arm()
    watch.blink.motion("Garden", at=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    watch.burst(1)
    await watch.poller.poll()
    watch.burst(1)
    await watch.poller.poll()
    (incident,) = watch.state.incidents.values()
    assert [event.camera_name for event in incident.events] == ["Hall", "Hall"]
    assert watch.state.health.blind_since is None
    assert watch.vitals.poll_stamp == watch.hand.monotonic()


async def test_a_date_of_another_millennium_is_no_measure_of_our_clock(watch: Watch) -> None:
    watch.arm()
    await watch.poller.poll()
    watch.blink.clock = lambda: datetime(9999, 12, 31, 23, 59, 58, tzinfo=UTC)
    watch.forward(3600)
    for _ in range(3):
        await watch.poller.poll()
        watch.forward(5)
    assert watch.state.clock.skew == timedelta(0)
    assert watch.state.health.blind_since is None


async def test_clips_counted_before_a_restart_count_no_more(
    tmp_path: Path, blink: BlinkStandIn
) -> None:
    async with watching(tmp_path, blink) as before:
        before.arm()
        blink.motion("Hall")
        await before.poller.poll()
    blink.motion("Garage")
    async with watching(tmp_path, blink, kept(tmp_path / "state")) as after:
        await after.poller.poll()
        await after.poller.poll()
        (incident,) = after.state.incidents.values()
        assert incident.event_count == 2
        assert [event.camera_name for event in incident.events] == ["Hall", "Garage"]


# -- what it costs -------------------------------------------------------------------------------


async def test_a_quiet_look_is_one_request_and_no_write(watch: Watch) -> None:
    watch.arm()
    await watch.poller.poll()
    watch.forward(15)
    asked, written, state = len(watch.blink.seen), watch.store.bytes_written, watch.state
    for _ in range(5):
        await watch.poller.poll()
        watch.forward(15)
    assert len(watch.blink.seen) - asked == 5
    assert watch.store.bytes_written == written
    assert watch.state.areas is state.areas


async def test_the_same_failure_again_is_no_write(watch: Watch) -> None:
    watch.arm()
    fail(watch.blink, "500")
    await watch.poller.poll()
    watch.forward(130)
    written = watch.store.bytes_written
    for _ in range(5):
        await watch.poller.poll()
        watch.forward(10)
    assert watch.store.bytes_written == written
