"""Log in against the stand-in in every form, and never cause a second SMS."""

from __future__ import annotations

import asyncio
import re
import traceback
from typing import Literal

import pytest

from alarm.blink.cloud import LoginOutcome
from alarm.blink.errors import BlinkLoginFailed, BlinkPasswordRefused
from alarm.core.errors import BadInput, BlinkError, BlinkLoginNeeded
from simulator.faults import Fault, FaultKind
from tests.blink.bench import (
    CODE,
    EMAIL,
    HARDWARE_ID,
    PASSING,
    PASSWORD,
    SIGNIN,
    TOKEN,
    Bench,
    pages,
    status,
)

VERIFY = "/2fa/verify"
# The last step of the login: the same path as the first one, without a query.
END = r"/oauth/v2/authorize$"


async def test_a_login_without_a_code_saves_tokens_and_account(bench: Bench) -> None:
    cloud = await bench.cloud(hardware_id=HARDWARE_ID)
    before = cloud.has_tokens
    assert await cloud.login() is LoginOutcome.DONE
    assert (before, cloud.has_tokens, cloud.code_pending) == (False, True, False)
    tokens = bench.saved[-1]
    assert (tokens.hardware_id, tokens.region, tokens.account_id) == (HARDWARE_ID, "e777", 900100)
    assert tokens.expires_at == bench.clock.now + 14400
    assert cloud.requests == len(bench.blink.seen)


@pytest.mark.parametrize("form", ["412", "202"])
async def test_a_login_with_a_code_is_finished_by_the_code(
    bench: Bench, form: Literal["412", "202"]
) -> None:
    bench.blink.two_factor = form
    cloud = await bench.cloud()
    assert await cloud.login() is LoginOutcome.CODE_NEEDED
    before = (cloud.code_pending, cloud.has_tokens)
    assert await cloud.enter_code(f" {CODE} ")
    assert (*before, cloud.code_pending, cloud.has_tokens) == (True, False, False, True)
    assert bench.saved[-1].account_id == 900100
    assert (await cloud.homescreen()).networks


async def test_a_wrong_code_can_be_followed_by_the_right_one(bench: Bench) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    await cloud.login()
    assert not await cloud.enter_code("000000")
    assert not await cloud.enter_code("999999")
    assert cloud.code_pending
    assert await cloud.enter_code(CODE)
    assert bench.blink.codes_sent == 1


@pytest.mark.parametrize("refusal", [400, 401, 403, 412])
async def test_each_status_of_a_wrong_code_lets_it_be_tried_again(
    bench: Bench, refusal: int
) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    await cloud.login()
    bench.blink.faults.add(VERIFY, status(refusal, times=1))
    assert not await cloud.enter_code(CODE)
    assert await cloud.enter_code(CODE)


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("where", [VERIFY, END, TOKEN])
async def test_a_code_is_tried_again_after_a_failure_without_a_second_sms(
    bench: Bench, name: str, where: str
) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    await cloud.login()
    bench.blink.faults.add(where, PASSING[name]())
    with pytest.raises(BlinkError) as failed:
        await cloud.enter_code(CODE)
    assert not failed.value.permanent
    bench.blink.faults.clear()
    assert await cloud.enter_code(CODE)
    assert (bench.blink.codes_sent, bench.blink.signins) == (1, 1)


@pytest.mark.parametrize("where", [VERIFY, END, TOKEN])
async def test_a_code_whose_answer_was_lost_still_logs_in(bench: Bench, where: str) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    await cloud.login()
    # No `times=1`: a GET whose kept connection dies is sent once more by aiohttp itself.
    bench.blink.faults.add(where, Fault(FaultKind.LATE))
    with pytest.raises(BlinkError):
        await cloud.enter_code(CODE)
    bench.blink.faults.clear()
    assert await cloud.enter_code(CODE)
    assert bench.blink.codes_sent == 1


