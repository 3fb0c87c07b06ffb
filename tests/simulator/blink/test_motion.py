"""Switch motion detection at the stand-in through the real blinkpy."""

from __future__ import annotations

import pytest
from blinkpy import api
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn, Camera, Network, Outcome
from tests.simulator.blink.bench import HOME, client, homescreen, running

DOOR = Camera(91001, "Door", kind="lotus")
GATE = Camera(71001, "Gate")
DESK = Camera(81001, "Desk", kind="owl")
# How blinkpy calls the three sorts of cameras, and where the homescreen lists them.
SORTS = [(GATE.id, "", "cameras"), (DESK.id, "mini", "owls"), (DOOR.id, "doorbell", "doorbells")]


@pytest.mark.parametrize(("camera", "sort", "section"), SORTS, ids=["gate", "desk", "door"])
async def test_each_sort_of_camera_is_switched_by_its_own_path(
    camera: int, sort: str, section: str
) -> None:
    cameras = [Camera(c.id, c.name, c.kind) for c in (GATE, DESK, DOOR)]
    house = Network(HOME, "House", cameras, module_id=61001)
    async with running(BlinkStandIn(networks=[house])) as cloud, client(cloud) as blink:
        assert await blink.start()

        async def shown() -> object:
            return (await homescreen(blink))[section][0]["enabled"]

        given = await api.request_motion_detection_disable(blink, HOME, camera, camera_type=sort)
        assert given["camera_id"] == camera
        assert await shown() is False
        assert [c.enabled for c in cameras].count(False) == 1
        await api.request_motion_detection_enable(blink, HOME, camera, camera_type=sort)
        assert await shown() is True


async def test_a_camera_is_switched_when_its_command_ends(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.commands.seconds = 60
    cloud.commands.polls = 2
    command = await api.http_post(
        blink, f"{blink.urls.base_url}/network/{HOME}/camera/71004/disable"
    )
    for complete in (False, True):
        assert cloud.detects_motion("Hall")
        status = await api.request_command_status(blink, HOME, command["id"])
        assert (status["complete"], status["status_code"]) == (complete, 908)
    assert not cloud.detects_motion("Hall")


async def test_arming_and_switching_keep_each_other_waiting(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.commands.seconds = 60
    base = blink.urls.base_url
    arm = f"{base}/api/v1/accounts/900100/networks/{HOME}/state/arm"
    switch = f"{base}/network/{HOME}/camera/71004/disable"
    assert (await api.http_post(blink, arm, json=False)).status == 200
    refused = await api.http_post(blink, switch, json=False)
    assert (refused.status, (await refused.json())["code"]) == (409, 307)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.STUCK])
async def test_a_command_that_goes_wrong_switches_nothing(
    cloud: BlinkStandIn, blink: Blink, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    monkeypatch.setattr(api, "MAX_RETRY", 5)
    cloud.commands.outcome = outcome
    await api.request_motion_detection_disable(blink, HOME, 71004)
    assert cloud.detects_motion("Hall")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/network/51001/camera/81001/disable", None, 404),
        ("/api/v1/accounts/900100/networks/51001/doorbells/71001/disable", None, 404),
        ("/api/v1/accounts/900100/networks/51001/owls/71001/config", '{"enabled": false}', 404),
        ("/api/v1/accounts/900100/networks/51001/owls/81001/config", None, 400),
        ("/api/v1/accounts/900100/networks/51001/owls/81001/config", "[]", 400),
        ("/api/v1/accounts/900100/networks/51001/owls/81001/config", '{"enabled": 1}', 400),
        ("/network/51001/camera/79999/disable", None, 404),
    ],
)
async def test_what_is_no_order_for_such_a_camera_is_refused(
    cloud: BlinkStandIn, blink: Blink, path: str, body: str | None, status: int
) -> None:
    url = f"{blink.urls.base_url}{path}"
    assert (await api.http_post(blink, url, data=body, json=False)).status == status
    assert all(camera.enabled for _, camera in cloud.devices())


async def test_what_the_app_switches_shows_at_once(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.detect_motion("Kitchen", False)
    assert (await homescreen(blink))["owls"][0]["enabled"] is False
    assert not cloud.detects_motion("Kitchen")
