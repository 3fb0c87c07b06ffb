"""Pictures and clips go from Blink to each chat, and leave nothing behind."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alarm.blink.errors import ClipGone
from alarm.core.errors import BlinkError
from alarm.core.events import MotionEvent
from bot.chat.errors import ChatError
from simulator.blink import BlinkStandIn
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import BEN
from tests.bot.chat.rooms import Rooms, rooms

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be the place for temporary files."""
    directory = tmp_path / "scratch"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    return directory


@pytest.fixture
async def house(
    tmp_path: Path, scratch: Path, telegram: TelegramStandIn, blink: BlinkStandIn
) -> AsyncIterator[Rooms]:
    async with rooms(tmp_path / "state", telegram, blink) as house:
        await house.log_in()
        yield house


@pytest.fixture
async def event(house: Rooms, blink: BlinkStandIn) -> MotionEvent:
    blink.motion("Hall")
    async for page in house.cloud.clip_pages(LONG_AGO):
        return page.events[0]
    raise AssertionError("the clip is not listed")


@pytest.fixture
def ben(telegram: TelegramStandIn) -> Person:
    person = telegram.person(BEN, "Ben")
    person.write("hello")
    return person


async def test_files_arrive_byte_for_byte(
    house: Rooms, blink: BlinkStandIn, ann: Person, event: MotionEvent
) -> None:
    await house.clips.show_picture(ann.id, event, "Hall", 1)
    await house.clips.show_clip(ann.id, event, "Hall", 1)
    picture, clip = ann.chat.messages
    assert picture.photo is not None
    assert picture.photo.content == blink.find("Hall")[1].thumbnail
    assert clip.video is not None
    assert clip.video.content == blink.clip_bytes
    assert [message.reply_to for message in (picture, clip)] == [1, 1]


async def test_a_file_is_fetched_once_for_all_chats_at_the_same_time(
    house: Rooms, blink: BlinkStandIn, ann: Person, ben: Person, event: MotionEvent
) -> None:
    await asyncio.gather(
        *(house.clips.show_clip(person.id, event, "Hall") for person in (ann, ben, ann, ben))
    )
    await house.clips.show_clip(ben.id, event, "Hall")
    assert blink.count(".mp4") == 1
    assert [len(person.chat.messages) for person in (ann, ben)] == [2, 3]
    assert all(message.video for message in (*ann.chat.messages, *ben.chat.messages))


async def test_the_next_chat_fetches_it_where_the_first_one_failed(
    house: Rooms, blink: BlinkStandIn, ann: Person, ben: Person, event: MotionEvent
) -> None:
    ann.block()
    outcomes = await asyncio.gather(
        *(house.clips.show_clip(person.id, event, "Hall") for person in (ann, ben)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], ChatError)
    assert outcomes[1] is None
    assert ben.chat.last.video is not None


def left_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


@pytest.mark.parametrize(
    ("cloud", "fault"),
    [
        ("blink", Fault(FaultKind.STATUS, 404, "{}")),
        ("blink", Fault(FaultKind.CUT, content_type="video/mp4")),
        ("blink", Fault(FaultKind.HANG, seconds=30.0)),
        ("telegram", Fault(FaultKind.DROP)),
        ("telegram", Fault(FaultKind.STATUS, 502, "Bad Gateway")),
    ],
    ids=["gone", "cut", "silent", "dropped", "refused"],
)
async def test_nothing_is_left_behind_whatever_fails(
    house: Rooms,
    scratch: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    event: MotionEvent,
    cloud: str,
    fault: Fault,
) -> None:
    stand_in = blink if cloud == "blink" else telegram
    stand_in.faults.add(r"\.mp4|sendVideo", fault)
    with pytest.raises((BlinkError, ChatError)):
        await house.clips.show_clip(ann.id, event, "Hall")
    assert left_in(scratch) == []
    stand_in.faults.clear()
    await house.clips.show_clip(ann.id, event, "Hall")
    assert left_in(scratch) == []
    assert ann.chat.last.video is not None


async def test_a_clip_that_blink_has_no_more_is_known_as_gone(
    house: Rooms, blink: BlinkStandIn, ann: Person, event: MotionEvent
) -> None:
    blink.clips.clear()
    with pytest.raises(ClipGone):
        await house.clips.show_clip(ann.id, event, "Hall")


async def test_no_room_for_a_file_is_an_error_with_its_reason(
    house: Rooms, monkeypatch: pytest.MonkeyPatch, ann: Person, event: MotionEvent
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(BlinkError, match="stored") as caught:
        await house.clips.show_clip(ann.id, event, "Hall")
    assert not caught.value.permanent


async def test_two_files_are_on_their_way_at_once_and_no_more(
    house: Rooms, blink: BlinkStandIn, ann: Person
) -> None:
    for _ in range(5):
        blink.motion("Hall")
    events = [event async for page in house.cloud.clip_pages(LONG_AGO) for event in page.events]
    blink.faults.add(r"\.mp4", Fault(FaultKind.HANG, seconds=30.0))
    fetching = [asyncio.create_task(house.clips.show_clip(ann.id, e, "Hall")) for e in events]
    while blink.count(".mp4") < 2:  # noqa: ASYNC110 - nobody tells of a request by an event
        await asyncio.sleep(0.005)
    await house.cloud.homescreen()
    assert blink.count(".mp4") == 2
    for task in fetching:
        task.cancel()
    await asyncio.wait(fetching)


async def test_an_upload_that_is_cut_does_not_arrive_and_the_next_chat_gets_the_file(
    house: Rooms,
    scratch: Path,
    telegram: TelegramStandIn,
    blink: BlinkStandIn,
    ann: Person,
    ben: Person,
    event: MotionEvent,
) -> None:
    # More than the connection holds, so that most of it is still here.
    blink.clip_bytes += bytes(24 * 1024**2)
    telegram.faults.add("sendVideo", Fault(FaultKind.SLOW, seconds=0.3, times=1))
    sending = asyncio.create_task(house.clips.show_clip(ben.id, event, "Hall"))
    while telegram.count("sendVideo") < 1:  # noqa: ASYNC110 - nobody tells of a request
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.1)
    sending.cancel()
    await asyncio.wait([sending])
    assert left_in(scratch) == []
    await house.clips.show_clip(ann.id, event, "Hall")
    await asyncio.sleep(0.3)
    assert ann.chat.last.video is not None
    assert ben.chat.messages == []
