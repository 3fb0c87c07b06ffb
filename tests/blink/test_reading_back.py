"""Arm within a deadline: read back from the homescreen, network by network."""

from __future__ import annotations

import asyncio

import pytest

from alarm.blink.orders import LOOKS
from alarm.core.errors import BlinkError
from simulator.blink import Camera, Network
from simulator.faults import Fault, FaultKind
from tests.blink.arm_bench import AMPLE, COMMAND, HOME, SLOW_DOWN, STATE, TIGHT, arm, refused
from tests.blink.bench import GUARD, HOMESCREEN, PASSING, TOKEN, Bench, hang, status


@pytest.mark.parametrize("name", PASSING)
async def test_a_homescreen_that_fails_for_a_while_delays_the_confirmation(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    fault = bench.blink.faults.add(HOMESCREEN, PASSING[name]())
    fault.times = 2
    await arm(cloud)
    assert bench.blink.count(HOMESCREEN) == 3


@pytest.mark.parametrize("name", PASSING)
async def test_a_homescreen_that_keeps_failing_confirms_nothing(bench: Bench, name: str) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, PASSING[name]())
    await refused(cloud, deadline=TIGHT)
    assert bench.blink.armed()


@pytest.mark.parametrize("name", sorted(set(PASSING) - SLOW_DOWN))
async def test_a_command_and_a_homescreen_that_fail_tell_of_the_command(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(STATE, status(500))
    bench.blink.faults.add(HOMESCREEN, PASSING[name]())
    assert "(arm, status 500)" in str(await refused(cloud))
    assert bench.blink.count(HOMESCREEN) in (LOOKS, 2 * LOOKS)  # a GET may be sent once more


async def test_a_look_that_is_asked_to_slow_down_is_the_last_one(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(STATE, status(500))
    bench.blink.faults.add(HOMESCREEN, status(429, headers={"Retry-After": "99"}))
    assert (await refused(cloud)).retry_after == 99
    assert bench.blink.count(HOMESCREEN) == 1


# The deadline


@pytest.mark.parametrize("where", [STATE, COMMAND, HOMESCREEN])
async def test_the_deadline_holds_whatever_hangs(bench: Bench, where: str) -> None:
    cloud = await bench.logged_in(request_timeout=AMPLE)
    bench.blink.faults.add(where, Fault(FaultKind.HANG, seconds=GUARD))
    await refused(cloud, deadline=TIGHT)


async def test_a_deadline_does_not_cut_a_token_exchange(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_access_tokens()
    bench.blink.faults.add(TOKEN, Fault(FaultKind.SLOW, seconds=0.2, times=1))
    await refused(cloud, deadline=0.1)
    await arm(cloud)
    assert bench.blink.count(TOKEN) == 2  # one at login, one that outlived the deadline
    assert not cloud.login_needed_soon


async def test_a_stopped_wait_leaves_the_cloud_usable(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(STATE, hang())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(cloud.set_armed(HOME, True), 0.05)
    bench.blink.faults.clear()
    await arm(cloud)


# Several networks


@pytest.fixture
async def estate(bench: Bench) -> Bench:
    networks = [
        Network(51001, "House", [Camera(71001, "Hall")], module_id=61001),
        Network(51002, "Shed", [Camera(71002, "Door")], module_id=61002),
        Network(51003, "Flat", [Camera(81003, "Desk", kind="owl")]),
    ]
    bench.blink.networks = networks
    return bench


async def test_only_the_named_network_is_armed(estate: Bench) -> None:
    cloud = await estate.logged_in()
    await cloud.set_armed("51002", True, deadline=AMPLE)
    assert [one.armed for one in estate.blink.networks] == [False, True, False]
    home = await cloud.homescreen()
    assert [one.armed for one in home.networks] == [False, True, False]


async def test_networks_are_set_side_by_side(estate: Bench) -> None:
    cloud = await estate.logged_in()
    estate.blink.arm(51003)
    wanted = {"51001": True, "51002": True, "51003": False}
    async with asyncio.timeout(GUARD):
        await asyncio.gather(*(cloud.set_armed(n, armed) for n, armed in wanted.items()))
    assert [one.armed for one in estate.blink.networks] == [True, True, False]


async def test_one_network_that_fails_does_not_keep_another_from_being_armed(
    estate: Bench,
) -> None:
    cloud = await estate.logged_in()
    estate.blink.faults.add("networks/51001/state", status(500))
    ends = await asyncio.gather(
        *(cloud.set_armed(n, True, deadline=AMPLE) for n in ("51001", "51002")),
        return_exceptions=True,
    )
    assert [type(end).__name__ for end in ends] == ["BlinkAnswerError", "NoneType"]
    assert [one.armed for one in estate.blink.networks] == [False, True, False]


async def test_a_network_that_blink_does_not_list_is_refused_for_good(bench: Bench) -> None:
    cloud = await bench.logged_in()
    with pytest.raises(BlinkError) as failed:
        await cloud.set_armed("51009", True, deadline=AMPLE)
    assert failed.value.permanent
