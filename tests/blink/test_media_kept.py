"""How large a download may be, and what a disk that refuses it is left with: nothing."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alarm.blink.media import PICTURE
from alarm.core.errors import BlinkError
from simulator.faults import Fault, FaultKind
from tests.blink.bench import GUARD, Bench, left, until
from tests.blink.downloads import CLIP, JPEG, fails, recorded

# Size


@pytest.mark.parametrize("kind", [None, FaultKind.DRIP], ids=["length told", "length not told"])
@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
async def test_a_picture_of_ten_megabytes_is_the_largest(
    bench: Bench, tmp_path: Path, more: int, fits: bool, kind: FaultKind | None
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.find("Hall")[1].thumbnail = bytes(PICTURE.max_bytes + more)
    if kind is not None:
        bench.blink.faults.add(JPEG, Fault(kind, seconds=0))
    to = tmp_path / "picture.jpg"
    if fits:
        await cloud.download_picture(event.thumbnail_path, to)
        assert to.stat().st_size == PICTURE.max_bytes
        return
    with pytest.raises(BlinkError, match="larger than 10 MB") as failed:
        await cloud.download_picture(event.thumbnail_path, to)
    assert failed.value.permanent
    assert left(tmp_path) == []


async def test_a_clip_too_large_for_telegram_is_refused_before_it_is_read(
    bench: Bench, tmp_path: Path
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.clip_bytes = bytes(50_000_000 + 1)
    bench.blink.faults.add(CLIP, Fault(FaultKind.STALL, seconds=GUARD))
    failed = await fails(cloud, event, tmp_path)
    assert failed.permanent
    assert "larger than 50 MB" in str(failed)


async def test_a_clip_of_just_what_telegram_takes_is_fetched(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    bench.blink.clip_bytes = bytes(50_000_000)
    await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").stat().st_size == 50_000_000


# Disk


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the kernel refuse what a file would hold beyond `size`, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_fills_up_is_told_and_leaves_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    with files_of_at_most(len(bench.blink.clip_bytes) - 1):
        error = await fails(cloud, event, tmp_path)
    assert str(error) == "the clip could not be stored: File too large"
    assert not error.permanent
    await cloud.download_clip(event, tmp_path / "clip.mp4")


async def test_a_directory_that_refuses_is_told(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    (tmp_path / "file").write_bytes(b"")
    for directory in ("missing", "file"):
        with pytest.raises(BlinkError, match="the clip could not be stored"):
            await cloud.download_clip(event, tmp_path / directory / "clip.mp4")
    assert left(tmp_path) == ["file"]


async def test_a_place_that_is_taken_by_a_directory_leaves_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    cloud = await bench.logged_in()
    event = await recorded(bench, cloud)
    (tmp_path / "clip.mp4").mkdir()
    with pytest.raises(BlinkError, match="the clip could not be stored"):
        await cloud.download_clip(event, tmp_path / "clip.mp4")
    assert left(tmp_path) == ["clip.mp4"]


async def test_a_cancelled_download_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    cloud = await bench.logged_in(silence_timeout=GUARD)
    event = await recorded(bench, cloud)
    bench.blink.faults.add(CLIP, Fault(FaultKind.STALL, seconds=GUARD))
    download = asyncio.create_task(cloud.download_clip(event, tmp_path / "clip.mp4"))
    await until(lambda: bool(left(tmp_path)))
    download.cancel()
    with pytest.raises(asyncio.CancelledError):
        await download
    assert left(tmp_path) == []
