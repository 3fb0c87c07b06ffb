"""Looking at networks and cameras: a look that fails is told, whatever it fails of."""

from __future__ import annotations

from pathlib import Path

import pytest

from alarm.core.notices import Notice
from bot.watch.poller import NEVER_SHOWN, NOT_LOGGED_IN, Poller
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import ANN, BOB, Watch, told, watching
from tests.bot.running.outages import EVERY_OUTAGE, fail

SCREEN = "homescreen"


async def look(watch: Watch, seconds: float) -> None:
    """Let time go by, then look at clips and devices."""
    watch.forward(seconds)
    await watch.poller.poll()
    await watch.poller.look_at_devices()


@EVERY_OUTAGE
async def test_armed_with_devices_that_cannot_be_read_is_told_after_three_minutes(
    watch: Watch, kind: str
) -> None:
    watch.arm()
    fail(watch.blink, kind, SCREEN)
    await look(watch, 0)
    since = watch.hand.now()
    await look(watch, 60)
    await look(watch, 119.9)
    assert Notice.DEVICES_BLIND not in told(watch.state)
    await look(watch, 0.1)
    for chat in (ANN, BOB):
        assert told(watch.state, chat).count(Notice.DEVICES_BLIND) == 1
    assert watch.state.health.devices_blind_since == since
    assert watch.state.health.blind_since is None
    assert Notice.BLIND not in told(watch.state)
    watch.blink.faults.clear()
    await look(watch, 60)
    assert Notice.DEVICES_SEEN in told(watch.state)
    assert watch.state.health.devices_blind_since is None


async def test_what_changed_at_blink_meanwhile_is_told_with_the_end(watch: Watch) -> None:
    watch.arm()
    fail(watch.blink, "500", SCREEN)
    await look(watch, 0)
    watch.blink.arm(armed=False)
    await look(watch, 180)
    watch.blink.faults.clear()
    await look(watch, 60)
    assert {Notice.DEVICES_SEEN, Notice.NETWORK_DISARMED} <= set(told(watch.state))


async def test_the_same_failure_for_hours_is_one_write(watch: Watch) -> None:
    await watch.poller.poll()
    fail(watch.blink, "500", SCREEN)
    await watch.poller.look_at_devices()
    state, written = watch.state, watch.store.bytes_written
    for _ in range(60):
        watch.hand.forward(60)
        await watch.poller.look_at_devices()
    assert watch.state is state
    assert watch.store.bytes_written == written


async def test_a_look_that_hangs_is_a_failure(watch: Watch) -> None:
    watch.blink.faults.add(SCREEN, Fault(FaultKind.HANG, seconds=5.0))
    poller = Poller(
        watch.cloud,
        watch.login,
        watch.controller,
        watch.vitals,
        armed_interval=15.0,
        disarmed_interval=60.0,
        longest_device_look=0.05,
    )
    await poller.look_at_devices()
    assert watch.state.health.devices_blind_reason == NEVER_SHOWN


async def test_without_a_login_the_devices_count_as_unseen(
    tmp_path: Path, blink: BlinkStandIn
) -> None:
    async with watching(tmp_path, blink, logged_in=False) as watch:
        await watch.poller.look_at_devices()
        assert watch.state.health.devices_blind_reason == NOT_LOGGED_IN


@pytest.mark.parametrize(("seconds", "well"), [(180, True), (180.1, False)])
async def test_devices_that_were_not_seen_for_three_minutes_end_the_heartbeat(
    watch: Watch, seconds: float, well: bool
) -> None:
    await look(watch, 0)
    fail(watch.blink, "500", SCREEN)
    await look(watch, seconds)
    watch.vitals.ticked()
    watch.vitals.heard_telegram()
    assert watch.vitals.all_fresh(90.0) is well


async def test_devices_that_were_never_seen_let_no_heart_beat(watch: Watch) -> None:
    await watch.poller.poll()
    watch.vitals.ticked()
    watch.vitals.heard_telegram()
    assert not watch.vitals.all_fresh(90.0)
    await watch.poller.look_at_devices()
    assert watch.vitals.all_fresh(90.0)
