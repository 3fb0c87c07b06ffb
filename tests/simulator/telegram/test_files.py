"""Uploads, downloads and files sent again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from telegram import (
    Bot,
    InputFile,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ANN,
    JPEG,
    MP4,
    PNG,
    refusal,
)


async def test_a_streamed_upload_arrives_whole_and_is_sent_again_by_its_id(
    telegram: TelegramStandIn, bot: Bot, ann: Person, tmp_path: Path
) -> None:
    clip = tmp_path / "garage.mp4"
    clip.write_bytes(MP4)
    with clip.open("rb") as stream:
        sent = await bot.send_video(
            ANN, InputFile(stream, read_file_handle=False), caption="Garage"
        )
    assert sent.video is not None
    assert (sent.video.file_name, sent.video.file_size) == ("garage.mp4", len(MP4))
    seen = telegram.chat(ANN).last
    assert seen.video is not None
    assert (seen.video.name, seen.video.size, seen.text) == ("garage.mp4", len(MP4), "Garage")
    again = await bot.send_video(ANN, sent.video.file_id)
    assert again.video == sent.video
    file = await bot.get_file(sent.video.file_id)
    assert bytes(await file.download_as_bytearray()) == MP4
    assert await refusal(lambda: bot.get_file("x"), BadRequest) == "Invalid file_id"


async def test_an_attached_file_is_found_behind_its_reference(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(ANN, InputFile(b"text", "log.txt", attach=True))
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("log.txt", 4)


async def test_a_photo_must_be_a_picture(telegram: TelegramStandIn, bot: Bot, ann: Person) -> None:
    for picture in (JPEG, PNG):
        sent = await bot.send_photo(ANN, picture)
        assert sent.photo[-1].file_size == len(picture)
    answer = await refusal(lambda: bot.send_photo(ANN, b"<html>"), BadRequest)
    assert answer == "Image_process_failed"
    assert await refusal(lambda: bot.send_photo(ANN, b""), BadRequest) == "File must be non-empty"
    answer = await refusal(lambda: bot.send_photo(ANN, "AgADunknown"), BadRequest)
    assert answer == "Wrong file identifier/http url specified"
    answer = await refusal(lambda: bot.send_video(ANN, sent.photo[0].file_id), BadRequest)
    assert answer == "Can't use file of type photo as video"
    assert len(telegram.chat(ANN).messages) == 2


async def test_a_video_that_is_no_mp4_arrives_as_a_document(bot: Bot, ann: Person) -> None:
    sent = await bot.send_video(ANN, b"not a clip")
    assert sent.video is None
    assert sent.document is not None


async def test_a_file_takes_its_time_on_a_slow_line_while_words_pass_it(
    telegram: TelegramStandIn, bot: Bot, ann: Person
) -> None:
    telegram.uplink = 2_000_000.0
    clip = MP4 + bytes(1_000_000)
    sending = asyncio.create_task(bot.send_video(ANN, InputFile(clip, filename="long.mp4")))
    await asyncio.sleep(0)
    await bot.send_message(ANN, "meanwhile")
    assert not sending.done()
    sent = await sending
    assert sent.video is not None
    assert sent.video.file_size == len(clip)
    assert [message.text for message in telegram.chat(ANN).messages] == ["meanwhile", ""]
