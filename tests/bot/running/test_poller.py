"""Looking at Blink: nothing is lost over an outage, and being blind is told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.blink.keeper import REFUSED_RETRY
from alarm.core.actor import Actor
from alarm.core.commands import Disarm
from alarm.core.deliveries import AlertBody
from alarm.core.inputs import LoginChanged
from alarm.core.notices import Notice
from alarm.core.state import LoginStatus
from bot.watch.login import account_of
from bot.watch.poller import LONGEST_BACKOFF, NEVER_ENDS, NO_LOOK, NOT_LOGGED_IN, OUR_FAULT
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import ANN, BOB, Watch, kept, told, waiting, watching

LISTING = "media/changed"
SECOND = timedelta(seconds=1)
# Seconds, of the stand-in's access tokens.
HALF_LIFE = 7200.0
MINUTE = timedelta(minutes=1)

OUTAGES = {
    "drop": Fault(FaultKind.DROP),
    "hang": Fault(FaultKind.HANG, seconds=5.0),
    "401": Fault(FaultKind.STATUS, status=401),
    "404": Fault(
        FaultKind.STATUS, status=404, body="<html>nothing</html>", content_type="text/html"
    ),
    "406": Fault(FaultKind.STATUS, status=406, body="slow down", content_type="text/plain"),
    "429": Fault(FaultKind.STATUS, status=429, headers={"Retry-After": "7"}),
    "500": Fault(FaultKind.STATUS, status=500, body="oh no", content_type="text/plain"),
    "garbage": Fault(FaultKind.GARBAGE),
    "cut": Fault(FaultKind.CUT),
}
EVERY_OUTAGE = pytest.mark.parametrize("kind", OUTAGES)


def fail(blink: BlinkStandIn, kind: str, pattern: str = LISTING) -> None:
    blink.faults.add(pattern, OUTAGES[kind])


def disarm(watch: Watch) -> None:
    watch.updates += 1
    watch.controller.apply(Disarm(Actor(ANN, "Ann", ANN, watch.updates)))


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


# -- the pace ------------------------------------------------------------------------------------


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


# -- armed and blind -----------------------------------------------------------------------------


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


# -- the login -----------------------------------------------------------------------------------


async def test_without_tokens_nothing_is_seen_and_that_is_known(
    tmp_path: Path, blink: BlinkStandIn
) -> None:
    async with watching(tmp_path, blink, logged_in=False) as watch:
        await watch.poller.poll()
        assert watch.state.health.blind_reason == NOT_LOGGED_IN
        assert blink.seen == []


async def test_tokens_that_were_lost_are_asked_for_once_and_never_by_a_login(
    tmp_path: Path, blink: BlinkStandIn
) -> None:
    async with watching(tmp_path, blink, logged_in=False) as watch:
        account = account_of(blink.email, blink.password)
        watch.controller.apply(LoginChanged(LoginStatus.DONE, account))
        for _ in range(3):
            watch.login.look()
            await asyncio.sleep(0)
        assert watch.state.login.status is LoginStatus.NEEDED
        assert told(watch.state).count(Notice.LOGIN_NEEDED) == 1
        assert blink.signins == 0


async def test_a_good_look_proves_a_login_of_which_nothing_is_known(watch: Watch) -> None:
    watch.controller.apply(LoginChanged(LoginStatus.NEVER, ""))
    await watch.poller.poll()
    assert watch.state.login.status is LoginStatus.DONE


async def test_a_good_look_does_not_hide_that_a_login_is_needed(watch: Watch) -> None:
    watch.blink.revoke_refresh_tokens()
    watch.forward(HALF_LIFE)
    await watch.poller.keep_tokens_fresh()
    assert watch.state.login.status is LoginStatus.NEEDED
    await watch.poller.poll()
    assert watch.state.health.blind_since is None
    assert watch.state.login.status is LoginStatus.NEEDED


async def test_a_good_look_after_a_restart_does_not_hide_that_a_login_is_needed(
    watch: Watch,
) -> None:
    # The new process has not asked with the refresh token yet, and half its time is over.
    watch.controller.apply(LoginChanged(LoginStatus.NEEDED, ""))
    watch.forward(HALF_LIFE)
    await watch.poller.poll()
    assert watch.state.login.status is LoginStatus.NEEDED


async def test_a_good_look_ends_what_is_known_of_another_account(watch: Watch) -> None:
    # Another e-mail was tried in vain; the file with the tokens still is of the one before.
    watch.controller.apply(LoginChanged(LoginStatus.REFUSED, "another account"))
    await watch.poller.poll()
    assert watch.state.login.status is LoginStatus.DONE


async def test_a_refusal_that_was_a_whim_ends_without_a_login(watch: Watch) -> None:
    watch.blink.faults.add("/oauth/token", Fault(FaultKind.STATUS, 401, "{}", times=1))
    watch.forward(HALF_LIFE)
    await watch.poller.keep_tokens_fresh()
    before = watch.state.login.status
    watch.forward(REFUSED_RETRY)
    await watch.poller.keep_tokens_fresh()
    await watch.poller.poll()
    assert (before, watch.state.login.status) == (LoginStatus.NEEDED, LoginStatus.DONE)
    assert watch.blink.signins == 0


async def test_refused_tokens_ask_for_a_login_once(watch: Watch) -> None:
    watch.arm()
    watch.blink.revoke_access_tokens()
    watch.blink.revoke_refresh_tokens()
    for _ in range(3):
        await watch.poller.poll()
        await watch.poller.keep_tokens_fresh()
    assert told(watch.state).count(Notice.LOGIN_NEEDED) == 1
    assert watch.state.health.blind_since is not None


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
