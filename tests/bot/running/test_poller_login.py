"""What looking at Blink shows of the login to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alarm.blink.keeper import REFUSED_RETRY
from alarm.core.inputs import LoginChanged
from alarm.core.notices import Notice
from alarm.core.state import LoginStatus
from bot.watch.login import account_of
from bot.watch.poller import NOT_LOGGED_IN
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import Watch, told, watching

# Seconds, of the stand-in's access tokens.
HALF_LIFE = 7200.0


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
