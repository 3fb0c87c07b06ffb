"""Every command, with what people write behind it, said to the real program."""

from __future__ import annotations

import re
from datetime import timedelta

from simulator.faults import Fault, FaultKind
from simulator.telegram import SentMessage
from simulator.twilio import human
from tests.e2e.town import PHONE, Town

STATES = re.compile(r"\b(disarmed|arming|armed|pending|triggered)\b")


def panel(message: SentMessage) -> str:
    """Return the first of the five words for the panel's state."""
    found = STATES.search(message.text)
    assert found is not None, message.text
    return found[1]


async def test_the_first_words_with_a_new_bot(town: Town) -> None:
    await town.start()
    code = await town.claim_code()
    town.ann.write("/status")
    town.ann.start("no" + code)
    town.ann.start(code)
    hello = await town.said("Hello")
    assert town.ann.chat.messages[0] is hello
    await town.until(lambda: town.blink.count("homescreen") > 0)
    await town.said("Logged in")
    again = await town.ask(f"/start {code}", "Hello")
    assert "Ann" in again.text
    assert "/disarm" in (await town.ask("/help")).text
    assert panel(await town.status()) == "disarmed"
    cameras = await town.ask("/cameras")
    for name in ("Front Door", "Garden", "Garage", "Kitchen", "Hall"):
        assert name in cameras.text
    assert "2 events" in (await town.ask("/threshold")).text
    changed = await town.ask("/threshold 3 in 5m")
    assert "3 events" in changed.text
    assert "5 min" in changed.text
    for bad in ("/threshold 51 in 2m", "/threshold many"):
        assert "1 to 50" in (await town.ask(bad)).text
    assert "3 events" in (await town.ask("/threshold")).text
    assert "/arm" in (await town.ask("/amr")).text
    assert "/help" in (await town.ask("good evening")).text
    assert await town.stop() == 0


async def test_arming_disarming_and_drills(town: Town) -> None:
    town.twilio.number(PHONE, human())
    town.blink.camera_offline("Garage")
    await town.paired()
    # Nobody waits behind a clip that Blink does not send.
    town.blink.faults.add("media/changed", Fault(FaultKind.HANG, seconds=60.0))
    town.ann.write("/clip")
    clip = town.ann.chat.everything[-1].id
    armed = await town.ask("/arm")
    assert panel(armed) == "armed"
    assert "Garage" in armed.text
    await town.until(town.blink.armed)
    assert "/arm" in (await town.ask("/arm the garage")).text
    assert panel(await town.ask("/arm")) == "armed"
    assert panel(await town.status()) == "armed"
    assert "no alarm" in (await town.ask("/ack")).text
    await town.ask("/test", "TEST")
    assert "running" in (await town.ask("/test")).text
    await town.ask("/ack", "Acknowledged")
    assert panel(await town.ask("/disarm", "disarmed")) == "disarmed"
    await town.until(lambda: not town.blink.armed())
    assert town.twilio.calls == []
    assert panel(await town.ask("/disarm")) == "disarmed"
    assert "/test call" in (await town.ask("/test loudly")).text
    drill = await town.ask("/test call", "TEST")
    call = await town.rang(1)
    assert call.to == PHONE
    await town.until(lambda: town.twilio.calls[0].status == "in-progress")
    await town.press("Acknowledge", "Acknowledged")
    await town.until(lambda: "Acknowledged by Ann" in drill.text)
    assert town.alerts() == []
    await town.said("No clip now", after=clip, seconds=20.0)


async def test_an_acknowledgement_by_command_stops_the_calls(town: Town) -> None:
    town.twilio.ring_seconds = 60.0
    await town.armed()
    town.burst()
    alert = await town.said("ALARM")
    await town.rang(1)
    await town.ask("/ack", "Acknowledged by Ann")
    await town.until(lambda: town.twilio.calls[0].status == "canceled")
    await town.until(lambda: "Acknowledged by Ann" in alert.text)
    assert panel(await town.status()) == "triggered"
    assert panel(await town.ask("/disarm", "disarmed")) == "disarmed"
    assert len(town.twilio.calls) == 1


async def test_the_last_clip_or_why_there_is_none(town: Town) -> None:
    await town.paired()
    assert "No clip" in (await town.ask("/clip")).text
    assert "Garage" in (await town.ask("/clip Attic")).text
    town.blink.motion("Garage", at=town.blink.clock() - timedelta(hours=2))
    town.blink.motion("Hall")
    clip = await town.ask("/clip", lambda message: message.video is not None)
    assert "Hall" in clip.text
    assert clip.video is not None
    assert clip.video.content == town.blink.clip_bytes
    assert clip.reply_to is not None
    assert not clip.silent
    clip = await town.ask("/clip garage", lambda message: message.video is not None)
    assert "Garage" in clip.text
    town.blink.motion("Kitchen")
    town.blink.faults.add(r"\.mp4", Fault(FaultKind.STATUS, 404, "{}"))
    await town.ask("/clip kitchen", "is gone")
