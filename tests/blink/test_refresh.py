"""Refresh tokens ahead of time, once, and never fall back to the password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.blink.keeper import FRESH_REFUSED_PAUSE, REFUSED_RETRY
from alarm.blink.tokens import Tokens
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from simulator.faults import Fault, FaultKind
from tests.blink.bench import HOMESCREEN, PASSING, TOKEN, Bench, pages, status

HALF = 7200.0


async def test_tokens_are_refreshed_at_half_life_and_not_before(bench: Bench) -> None:
    cloud = await bench.logged_in()
    first = bench.saved[-1]
    bench.clock.now += HALF - 0.1
    await cloud.keep_tokens_fresh()
    assert bench.saved[-1] == first
    bench.clock.now += 0.1
    await cloud.keep_tokens_fresh()
    second = bench.saved[-1]
    assert second.refresh_token != first.refresh_token
    assert second.expires_at == bench.clock.now + 14400
    assert (second.region, second.account_id) == (first.region, first.account_id)
    assert (await cloud.homescreen()).networks
    assert bench.blink.signins == 1


async def test_concurrent_callers_refresh_once(bench: Bench) -> None:
    cloud = await bench.logged_in()
    before = bench.blink.count(TOKEN)
    bench.clock.now += HALF
    await asyncio.gather(*(cloud.keep_tokens_fresh() for _ in range(5)))
    assert bench.blink.count(TOKEN) == before + 1


async def test_a_cancelled_refresh_keeps_the_rotated_token(bench: Bench) -> None:
    cloud = await bench.logged_in()
    first = bench.saved[-1]
    bench.clock.now += HALF
    bench.blink.faults.add(TOKEN, Fault(FaultKind.SLOW, seconds=0.1, times=1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(cloud.keep_tokens_fresh(), 0.05)
    await cloud.keep_tokens_fresh()  # waits at the lock for the one under way
    assert bench.saved[-1].refresh_token != first.refresh_token
    bench.clock.now += HALF
    await cloud.keep_tokens_fresh()
    assert not cloud.login_needed_soon


async def test_closing_lets_a_refresh_end_and_saves_it(bench: Bench) -> None:
    cloud = await bench.logged_in()
    first = bench.saved[-1]
    bench.clock.now += HALF
    bench.blink.faults.add(TOKEN, Fault(FaultKind.SLOW, seconds=0.1))
    refresh = asyncio.create_task(cloud.keep_tokens_fresh())
    await asyncio.sleep(0.05)
    refresh.cancel()
    await cloud.close()
    assert bench.saved[-1].refresh_token != first.refresh_token


async def test_a_restart_uses_the_saved_tokens_and_never_the_password(bench: Bench) -> None:
    await bench.logged_in()
    bench.clock.now += HALF
    seen = len(bench.blink.seen)
    restarted = await bench.cloud(tokens=Tokens.from_document(bench.saved[-1].to_document()))
    await restarted.keep_tokens_fresh()
    assert (await restarted.homescreen()).networks
    assert [one.path.split("?")[0] for one in bench.blink.seen[seen:]] == [
        TOKEN,
        "/api/v3/accounts/900100/homescreen",
    ]
    assert bench.blink.signins == 1


PASSING_TOKEN: dict[str, Callable[[], Fault]] = {
    **PASSING,
    "no token": lambda: status(200, '{"expires_in": 5}'),
    "a list": lambda: status(200, "[]"),
    "status 404": lambda: status(404),
}


@pytest.mark.parametrize("name", PASSING_TOKEN)
async def test_a_failing_token_endpoint_is_an_error_that_passes(bench: Bench, name: str) -> None:
    await bench.logged_in()
    bench.clock.now += HALF
    restarted = await bench.cloud()
    bench.blink.faults.add(TOKEN, PASSING_TOKEN[name]())
    for _ in range(2):
        with pytest.raises(BlinkError) as failed:
            await restarted.keep_tokens_fresh()
        assert not failed.value.permanent
    assert not restarted.login_needed_soon
    assert (await restarted.homescreen()).networks
    bench.blink.faults.clear()
    await restarted.keep_tokens_fresh()
    assert bench.blink.signins == 1


async def test_an_expired_token_with_a_failing_endpoint_asks_for_no_login(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.clock.now += 3 * HALF
    bench.blink.revoke_access_tokens()
    bench.blink.faults.add(TOKEN, status(500))
    for ask in (cloud.keep_tokens_fresh, cloud.homescreen):
        with pytest.raises(BlinkError) as failed:
            await ask()
        assert not isinstance(failed.value, BlinkLoginNeeded)
    assert bench.blink.signins == 1


async def test_a_refresh_names_how_long_to_wait(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.clock.now += HALF
    bench.blink.faults.add(TOKEN, status(429, headers={"Retry-After": "90"}))
    with pytest.raises(BlinkError) as failed:
        await cloud.keep_tokens_fresh()
    assert failed.value.retry_after == 90


@pytest.mark.parametrize("refusal", [400, 401, 403, 412])
async def test_a_refused_refresh_token_is_told_while_the_access_token_works(
    bench: Bench, refusal: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(TOKEN, status(refusal))
    bench.clock.now += HALF
    before = bench.blink.count(TOKEN)
    for _ in range(3):
        await cloud.keep_tokens_fresh()
    assert cloud.login_needed_soon
    assert bench.blink.count(TOKEN) == before + 1
    assert (await cloud.homescreen()).networks
    bench.clock.now += HALF - 1
    await cloud.keep_tokens_fresh()
    bench.clock.now += 1
    with pytest.raises(BlinkLoginNeeded):
        await cloud.keep_tokens_fresh()
    assert bench.blink.signins == 1


async def test_a_refused_refresh_token_is_tried_again_later_and_may_heal(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(TOKEN, status(403, times=1))
    bench.clock.now += HALF
    await cloud.keep_tokens_fresh()
    bench.clock.now += REFUSED_RETRY - 1
    await cloud.keep_tokens_fresh()
    assert cloud.login_needed_soon
    bench.clock.now += 1
    await cloud.keep_tokens_fresh()
    assert not cloud.login_needed_soon


async def test_a_login_ends_the_need_for_one(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_refresh_tokens()
    bench.clock.now += 3 * HALF
    with pytest.raises(BlinkLoginNeeded):
        await cloud.keep_tokens_fresh()
    await cloud.login()
    assert not cloud.login_needed_soon
    await cloud.keep_tokens_fresh()


async def test_a_rotated_token_whose_answer_was_lost_asks_for_a_login_in_time(
    bench: Bench,
) -> None:
    cloud = await bench.logged_in()
    bench.clock.now += HALF
    bench.blink.faults.add(TOKEN, Fault(FaultKind.LATE, times=1))
    with pytest.raises(BlinkError):
        await cloud.keep_tokens_fresh()
    await cloud.keep_tokens_fresh()
    assert cloud.login_needed_soon
    assert (await cloud.homescreen()).networks


async def test_an_access_token_revoked_early_is_renewed_and_the_request_repeated(
    bench: Bench,
) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_access_tokens()
    before = bench.blink.count(TOKEN)
    found = await asyncio.gather(cloud.homescreen(), pages(cloud), cloud.homescreen())
    assert found[0].networks
    assert bench.blink.count(TOKEN) == before + 1
    bench.blink.revoke_access_tokens()
    assert (await cloud.homescreen()).networks


async def test_both_tokens_revoked_need_a_login(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_access_tokens()
    bench.blink.revoke_refresh_tokens()
    for ask in (cloud.homescreen, lambda: pages(cloud), cloud.homescreen):
        with pytest.raises(BlinkLoginNeeded):
            await ask()
    bench.clock.now += HALF
    with pytest.raises(BlinkLoginNeeded):
        await cloud.keep_tokens_fresh()
    assert bench.blink.signins == 1


async def test_a_new_token_that_is_refused_too_causes_no_storm_of_refreshes(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, status(401, '{"message": "Unauthorized Access"}'))
    before = bench.blink.count(TOKEN)
    for _ in range(3):
        with pytest.raises(BlinkError) as failed:
            await cloud.homescreen()
        assert not failed.value.permanent
    assert bench.blink.count(TOKEN) == before + 1
    bench.clock.now += FRESH_REFUSED_PAUSE
    bench.blink.faults.clear()
    bench.blink.revoke_access_tokens()
    assert (await cloud.homescreen()).networks


async def test_one_odd_refusal_does_not_condemn_the_access_token(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_refresh_tokens()
    bench.blink.faults.add(HOMESCREEN, status(401, times=1))
    with pytest.raises(BlinkLoginNeeded):
        await cloud.homescreen()
    assert (await cloud.homescreen()).networks
    bench.clock.now += HALF
    await cloud.keep_tokens_fresh()
    assert cloud.login_needed_soon


async def test_no_request_refreshes_on_its_own_even_when_the_token_looks_expired(
    bench: Bench,
) -> None:
    cloud = await bench.logged_in()
    bench.clock.now += 10 * HALF
    before = cloud.requests
    await cloud.homescreen()
    assert cloud.requests == before + 1


async def test_a_refreshed_token_is_saved_before_it_is_used(bench: Bench) -> None:
    at_save: list[int] = []

    def save(tokens: Tokens) -> None:
        bench.saved.append(tokens)
        at_save.append(len(bench.blink.seen))

    cloud = await bench.logged_in(save_tokens=save)
    bench.blink.revoke_access_tokens()
    await pages(cloud)
    assert bench.blink.seen[at_save[-1] - 1].path == TOKEN


async def test_tokens_that_could_not_be_saved_are_used_and_saved_later(bench: Bench) -> None:
    full = False

    def save(tokens: Tokens) -> None:
        if full:
            raise OSError(28, "No space left on device")
        bench.saved.append(tokens)

    cloud = await bench.logged_in(save_tokens=save)
    first = bench.saved[-1]
    full = True
    bench.clock.now += HALF
    await cloud.keep_tokens_fresh()
    await cloud.keep_tokens_fresh()
    assert (await cloud.homescreen()).networks
    full = False
    await cloud.keep_tokens_fresh()
    assert bench.saved[-1].refresh_token != first.refresh_token


async def test_an_answer_without_a_new_refresh_token_keeps_the_old_one(bench: Bench) -> None:
    cloud = await bench.logged_in()
    first = bench.saved[-1]
    bench.clock.now += HALF
    bench.blink.faults.add(TOKEN, status(200, '{"access_token": "at-1", "expires_in": null}'))
    await cloud.keep_tokens_fresh()
    assert bench.saved[-1].refresh_token == first.refresh_token
    assert bench.saved[-1].expires_at == bench.clock.now + 3600


async def test_without_tokens_nothing_is_asked(bench: Bench) -> None:
    cloud: BlinkCloud = await bench.cloud()
    for ask in (cloud.keep_tokens_fresh, cloud.homescreen, lambda: pages(cloud)):
        with pytest.raises(BlinkLoginNeeded):
            await ask()
    assert bench.blink.seen == []