async def test_a_code_without_a_login_needs_a_login(bench: Bench) -> None:
    cloud = await bench.cloud()
    with pytest.raises(BlinkLoginNeeded):
        await cloud.enter_code(CODE)
    assert bench.blink.seen == []


async def test_a_code_after_a_restart_needs_a_login_and_sends_no_sms(bench: Bench) -> None:
    bench.blink.two_factor = "202"
    await (await bench.cloud()).login()
    restarted = await bench.cloud()
    assert not restarted.code_pending
    with pytest.raises(BlinkLoginNeeded):
        await restarted.enter_code(CODE)
    assert bench.blink.codes_sent == 1


async def test_a_login_that_blink_has_forgotten_needs_a_new_one(bench: Bench) -> None:
    bench.blink.two_factor = "202"
    cloud = await bench.cloud()
    await cloud.login()
    body = '{"error": "bad_request", "error_cause": "empty_cookies"}'
    bench.blink.faults.add(VERIFY, status(400, body))
    with pytest.raises(BlinkLoginNeeded):
        await cloud.enter_code(CODE)
    assert not cloud.code_pending


async def test_a_wrong_password_is_refused_for_good(bench: Bench) -> None:
    cloud = await bench.cloud(password="wrong")
    with pytest.raises(BlinkPasswordRefused) as refused:
        await cloud.login()
    assert refused.value.permanent
    assert refused.value.after_signin
    assert bench.saved == []


@pytest.mark.parametrize("refusal", [200, 400, 401])
async def test_each_status_of_a_wrong_password_is_known(bench: Bench, refusal: int) -> None:
    bench.blink.faults.add(SIGNIN, status(refusal), method="POST")
    with pytest.raises(BlinkPasswordRefused):
        await (await bench.cloud()).login()


@pytest.mark.parametrize("odd", [402, 403, 404, 406, 409, 410, 422, 426, 429, 500, 503])
async def test_no_other_status_says_that_the_password_is_wrong(bench: Bench, odd: int) -> None:
    bench.blink.faults.add(SIGNIN, status(odd), method="POST")
    with pytest.raises(BlinkLoginFailed) as failed:
        await (await bench.cloud()).login()
    assert not isinstance(failed.value, BlinkPasswordRefused)
    assert (failed.value.after_signin, failed.value.permanent) == (True, False)


async def test_lost_cookies_are_not_taken_for_a_wrong_password(bench: Bench) -> None:
    body = '{"error": "bad_request", "error_cause": "empty_cookies"}'
    bench.blink.faults.add(SIGNIN, status(400, body), method="POST")
    with pytest.raises(BlinkLoginFailed) as failed:
        await (await bench.cloud()).login()
    assert not failed.value.permanent


SIGNIN_PASSING = {name: fault for name, fault in PASSING.items() if name != "no JSON"}
SIGNIN_PASSING["empty body"] = lambda: status(202, "{}")
SIGNIN_PASSING["a list"] = lambda: status(202, "[]")
SIGNIN_PASSING["done, then dropped"] = lambda: Fault(FaultKind.LATE)


@pytest.mark.parametrize("name", SIGNIN_PASSING)
async def test_a_failed_signin_says_that_the_password_was_sent(bench: Bench, name: str) -> None:
    bench.blink.two_factor = "202"
    bench.blink.faults.add(SIGNIN, SIGNIN_PASSING[name](), method="POST")
    cloud = await bench.cloud()
    with pytest.raises(BlinkLoginFailed) as failed:
        await cloud.login()
    assert failed.value.after_signin
    assert not failed.value.permanent
    assert not cloud.code_pending
    assert bench.blink.count(SIGNIN) == 3  # the redirect, the form, one password


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("where", [r"/authorize\?", r"/oauth/v2/signin"])
async def test_a_failure_before_the_signin_says_that_no_password_was_sent(
    bench: Bench, name: str, where: str
) -> None:
    bench.blink.faults.add(where, PASSING[name](), method="GET")
    with pytest.raises(BlinkLoginFailed) as failed:
        await (await bench.cloud()).login()
    assert not failed.value.after_signin
    assert not failed.value.permanent
    assert bench.blink.signins == 0


