"""Devices of the stand-in, as the real blinkpy sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from blinkpy import api
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn, Camera, Network
from tests.simulator.blink.bench import (
    FIVE_CAMERAS,
    HOME,
    client,
    homescreen,
    running,
)


async def test_an_idle_refresh_of_five_cameras_takes_eleven_requests(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    before = cloud.count()
    blink.last_refresh = 0
    assert await blink.refresh()
    assert set(blink.cameras) == FIVE_CAMERAS
    assert cloud.count() - before == 11


async def test_a_refresh_sees_motion_while_armed(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.arm()
    cloud.motion("Garden")
    blink.last_refresh = int((datetime.now(UTC) - timedelta(seconds=30)).timestamp())
    assert await blink.refresh(force=True)
    moved = {name for name, camera in blink.cameras.items() if camera.motion_detected}
    assert moved == {"Garden"}
    assert blink.cameras["Garden"].video_from_cache == cloud.clip_bytes


async def test_a_mini_is_in_the_homescreen_only(blink: Blink) -> None:
    (usage,) = (await api.request_camera_usage(blink))["networks"]
    assert {camera["name"] for camera in usage["cameras"]} == FIVE_CAMERAS - {"Kitchen"}
    assert [owl["name"] for owl in blink.homescreen["owls"]] == ["Kitchen"]
    assert (await api.request_camera_sensors(blink, HOME, 71001))["battery"] == 3


async def test_the_homescreen_tells_what_is_offline_or_low(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    for name in ("Hall", "Kitchen", "Garage"):
        cloud.camera_offline(name)
    cloud.camera_online("Garage")
    cloud.battery_low("Garden")
    cloud.module_offline(HOME)
    screen = await homescreen(blink)
    devices = screen["cameras"] + screen["owls"]
    assert {device["name"]: device["status"] for device in devices} == {
        "Front Door": "done",
        "Garden": "done",
        "Garage": "done",
        "Hall": "offline",
        "Kitchen": "offline",
    }
    low = {device["name"] for device in screen["cameras"] if device["battery"] == "low"}
    assert low == {"Garden"}
    assert "battery" not in screen["owls"][0]
    assert [module["status"] for module in screen["sync_modules"]] == ["offline"]
    cloud.module_online(HOME)
    assert (await homescreen(blink))["sync_modules"][0]["status"] == "online"


async def test_blinkpy_sets_up_a_doorbell_and_a_mini_that_stands_alone() -> None:
    house = Network(51001, "House", [Camera(91001, "Door", kind="lotus")], module_id=61001)
    flat = Network(51002, "Flat", [Camera(81002, "Desk", kind="owl")])
    async with running(BlinkStandIn(networks=[house, flat])) as cloud, client(cloud) as blink:
        assert await blink.start()
        assert set(blink.cameras) == {"Door", "Desk"}
