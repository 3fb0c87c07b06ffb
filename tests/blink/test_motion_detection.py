"""Switch the motion detection of one camera: by its own path, and read back."""

from __future__ import annotations

import asyncio
import json

import pytest

from alarm.blink.cloud import BlinkCloud
from alarm.blink.orders import LOOKS
from alarm.core.errors import BlinkError
from alarm.core.events import Camera
from simulator.blink import Camera as Device
from simulator.blink import Network, Outcome
from simulator.faults import Fault, FaultKind
from tests.blink.arm_bench import AMPLE, BUSY, COMMAND, HOME, SLOW_DOWN, TIGHT
from tests.blink.bench import GUARD, HOMESCREEN, PASSING, Bench, status

SWITCH = "/network/51001/camera/71004/disable"


async def camera(cloud: BlinkCloud, name: str = "Hall") -> Camera:
    return next(c for c in (await cloud.homescreen()).cameras if c.name == name)


async def switch(
    cloud: BlinkCloud, which: Camera, enabled: bool = False, deadline: float = AMPLE
) -> None:
    async with asyncio.timeout(GUARD):
        await cloud.set_motion_detection(which, enabled, deadline=deadline)


async def refused(cloud: BlinkCloud, which: Camera, deadline: float = AMPLE) -> BlinkError:
    with pytest.raises(BlinkError) as failed:
        await switch(cloud, which, deadline=deadline)
    assert not failed.value.permanent
    return failed.value


@pytest.mark.parametrize("kind", ["catalina", "white", "owl", "lotus", "superior"])
async def test_every_kind_of_camera_is_switched_off_and_on_again(bench: Bench, kind: str) -> None:
    cameras = [Device(71001, "Door"), Device(71004, "Hall", kind=kind)]
    bench.blink.networks = [Network(51001, "Home", cameras, module_id=61001)]
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    await switch(cloud, hall)
    assert [c.enabled for c in cameras] == [True, False]
    assert (await camera(cloud)).enabled is False
    await switch(cloud, hall, enabled=True)
    assert [c.enabled for c in cameras] == [True, True]


async def test_the_command_is_watched_to_its_end_and_the_camera_is_read_back(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    before = len(bench.blink.seen)
    await switch(cloud, hall)
    asked = [one.path.rsplit("/", 2)[-2:] for one in bench.blink.seen[before:]]
    command = str(bench.blink.commands.given[-1].id)
    assert asked == [
        ["71004", "disable"],
        ["command", command],
        ["command", command],
        ["900100", "homescreen"],
    ]


async def test_a_homescreen_that_lags_is_read_until_it_shows_the_camera_off(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    entry = {"id": int(hall.id), "network_id": int(HOME), "enabled": True}
    body = {"networks": [{"id": int(HOME), "armed": True}], "cameras": [entry]}
    bench.blink.faults.add(HOMESCREEN, status(200, json.dumps(body), times=LOOKS + 1))
    await switch(cloud, hall)
    assert bench.blink.count(HOMESCREEN) == 1 + LOOKS + 2


async def test_a_camera_that_is_off_already_is_switched_all_the_same(bench: Bench) -> None:
    """An order of an earlier run may still be under way that would switch it on."""
    bench.blink.detect_motion("Hall", False)
    cloud = await bench.logged_in()
    await switch(cloud, await camera(cloud))
    assert bench.blink.count(SWITCH) == 1


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.STUCK])
async def test_a_command_that_goes_wrong_is_not_confirmed(bench: Bench, outcome: Outcome) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    bench.blink.commands.outcome = outcome
    error = await refused(cloud, hall, deadline=1.0)
    assert str(error) == "Blink did not confirm that its motion detection is off"
    bench.blink.commands.outcome = Outcome.DONE
    await switch(cloud, hall)


async def test_a_busy_module_is_asked_again_until_it_accepts(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    bench.blink.faults.add(SWITCH, status(409, BUSY, times=3))
    await switch(cloud, hall)
    assert bench.blink.count(SWITCH) == 4
    assert not bench.blink.detects_motion("Hall")


async def test_arming_and_switching_side_by_side_both_come_to_their_end(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    async with asyncio.timeout(GUARD):
        await asyncio.gather(
            cloud.set_armed(HOME, True, deadline=AMPLE),
            cloud.set_motion_detection(hall, False, deadline=AMPLE),
        )
    assert bench.blink.armed()
    assert not bench.blink.detects_motion("Hall")


async def test_a_lost_answer_is_no_failure_where_the_camera_was_switched(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    bench.blink.commands.seconds = 0.03
    bench.blink.faults.add(SWITCH, Fault(FaultKind.LATE))
    await switch(cloud, hall)
    assert bench.blink.count(SWITCH) == 1


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("where", [SWITCH, COMMAND])
async def test_what_fails_for_a_while_can_be_done_later(
    bench: Bench, name: str, where: str
) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    bench.blink.commands.seconds = 60
    bench.blink.faults.add(where, PASSING[name]())
    error = await refused(cloud, hall, deadline=TIGHT if where == COMMAND else AMPLE)
    if where == SWITCH:
        looks = 0 if name in SLOW_DOWN else LOOKS
        assert bench.blink.count(HOMESCREEN) == 1 + looks
        assert "(motion detection" in str(error)
    bench.blink.faults.clear()
    for command in bench.blink.commands.given:
        command.complete = True
    await switch(cloud, hall)
    assert not bench.blink.detects_motion("Hall")


async def test_a_camera_that_left_the_account_is_refused_for_good(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    home = bench.blink.networks[0]
    home.cameras = [c for c in home.cameras if c.name != "Hall"]
    with pytest.raises(BlinkError, match="no longer lists this camera") as failed:
        await switch(cloud, hall)
    assert failed.value.permanent


async def test_a_camera_that_moved_to_another_network_is_not_the_same(bench: Bench) -> None:
    cloud = await bench.logged_in()
    hall = await camera(cloud)
    home = bench.blink.networks[0]
    moved = [c for c in home.cameras if c.name == "Hall"]
    home.cameras = [c for c in home.cameras if c.name != "Hall"]
    bench.blink.networks = [home, Network(51002, "Shed", moved, module_id=61002)]
    with pytest.raises(BlinkError) as failed:
        await switch(cloud, hall)
    assert failed.value.permanent
    assert bench.blink.detects_motion("Hall")
