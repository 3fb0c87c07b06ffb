"""Download clips and pictures: a whole file at its place, or an error and nothing at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from alarm.blink.errors import ClipGone
from alarm.core.errors import BlinkError
from simulator.faults import Fault, FaultKind
from tests.blink.bench import GUARD, PASSING, SHORT, TOKEN, Bench, left, status
from tests.blink.downloads import CLIP, NOT_FOUND, fails, recorded


async def test_a_clip_arrives_whole_and_for_our_eyes_only(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    await cloud.download_clip(event, to := tmp_path / "clip.mp4")
    assert to.read_bytes() == bench.blink.clip_bytes
    assert to.stat().st_mode & 0o777 == 0o600
    assert left(tmp_path) == ["clip.mp4"]


async def test_pictures_of_events_and_of_cameras_arrive(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    (hall,) = [one for one in (await cloud.homescreen()).cameras if one.name == "Hall"]
    for path in (event.thumbnail_path, hall.thumbnail_path):
        await cloud.download_picture(path, tmp_path / "picture.jpg")
        assert (tmp_path / "picture.jpg").read_bytes().startswith(b"\xff\xd8")


async def test_a_newer_file_takes_the_place_of_an_older_one(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    to = tmp_path / "clip.mp4"
    to.write_bytes(b"old")
    bench.blink.faults.add(CLIP, status(500, times=1))
    with pytest.raises(BlinkError):
        await cloud.download_clip(event, to)
    assert to.read_bytes() == b"old"
    await cloud.download_clip(event, to)
    assert to.read_bytes() == bench.blink.clip_bytes


# What Blink no longer has


@pytest.mark.parametrize("code", [404, 410])
async def test_a_clip_that_blink_no_longer_has_is_gone_for_good(
    bench: Bench, tmp_path: Path, code: int
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, status(code, NOT_FOUND))
    error = await fails(cloud, event, tmp_path)
    assert isinstance(error, ClipGone)
    assert error.permanent


async def test_a_deleted_clip_and_its_picture_are_gone(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.delete_clip(int(event.key.split(":")[1]))
    assert isinstance(await fails(cloud, event, tmp_path), ClipGone)
    with pytest.raises(ClipGone):
        await cloud.download_picture(event.thumbnail_path, tmp_path / "picture.jpg")


@pytest.mark.parametrize("path", ["", "clip.mp4", "https://evil.example/clip.mp4"])
async def test_what_is_no_path_of_blink_is_gone_without_a_question(
    bench: Bench, tmp_path: Path, path: str
) -> None:
    cloud = await bench.logged_in()
    before = cloud.requests
    with pytest.raises(ClipGone):
        await cloud.download_picture(path, tmp_path / "picture.jpg")
    assert cloud.requests == before


# What may pass
VIDEO = "video/mp4"


BROKEN: dict[str, Callable[[], Fault]] = {
    **PASSING,
    "status 403": lambda: status(403, '{"message": "no"}'),
    "an error with status 200": lambda: status(200, NOT_FOUND),
    "a page with status 200": lambda: status(200, "<html>", content_type="text/html"),
    "an empty clip": lambda: status(200, "", content_type=VIDEO),
    "a part of a clip": lambda: status(206, "part", content_type=VIDEO),
    "cut": lambda: Fault(FaultKind.CUT, content_type=VIDEO),
    "cut without a length": lambda: Fault(FaultKind.SEVER, seconds=0, pieces=3),
    "silent in the middle": lambda: Fault(FaultKind.STALL, seconds=2 * SHORT),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_download_that_fails_leaves_nothing_and_works_later(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, BROKEN[name]())
    error = await fails(cloud, event, tmp_path)
    assert not isinstance(error, ClipGone)
    assert not error.permanent
    bench.blink.faults.clear()
    await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").read_bytes() == bench.blink.clip_bytes


async def test_a_clip_is_no_picture(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    with pytest.raises(BlinkError, match="something else than a picture"):
        await cloud.download_picture(event.clip_path, tmp_path / "picture.jpg")
    assert left(tmp_path) == []


@pytest.mark.parametrize("kind", ["application/octet-stream", "binary/octet-stream"])
async def test_bytes_of_no_kind_are_taken_for_what_was_asked(
    bench: Bench, tmp_path: Path, kind: str
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, status(200, "bytes", content_type=kind))
    await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").read_bytes() == b"bytes"


@pytest.mark.parametrize("code", [406, 429, 503])
async def test_a_download_names_how_long_to_wait(bench: Bench, tmp_path: Path, code: int) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    headers = {"Retry-After": "45"}
    bench.blink.faults.add(CLIP, status(code, "slow", content_type="text/plain", headers=headers))
    assert (await fails(cloud, event, tmp_path)).retry_after == 45


async def test_a_body_that_is_slow_but_steady_arrives(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in(silence_timeout=0.5)
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, Fault(FaultKind.DRIP, seconds=0.1, pieces=8))
    await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").read_bytes() == bench.blink.clip_bytes


async def test_a_revoked_token_is_renewed_for_a_download(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.revoke_access_tokens()
    before = bench.blink.count(TOKEN)
    await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert bench.blink.count(TOKEN) == before + 1


async def test_a_download_that_is_refused_with_a_new_token_too_fails(
    bench: Bench, tmp_path: Path
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    before = bench.blink.count(TOKEN)
    bench.blink.faults.add(CLIP, status(401))
    for _ in range(2):
        assert not (await fails(cloud, event, tmp_path)).permanent
    assert bench.blink.count(TOKEN) == before + 1


async def test_many_failed_downloads_use_up_no_connections(bench: Bench, tmp_path: Path) -> None:
    """The pool of connections holds 100."""
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, status(404, NOT_FOUND * 2000))
    async with asyncio.timeout(GUARD):
        for _ in range(101):
            with pytest.raises(ClipGone):
                await cloud.download_clip(event, tmp_path / "clip.mp4")
        bench.blink.faults.clear()
        await cloud.download_clip(event, tmp_path / "clip.mp4")
