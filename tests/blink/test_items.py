"""Turn one item of the clip list into an event, or count it as one that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alarm.core.events import MotionEvent
from simulator.blink import BlinkStandIn, Camera, Network
from tests.blink.bench import LISTING, Bench, events, item, keys, listing, pages


async def test_an_event_holds_what_the_alarm_needs(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item()]))
    (event,) = events(await pages(cloud))
    path = "/api/v3/media/accounts/900100/networks/51001/catalina/71001/pir/7000001"
    assert event == MotionEvent(
        key="51001:7000001",
        network_id="51001",
        camera_id="71001",
        camera_name="Front Gate",
        created_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        source="pir",
        deleted=False,
        clip_path=f"{path}.mp4",
        thumbnail_path=f"{path}.jpg?ext=",
    )


async def test_the_events_of_a_page_come_oldest_first(bench: Bench) -> None:
    cloud = await bench.logged_in()
    at = [f"2026-03-04T05:06:{second:02}+00:00" for second in (9, 5, 7)]
    bench.blink.faults.add(
        LISTING, listing([item(n, created_at=when) for n, when in enumerate(at)])
    )
    assert keys(await pages(cloud)) == ["51001:1", "51001:2", "51001:0"]


MALFORMED: dict[str, object] = {
    "null": None,
    "a number": 7,
    "a text": "clip",
    "a list": [],
    "an empty object": {},
    "no id": item(id=None),
    "an id that is a list": item(id=[1]),
    "an id that is a truth value": item(id=True),
    "a negative id": item(id=-1),
    "an id that is a word": item(id="new"),
    "an id of 21 digits": item(id=10**20),
    "an id of 5000 digits": item(id="1" * 5000),
    "no network": item(network_id=None),
    "created_at null": item(created_at=None),
    "created_at a number": item(created_at=1772600000),
    "created_at empty": item(created_at=""),
    "created_at garbage": item(created_at="yesterday"),
    "created_at impossible": item(created_at="2026-13-45T99:00:00+00:00"),
    "created_at outside of time": item(created_at="0001-01-01T00:00:00+23:00"),
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_item_is_skipped_and_counted_and_spoils_no_other(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    items = [item(1), MALFORMED[name], item(2)]
    bench.blink.faults.add(LISTING, listing(items))
    (page,) = await pages(cloud)
    assert keys([page]) == ["51001:1", "51001:2"]
    assert (page.skipped, page.last) == (1, True)


async def test_every_malformed_item_is_counted(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([*MALFORMED.values(), item()]))
    (page,) = await pages(cloud)
    assert (page.skipped, len(page.events)) == (len(MALFORMED), 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"device_id": None, "device_name": None, "media": None, "thumbnail": None},
        {"device_id": [], "device_name": {}, "media": 3, "thumbnail": True, "deleted": "no"},
        {"source": None, "device_name": "   ", "media": "https://evil.example/x.mp4"},
        {"device_name": "\x00\n", "media": "/half/\ud83d.mp4", "device_id": "1" * 21},
    ],
)
async def test_an_item_with_odd_details_is_an_event_all_the_same(
    bench: Bench, changes: dict[str, Any]
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(**changes)]))
    (page,) = await pages(cloud)
    (event,) = page.events
    assert page.skipped == 0
    assert (event.camera_name, event.clip_path, event.deleted) == ("", "", False)


@pytest.mark.parametrize(
    "when",
    [
        "2026-03-04T05:06:07+00:00",
        "2026-03-04T05:06:07Z",
        "2026-03-04T05:06:07",
        "2026-03-04T06:06:07+01:00",
        " 2026-03-04T05:06:07.000Z ",
    ],
)
async def test_created_at_is_understood_in_every_form_and_becomes_utc(
    bench: Bench, when: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(created_at=when)]))
    (event,) = events(await pages(cloud))
    assert event.created_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert event.created_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("source", ["pir", "liveview", "snapshot", "button_press", "cv_motion"])
async def test_the_source_is_handed_on_as_blink_names_it(bench: Bench, source: str) -> None:
    cloud = await bench.logged_in()
    bench.blink.motion("Garden", source=source)
    (event,) = events(await pages(cloud))
    assert event.source == source
    assert f"/{source}/" in event.clip_path


@pytest.mark.parametrize("source", [None, "", 5])
async def test_an_item_without_a_source_is_not_taken_for_a_harmless_one(
    bench: Bench, source: object
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(source=source)]))
    (event,) = events(await pages(cloud))
    assert event.source == "unknown"


async def test_a_tombstone_is_an_event_that_says_that_it_is_one(bench: Bench) -> None:
    cloud = await bench.logged_in()
    media = bench.blink.motion("Hall")
    (alive,) = events(await pages(cloud))
    bench.blink.delete_clip(media)
    (gone,) = events(await pages(cloud))
    assert (alive.deleted, gone.deleted) == (False, True)
    assert gone.key == alive.key


async def test_a_clip_that_was_watched_comes_again_under_the_same_key(bench: Bench) -> None:
    cloud = await bench.logged_in()
    media = bench.blink.motion("Hall")
    before = events(await pages(cloud))
    bench.blink.relist(media)
    assert events(await pages(cloud)) == before


# Names that are not unique


async def twins() -> BlinkStandIn:
    networks = [
        Network(51001, "Home", [Camera(71001, "Hall")], module_id=61001),
        Network(51002, "Home", [Camera(71002, "Hall")], module_id=61002, armed=True),
    ]
    blink = BlinkStandIn(networks=networks)
    await blink.start()
    return blink


async def test_cameras_of_one_name_are_told_apart_by_id_and_network(bench: Bench) -> None:
    bench.blink = await twins()
    bench.stack.push_async_callback(bench.blink.stop)
    cloud = await bench.logged_in()
    for network in (51001, 51002):
        bench.blink.motion("Hall", network=network)
    found = events(await pages(cloud))
    assert {(event.network_id, event.camera_id) for event in found} == {
        ("51001", "71001"),
        ("51002", "71002"),
    }
    assert {event.camera_name for event in found} == {"Hall"}


async def test_two_networks_of_one_name_are_both_shown_with_their_own_state(bench: Bench) -> None:
    bench.blink = await twins()
    bench.stack.push_async_callback(bench.blink.stop)
    home = await (await bench.logged_in()).homescreen()
    assert [(one.id, one.name, one.armed) for one in home.networks] == [
        ("51001", "Home", False),
        ("51002", "Home", True),
    ]
    assert [(one.id, one.network_id) for one in home.cameras] == [
        ("71001", "51001"),
        ("71002", "51002"),
    ]


async def test_one_media_id_on_two_networks_makes_two_events(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(5), item(5, network_id=51002)]))
    assert keys(await pages(cloud)) == ["51001:5", "51002:5"]


# Names as people see them


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Front Gate", "Front Gate"),
        ("  Front \n\t Gate ", "Front Gate"),
        ("Gate\x00\x1b[31m", "Gate [31m"),
        ("Tür \U0001f6aa", "Tür \U0001f6aa"),
        ("half \ud83d", "half ?"),
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 63 + "…"),
    ],
)
async def test_a_name_is_one_short_line_that_can_be_stored_and_sent(
    bench: Bench, name: str, shown: str
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(device_name=name)]))
    (event,) = events(await pages(cloud))
    assert event.camera_name == shown
    assert event.camera_name.encode()
