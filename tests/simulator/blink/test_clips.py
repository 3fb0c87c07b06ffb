"""The clip list of the stand-in, page by page, and its files."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from blinkpy import api
from blinkpy.blinkpy import Blink

from simulator.blink import BlinkStandIn, Camera, Network
from simulator.blink.pictures import draw_scene
from tests.simulator.blink.bench import (
    NOON,
    listed,
)


async def test_clips_come_page_by_page_newest_first(cloud: BlinkStandIn, blink: Blink) -> None:
    ids = [cloud.motion("Hall", at=NOON + timedelta(seconds=n)) for n in range(60)]
    pages = [await listed(blink, NOON, page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [25, 25, 10, 0]
    assert [item["id"] for page in pages for item in page] == ids[::-1]
    cloud.limit = 60
    assert len(await listed(blink, NOON)) == 60


async def test_since_looks_at_the_time_of_the_last_change(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.clock = lambda: NOON
    old = cloud.motion("Hall", at=NOON - timedelta(days=11))
    for since, found in ((-1, [old]), (0, [old]), (1, [])):
        media = await listed(blink, NOON + timedelta(seconds=since))
        assert [item["id"] for item in media] == found
    assert (await listed(blink, NOON))[0]["created_at"] == "2026-02-21T12:00:00+00:00"


@pytest.mark.parametrize(
    "since",
    ["2026-03-04T12:00:00+0000", "2026-03-04T12:00:00%2B00:00", "2026-03-04T13:00:00.000+01:00"],
)
async def test_since_is_understood_in_the_forms_that_clients_send(
    cloud: BlinkStandIn, blink: Blink, since: str
) -> None:
    cloud.clock = lambda: NOON
    cloud.motion("Hall")
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/media/changed?since={since}&page=1"
    assert len((await api.http_get(blink, url))["media"]) == 1


async def test_a_clip_is_listed_only_after_its_upload(cloud: BlinkStandIn, blink: Blink) -> None:
    cloud.clock = lambda: NOON + timedelta(seconds=0.9)
    late = cloud.motion("Hall", listed_after=timedelta(seconds=0.2))
    cloud.motion("Hall", listed_after=3600)
    assert await listed(blink, NOON) == []
    await asyncio.sleep(0.25)
    (item,) = await listed(blink, NOON)
    assert item["id"] == late
    assert item["created_at"] == "2026-03-04T12:00:00+00:00"
    assert item["updated_at"] == "2026-03-04T12:00:01+00:00"


async def test_a_watched_and_a_deleted_clip_are_listed_again(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.clock = lambda: NOON
    watched, deleted, untouched = (cloud.motion("Hall") for _ in range(3))
    cloud.clock = lambda: NOON + timedelta(hours=1)
    cloud.relist(watched)
    cloud.delete_clip(deleted)
    media = {item["id"]: item for item in await listed(blink, NOON + timedelta(minutes=30))}
    assert set(media) == {watched, deleted}
    assert (media[watched]["watched"], media[watched]["deleted"]) == (True, False)
    assert media[deleted]["deleted"] is True
    assert untouched in {item["id"] for item in await listed(blink, NOON)}
    gone = await blink.do_http_get(media[deleted]["media"])
    assert (gone.status, (await gone.json())["code"]) == (404, 700)


async def test_a_clip_and_its_picture_can_be_fetched_and_count_as_watched(
    cloud: BlinkStandIn, blink: Blink
) -> None:
    cloud.motion("Kitchen", source="cv_motion")
    (item,) = await listed(blink, NOON)
    assert (item["device"], item["source"], item["watched"]) == ("owl", "cv_motion", False)
    picture = await blink.do_http_get(item["thumbnail"])
    assert picture.content_type == "image/jpeg"
    assert await picture.read() == draw_scene("Kitchen")
    clip = await blink.do_http_get(item["media"])
    assert clip.content_type == "video/mp4"
    body = await clip.read()
    assert body[4:8] == b"ftyp"
    assert clip.content_length == len(body) == len(cloud.clip_bytes) == 200 * 1024
    assert (await listed(blink, NOON))[0]["watched"] is True


async def test_cameras_of_one_name_are_told_apart_by_their_network() -> None:
    networks = [
        Network(1, "House", [Camera(11, "Hall")], module_id=111),
        Network(2, "Shed", [Camera(22, "Hall")], module_id=222),
    ]
    cloud = BlinkStandIn(networks=networks)
    assert cloud.clips[cloud.motion("Hall", network=2)].camera.id == 22
    with pytest.raises(LookupError):
        cloud.motion("Hall")


@pytest.mark.parametrize("query", ["since=yesterday&page=1", "page=1", "since=2026-03-04&page=0"])
async def test_a_question_that_makes_no_sense_is_refused(blink: Blink, query: str) -> None:
    url = f"{blink.urls.base_url}/api/v1/accounts/900100/media/changed?{query}"
    assert (await api.http_get(blink, url, json=False)).status == 400
