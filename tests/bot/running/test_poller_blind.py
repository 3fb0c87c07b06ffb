"""Armed and blind: told after a while, whatever the reason."""

from __future__ import annotations

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.core.notices import Notice
from bot.watch.poller import NEVER_ENDS, NO_LOOK, OUR_FAULT
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import ANN, BOB, Watch, told
from tests.bot.running.outages import EVERY_OUTAGE, LISTING, fail


@EVERY_OUTAGE
async def test_armed_and_blind_is_told_to_everyone_after_ninety_seconds(
    watch: Watch, kind: str
) -> None:
    watch.arm()
    await watch.poller.poll()
    fail(watch.blink, kind)
    await watch.poller.poll()
    since = watch.hand.now()
    watch.forward(30)
    await watch.poller.poll()
    watch.forward(59.9)
    assert Notice.BLIND not in told(watch.state)
    watch.forward(0.1)
    assert Notice.BLIND in told(watch.state, ANN)
    assert Notice.BLIND in told(watch.state, BOB)
    assert watch.state.health.blind_since == since


async def test_disarmed_and_blind_is_known_and_not_told(watch: Watch) -> None:
    fail(watch.blink, "500")
    await watch.poller.poll()
    watch.forward(3600)
    assert watch.state.health.blind_since is not None
    assert Notice.BLIND not in told(watch.state)


async def test_an_outage_shorter_than_that_is_not_told(watch: Watch) -> None:
    watch.arm()
    fail(watch.blink, "drop")
    await watch.poller.poll()
    watch.forward(89.9)
    watch.blink.faults.clear()
    await watch.poller.poll()
    watch.forward(60)
    assert not {Notice.BLIND, Notice.SIGHTED} & set(told(watch.state))


async def test_looks_that_stay_away_are_told_as_blindness(watch: Watch) -> None:
    watch.arm()
    await watch.poller.poll()
    began = watch.hand.now()
    watch.forward(90)
    watch.poller.notice_silence()
    assert watch.state.health.blind_since is None
    watch.forward(0.1)
    watch.poller.notice_silence()
    assert watch.state.health.blind_since == began
    assert watch.state.health.blind_reason == NO_LOOK
    watch.forward(0)
    assert Notice.BLIND in told(watch.state)


async def test_a_failure_keeps_its_reason_over_a_long_wait(watch: Watch) -> None:
    watch.arm()
    fail(watch.blink, "429")
    await watch.poller.poll()
    watch.forward(3600)
    watch.poller.notice_silence()
    assert "slow down" in watch.state.health.blind_reason


async def test_a_list_without_end_is_begun_anew_and_counts_as_blindness(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.watch.poller.LONGEST_LISTING", 0.2)
    watch.arm()
    watch.blink.limit = 1
    watch.burst(30)
    watch.blink.faults.add(LISTING, Fault(FaultKind.SLOW, seconds=0.05))
    await watch.poller.poll()
    assert watch.state.health.blind_reason == NEVER_ENDS
    assert len(watch.state.incidents) == 1


async def test_an_error_of_our_own_is_blindness_too(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    watch.arm()
    monkeypatch.setattr(BlinkCloud, "clip_pages", broken)
    await watch.poller.poll()
    assert watch.state.health.blind_reason == OUR_FAULT
    assert watch.poller.interval == 30.0
    assert "a bug" in caplog.text
