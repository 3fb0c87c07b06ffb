"""Read the homescreen: every device, or an error, and never an empty house by mistake."""

from __future__ import annotations

import json
from typing import Any

import pytest

from alarm.blink.errors import BlinkAnswerError
from alarm.core.events import Camera, CameraGroup, Network
from simulator.faults import Fault
from tests.blink.bench import HOMESCREEN, Bench, status

FILES = "/api/v3/media/accounts/900100/networks/51001"
HOUSE: dict[str, Any] = {"id": 51001, "name": "House", "armed": True}
MODULE: dict[str, Any] = {"id": 61001, "network_id": 51001, "status": "online", "onboarded": True}
GATE: dict[str, Any] = {
    "id": 71001,
    "network_id": 51001,
    "name": "Front Gate",
    "type": "catalina",
    "enabled": True,
    "status": "done",
    "battery": "ok",
    "thumbnail": "/api/v3/media/thumbnail.jpg?ts=1772600000&ext=",
}


def shown(lists: dict[str, Any], headers: dict[str, str] | None = None) -> Fault:
    body = {"networks": [HOUSE], "sync_modules": [MODULE], "cameras": [GATE]} | lists
    return status(200, json.dumps(body), headers=headers or {})


async def cameras(bench: Bench, **lists: object) -> tuple[Camera, ...]:
    bench.blink.faults.add(HOMESCREEN, shown(lists))
    return (await (await bench.logged_in()).homescreen()).cameras


async def networks(bench: Bench, **lists: object) -> tuple[Network, ...]:
    bench.blink.faults.add(HOMESCREEN, shown(lists))
    return (await (await bench.logged_in()).homescreen()).networks


async def test_a_camera_is_shown_with_what_the_alarm_needs(bench: Bench) -> None:
    assert await cameras(bench) == (
        Camera(
            id="71001",
            network_id="51001",
            name="Front Gate",
            kind="catalina",
            enabled=True,
            online=True,
            battery_low=False,
            thumbnail_path="/api/v3/media/thumbnail.jpg?ts=1772600000&ext=",
        ),
    )


async def test_minis_and_doorbells_are_cameras_too(bench: Bench) -> None:
    mini = {"id": 1, "network_id": 51001, "name": "Desk", "status": "offline"}
    bell = {"id": 2, "network_id": 51001, "battery": "low", "enabled": False}
    found = await cameras(bench, owls=[mini], doorbells=[bell])
    assert [(one.id, one.group, one.kind, one.name) for one in found] == [
        ("71001", CameraGroup.BATTERY, "catalina", "Front Gate"),
        ("1", CameraGroup.MINI, "owl", "Desk"),
        ("2", CameraGroup.DOORBELL, "lotus", "2"),
    ]
    assert [(one.online, one.battery_low, one.enabled) for one in found[1:]] == [
        (False, False, True),
        (True, True, False),
    ]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (1772600000, f"{FILES}/catalina/71001/thumbnail/thumbnail.jpg?ts=1772600000&ext="),
        ("/media/a/thumbnail.jpg?ts=1&ext=", "/media/a/thumbnail.jpg?ts=1&ext="),
        ("/media/production/clip_x", "/media/production/clip_x.jpg"),
        ("https://evil.example/x.jpg", ""),
        (None, ""),
        ("", ""),
        (["/x.jpg"], ""),
    ],
)
async def test_the_picture_of_a_camera_has_a_path_or_none(
    bench: Bench, value: object, path: str
) -> None:
    (camera,) = await cameras(bench, cameras=[GATE | {"thumbnail": value}])
    assert camera.thumbnail_path == path


@pytest.mark.parametrize("word", ["done", "online", "busy", "", None, 5])
async def test_only_offline_is_offline(bench: Bench, word: object) -> None:
    (camera,) = await cameras(bench, cameras=[GATE | {"status": word}])
    assert camera.online


@pytest.mark.parametrize(
    ("modules", "online"),
    [
        ([MODULE], True),
        ([MODULE | {"status": "offline"}], False),
        ([MODULE, MODULE | {"id": 61002, "status": "offline"}], False),
        ([MODULE | {"status": "offline", "onboarded": False}], True),
        ([MODULE | {"status": "offline", "network_id": 51002}], True),
        ([], True),
        (None, True),
    ],
)
async def test_a_network_is_offline_when_one_of_its_modules_is(
    bench: Bench, modules: object, online: bool
) -> None:
    assert await networks(bench, sync_modules=modules) == (Network("51001", "House", True, online),)


@pytest.mark.parametrize(("value", "armed"), [(True, True), (False, False), (None, False)])
async def test_a_network_is_armed_only_where_blink_says_so(
    bench: Bench, value: object, armed: bool
) -> None:
    (network,) = await networks(bench, networks=[HOUSE | {"armed": value}])
    assert network.armed is armed


async def test_a_device_without_a_name_is_called_by_its_id(bench: Bench) -> None:
    (network,) = await networks(bench, networks=[{"id": 51001}])
    assert network.name == "51001"


async def test_a_device_that_cannot_be_read_spoils_no_other(bench: Bench) -> None:
    found = await cameras(bench, cameras=[None, {"name": "x"}, GATE, GATE | {"id": None}])
    assert [one.id for one in found] == ["71001"]


@pytest.mark.parametrize(
    "lists",
    [
        {"networks": None},
        {"networks": {}},
        {"networks": [{"name": "no id"}]},
        {"cameras": None},
        {"cameras": "none"},
        {"cameras": [{"name": "no id"}]},
        {"cameras": [], "owls": [{"name": "no id"}]},
    ],
)
async def test_lists_that_cannot_be_read_are_no_empty_house(
    bench: Bench, lists: dict[str, object]
) -> None:
    bench.blink.faults.add(HOMESCREEN, shown(lists))
    cloud = await bench.logged_in()
    with pytest.raises(BlinkAnswerError, match="makes no sense"):
        await cloud.homescreen()


async def test_a_house_without_cameras_is_one(bench: Bench) -> None:
    assert await cameras(bench, cameras=[], owls=[], doorbells=None) == ()


@pytest.mark.parametrize(
    ("value", "number"),
    [("880022", 880022), ("", None), ("x", None), ("-1", None), ("9" * 21, None)],
)
async def test_client_and_user_are_noted_where_they_are_numbers(
    bench: Bench, value: str, number: int | None
) -> None:
    cloud = await bench.logged_in()
    fault = shown({}, {"Client-Id": value, "User-Id": value})
    bench.blink.faults.add(HOMESCREEN, fault)
    assert (await cloud.homescreen()).networks
    assert (bench.saved[-1].client_id, bench.saved[-1].user_id) == (number, number)


async def test_thousands_of_digits_are_no_client(bench: Bench) -> None:
    """Python refuses to read them as a number."""
    cloud = await bench.logged_in()
    bench.blink.faults.add(HOMESCREEN, shown({}, {"Client-Id": "1" * 5000}))
    assert (await cloud.homescreen()).networks


async def test_a_second_look_saves_nothing(bench: Bench) -> None:
    cloud = await bench.logged_in()
    await cloud.homescreen()
    before = len(bench.saved)
    await cloud.homescreen()
    assert len(bench.saved) == before
