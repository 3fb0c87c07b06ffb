"""The known pitfalls of Blink's cloud and of blinkpy, by their numbers, and that none is ours.

What vanishes, surprises or hangs is in `test_faults`, the pool of connections and the throttle in
`test_session`, the token's in `test_refresh`, the download's in `test_media`.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest

from alarm.blink.errors import BlinkAnswerError
from alarm.core.errors import BlinkError
from simulator.blink import Camera, Network
from tests.blink.bench import (
    GUARD,
    HOMESCREEN,
    LISTING,
    PASSING,
    TOKEN,
    Bench,
    events,
    item,
    keys,
    listing,
    pages,
    status,
)

# Silent misses


async def test_1_a_clip_that_began_before_a_listing_and_was_uploaded_after_it_is_found(
    bench: Bench,
) -> None:
    cloud = await bench.logged_in()
    media = bench.blink.motion("Hall", listed_after=3600)
    assert keys(await pages(cloud)) == []
    bench.blink.clips[media].listed_at = 0
    assert keys(await pages(cloud)) == [f"51001:{media}"]


@pytest.mark.parametrize("name", PASSING)
async def test_2_a_failed_listing_loses_nothing(bench: Bench, name: str) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, PASSING[name]())
    media = bench.blink.motion("Hall")
    with pytest.raises(BlinkError):
        await pages(cloud)
    bench.blink.faults.clear()
    assert keys(await pages(cloud)) == [f"51001:{media}"]


async def test_3_a_clip_that_comes_while_the_list_is_read_is_found(bench: Bench) -> None:
    cloud = await bench.logged_in()
    recorded = [bench.blink.motion("Hall") for _ in range(30)]
    found = []
    async for page in cloud.clip_pages(bench.blink.clips[recorded[0]].created_at):
        found.append(page)
        if page.number == 1:
            recorded.append(bench.blink.motion("Garden"))
    missed = {f"51001:{media}" for media in recorded} - set(keys(found))
    assert missed <= {f"51001:{recorded[-1]}"}
    assert f"51001:{recorded[-1]}" in keys(await pages(cloud))


async def test_4_a_camera_that_records_much_hides_no_other(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.motion("Garden")
    for _ in range(30):
        bench.blink.motion("Hall")
    assert {event.camera_name for event in events(await pages(cloud))} == {"Hall", "Garden"}


async def test_5_an_event_does_not_depend_on_the_arm_state_of_now(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.arm()
    media = bench.blink.motion("Hall")
    bench.blink.arm(armed=False)
    assert keys(await pages(cloud)) == [f"51001:{media}"]


async def test_6_snapshots_liveviews_and_tombstones_can_be_told_from_motion(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.motion("Hall", source="snapshot")
    bench.blink.motion("Hall", source="liveview")
    bench.blink.motion("Hall", deleted=True)
    found = {(event.source, event.deleted) for event in events(await pages(cloud))}
    assert found == {("snapshot", False), ("liveview", False), ("pir", True)}


async def test_7_devices_are_told_apart_by_id_and_never_by_name(bench: Bench) -> None:
    bench.blink.networks = [
        Network(1, "Home", [Camera(11, "Hall"), Camera(12, "Hall")], module_id=111),
        Network(2, "Home", [Camera(21, "Hall", kind="owl")], module_id=222),
    ]
    home = await (await bench.logged_in()).homescreen()
    assert [one.id for one in home.networks] == ["1", "2"]
    assert [(one.id, one.network_id) for one in home.cameras] == [
        ("11", "1"),
        ("12", "1"),
        ("21", "2"),
    ]


async def test_8_a_homescreen_shows_every_device_or_is_an_error(bench: Bench) -> None:
    cloud = await bench.logged_in()
    assert len((await cloud.homescreen()).cameras) == 5
    bodies: list[dict[str, object]] = [
        {"networks": []},
        {"cameras": []},
        {"networks": [{"name": "x"}], "cameras": []},
    ]
    for body in bodies:
        bench.blink.faults.add(HOMESCREEN, status(200, json.dumps(body)))
        with pytest.raises(BlinkAnswerError):
            await cloud.homescreen()
        bench.blink.faults.clear()


async def test_8_an_account_without_any_device_is_no_error(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.networks = []
    home = await cloud.homescreen()
    assert (home.networks, home.cameras) == ((), ())


async def test_9_what_goes_offline_and_comes_back_is_shown_each_time(bench: Bench) -> None:
    cloud = await bench.logged_in()

    async def down() -> set[str]:
        home = await cloud.homescreen()
        names = {one.name for one in home.networks if not one.online}
        return names | {one.name for one in home.cameras if not one.online}

    assert await down() == set()
    bench.blink.module_offline(51001)
    bench.blink.camera_offline("Kitchen")
    bench.blink.camera_offline("Hall")
    assert await down() == {"Home", "Kitchen", "Hall"}
    bench.blink.module_online(51001)
    bench.blink.camera_online("Hall")
    assert await down() == {"Kitchen"}


async def test_9_a_mini_that_stands_alone_is_online(bench: Bench) -> None:
    bench.blink.networks = [Network(2, "Flat", [Camera(21, "Desk", kind="owl")])]
    home = await (await bench.logged_in()).homescreen()
    assert [one.online for one in home.networks] == [True]
    assert [one.online for one in home.cameras] == [True]


async def test_9_a_low_battery_is_shown(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.battery_low("Garden")
    low = [one.name for one in (await cloud.homescreen()).cameras if one.battery_low]
    assert low == ["Garden"]


async def test_10_a_page_that_fails_is_no_end_of_the_list(bench: Bench) -> None:
    cloud = await bench.logged_in()
    for _ in range(30):
        bench.blink.motion("Hall")
    bench.blink.faults.add("page=2", status(429, '{"message": "slow down", "media": []}'))
    with pytest.raises(BlinkError):
        await pages(cloud)


async def test_12_a_clip_that_is_listed_again_keeps_its_key_and_its_time(bench: Bench) -> None:
    cloud = await bench.logged_in()
    media = bench.blink.motion("Hall")
    (first,) = events(await pages(cloud))
    for again in (bench.blink.relist, bench.blink.delete_clip):
        again(media)
        (event,) = events(await pages(cloud))
        assert (event.key, event.created_at) == (first.key, first.created_at)


# Errors that vanish, hangs and load


async def test_16_a_bad_time_spoils_no_other_item(bench: Bench) -> None:
    cloud = await bench.logged_in()
    items = [item(1), item(2, created_at=None), item(3, created_at="soon"), item(4)]
    bench.blink.faults.add(LISTING, listing(items))
    (page,) = await pages(cloud)
    assert (keys([page]), page.skipped) == (["51001:1", "51001:4"], 2)


async def test_22_a_quiet_minute_is_one_request_per_question(bench: Bench) -> None:
    cloud = await bench.logged_in()
    before = len(bench.blink.seen)
    for _ in range(4):
        await pages(cloud)
    await cloud.homescreen()
    await cloud.keep_tokens_fresh()
    assert len(bench.blink.seen) - before == 5


async def test_24_a_login_without_a_password_asks_nobody_at_the_console(bench: Bench) -> None:
    cloud = await bench.cloud(email="", password="")
    async with asyncio.timeout(GUARD):
        with pytest.raises(BlinkError):
            await cloud.login()


async def test_27_no_trouble_whatever_makes_it_log_in(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.revoke_access_tokens()
    for where in (TOKEN, HOMESCREEN, LISTING):
        for code in (400, 401, 403, 406, 412, 429, 500):
            bench.blink.faults.add(where, status(code))
            for ask in (cloud.homescreen, lambda: pages(cloud), cloud.keep_tokens_fresh):
                bench.clock.now += 1000
                with suppress(BlinkError):
                    await ask()
            bench.blink.faults.clear()
    assert bench.blink.signins == 1
    assert bench.blink.codes_sent == 0
