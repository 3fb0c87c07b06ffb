"""Pictures and clips follow the alert, in every chat of the household."""

from __future__ import annotations

from simulator.faults import Fault, FaultKind
from tests.e2e.town import Town

# Names that anybody may choose, in Blink's app and in Telegram's.
CAMERAS = ("Front <b>Door", "Hall & *Stairs*")
BOB = "Bob </a>"


async def test_pictures_and_clips_follow_as_silent_replies_to_everybody(town: Town) -> None:
    for camera, named in zip(("Front Door", "Hall"), CAMERAS, strict=True):
        town.blink.find(camera)[1].name = named
    town.bob.user["first_name"] = BOB
    await town.paired()
    await town.own(town.bob)
    await town.ask("/arm", "armed", town.bob)
    await town.said(f"armed by {BOB}")
    await town.until(town.blink.armed)
    # One clip is slow to come, and the answer to one upload is lost.
    town.blink.faults.add(r"\.mp4", Fault(FaultKind.STATUS, 503, "{}", times=1))
    town.telegram.faults.add("sendPhoto", Fault(FaultKind.DROP, times=1))
    town.burst(*CAMERAS)
    alerts = {person.id: await town.said("ALARM", person) for person in (town.ann, town.bob)}
    for person in (town.ann, town.bob):
        for camera in CAMERAS:
            picture = await town.said(lambda m, c=camera: m.photo and c in m.text, person)  # type: ignore[misc]
            clip = await town.said(lambda m, c=camera: m.video and c in m.text, person)  # type: ignore[misc]
            assert picture.photo is not None
            assert picture.photo.content == town.blink.find(camera)[1].thumbnail
            assert clip.video is not None
            assert clip.video.content == town.blink.clip_bytes
        for message in town.files(person):
            assert message.silent
            assert message.reply_to == alerts[person.id].id
            # No picture may be taken for an alarm.
            assert not message.text.startswith("ALARM")
    # Each clip was fetched from Blink once for both.
    assert town.blink.count(".mp4") == len(CAMERAS) + 1
    await town.press("Acknowledge", f"Acknowledged by {BOB}", town.bob, message=alerts[town.bob.id])
    await town.until(lambda: f"Acknowledged by {BOB}" in alerts[town.ann.id].text)
    town.ann.press("Disarm", message=alerts[town.ann.id])
    await town.said("disarmed by Ann", town.bob)
    await town.until(lambda: all(alert.buttons == [] for alert in alerts.values()))
    # Telegram took every text as it was meant.
    assert not any("more plainly" in line for line in town.console)