async def test_a_login_names_how_long_to_wait(bench: Bench) -> None:
    bench.blink.faults.add(SIGNIN, status(429, headers={"Retry-After": "120"}), method="POST")
    with pytest.raises(BlinkLoginFailed) as failed:
        await (await bench.cloud()).login()
    assert failed.value.retry_after == 120


async def test_a_token_answer_without_a_token_fails_the_login(bench: Bench) -> None:
    bench.blink.faults.add(TOKEN, status(200, '{"refresh_token": "rt"}'))
    cloud = await bench.cloud()
    with pytest.raises(BlinkLoginFailed) as failed:
        await cloud.login()
    assert failed.value.after_signin
    assert not cloud.has_tokens


async def test_a_login_counts_although_the_account_cannot_be_asked_yet(bench: Bench) -> None:
    bench.blink.faults.add("tier_info", status(500, times=1))
    cloud = await bench.logged_in()
    assert bench.saved[-1].account_id is None
    assert (await cloud.homescreen()).networks
    assert bench.saved[-1].account_id == 900100


@pytest.mark.parametrize(
    "body",
    [
        '{"tier": "evil.example/x", "account_id": 1}',
        '{"tier": "", "account_id": 1}',
        '{"tier": null, "account_id": 1}',
        '{"tier": "e777", "account_id": "1"}',
        '{"tier": "e777", "account_id": true}',
        '{"tier": "e777"}',
        "[]",
    ],
)
async def test_an_odd_account_answer_is_an_error_and_not_believed(bench: Bench, body: str) -> None:
    bench.blink.faults.add("tier_info", status(200, body))
    cloud = await bench.logged_in()
    with pytest.raises(BlinkError):
        await pages(cloud)
    assert bench.saved[-1].region == ""


async def test_a_second_login_starts_without_the_cookies_of_the_first(bench: Bench) -> None:
    cloud = await bench.logged_in()
    assert await cloud.login() is LoginOutcome.DONE
    assert bench.blink.signins == 2


async def test_a_cancelled_login_goes_on_and_waits_for_the_code(bench: Bench) -> None:
    bench.blink.two_factor = "202"
    bench.blink.faults.add(SIGNIN, Fault(FaultKind.SLOW, seconds=0.1), method="POST")
    cloud = await bench.cloud()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(cloud.login(), 0.05)
    assert await asyncio.wait_for(cloud.enter_code(CODE), 1)
    assert bench.blink.codes_sent == 1


async def test_errors_hold_no_secret(bench: Bench) -> None:
    bench.blink.two_factor = "202"
    secrets = [EMAIL, PASSWORD, CODE]
    texts = []
    for where, fault in [(SIGNIN, status(401)), (SIGNIN, PASSING["silent"]())]:
        bench.blink.faults.add(where, fault, method="POST")
        with pytest.raises(BlinkError) as failed:
            await (await bench.cloud()).login()
        texts += [repr(failed.value), *traceback.format_exception(failed.value)]
        bench.blink.faults.clear()
    cloud = await bench.cloud()
    await cloud.login()
    for where in (VERIFY, TOKEN):
        bench.blink.faults.add(where, PASSING["no JSON"]())
        with pytest.raises(BlinkError) as failed:
            await cloud.enter_code(CODE)
        texts += [repr(failed.value), *traceback.format_exception(failed.value)]
        bench.blink.faults.clear()
    assert not re.search("|".join(map(re.escape, secrets)), "".join(texts))


async def test_a_hardware_id_that_is_no_uuid_is_refused(bench: Bench) -> None:
    with pytest.raises(BadInput):
        await bench.cloud(hardware_id="Home Assistant")
