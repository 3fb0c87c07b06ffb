"""Pictures and clips on their way to Telegram."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from bot.chat.sender import Sender
from bot.pages import Page
from simulator.telegram import Person, TelegramStandIn

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40
ALERT = Page("<b>ALARM</b>: Hall")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    return path


async def test_a_clip_arrives_whole_as_a_silent_reply(
    sender: Sender, ann: Person, clip: Path
) -> None:
    alert = await sender.send(ann.id, ALERT)
    file_id = await sender.video(ann.id, clip, "22:03 <b>Hall</b>", reply_to=alert)
    arrived = ann.chat.last
    assert arrived.video is not None
    assert arrived.video.content == MP4
    assert arrived.video.file_id == file_id
    assert (arrived.text, arrived.reply_to, arrived.silent) == ("22:03 Hall", alert, True)


async def test_a_clip_that_was_asked_for_may_sound(sender: Sender, ann: Person, clip: Path) -> None:
    await sender.video(ann.id, clip, "Hall", silent=False)
    assert not ann.chat.last.silent
    assert ann.chat.last.reply_to is None


async def test_a_picture_arrives_whole_as_a_silent_reply(
    sender: Sender, ann: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(JPEG)
    alert = await sender.send(ann.id, ALERT)
    file_id = await sender.photo(ann.id, picture, "Hall", reply_to=alert)
    arrived = ann.chat.last
    assert arrived.photo is not None
    assert (arrived.photo.content, arrived.photo.file_id) == (JPEG, file_id)
    assert (arrived.reply_to, arrived.silent) == (alert, True)


async def test_the_next_chat_gets_the_file_by_its_id(
    telegram: TelegramStandIn, sender: Sender, ann: Person, clip: Path
) -> None:
    file_id = await sender.video(ann.id, clip, "Hall")
    assert await sender.video(ann.id, file_id, "Hall") == file_id
    first, second = ann.chat.messages
    assert first.video is not None
    assert second.video == first.video


async def test_a_reply_to_a_deleted_message_is_sent_all_the_same(
    sender: Sender, ann: Person, clip: Path
) -> None:
    alert = await sender.send(ann.id, ALERT)
    ann.chat.last.deleted = True
    await sender.video(ann.id, clip, "Hall", reply_to=alert)
    assert ann.chat.last.reply_to is None


class Watched(io.FileIO):
    """A file that notes how much of it is read at once."""

    sizes: list[int]

    def read(self, size: int | None = -1, /) -> bytes:
        self.sizes.append(-1 if size is None else size)
        return super().read(-1 if size is None else size)

    def readall(self) -> bytes:
        self.sizes.append(-1)
        return super().readall()


class WatchedPath(type(Path())):  # type: ignore[misc]
    """The path of a watched file."""

    sizes: list[int]

    def open(self, *_: Any, **__: Any) -> Watched:
        self.sizes = []
        watched = Watched(str(self))
        watched.sizes = self.sizes
        return watched


@pytest.fixture
def long_clip(clip: Path) -> WatchedPath:
    clip.write_bytes(MP4 + b"v" * 1_000_000)
    return WatchedPath(clip)


async def test_a_file_goes_up_in_pieces(
    sender: Sender, ann: Person, long_clip: WatchedPath
) -> None:
    await sender.video(ann.id, long_clip, "Hall")
    assert ann.chat.last.video is not None
    assert ann.chat.last.video.content == MP4 + b"v" * 1_000_000
    assert len(long_clip.sizes) > 10
    assert all(0 < size <= 100_000 for size in long_clip.sizes)
