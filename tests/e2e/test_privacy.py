"""Privacy at home, from the first question to the last camera, with a kill in between."""

from __future__ import annotations

from tests.e2e.town import Town

ALL = {"Front Door", "Garden", "Garage", "Kitchen", "Hall"}


def on(town: Town) -> set[str]:
    blink = town.blink
    return {camera.name for _, camera in blink.devices() if blink.detects_motion(camera.name)}


async def test_cameras_that_do_not_count_are_off_at_home_and_back_after_a_kill(town: Town) -> None:
    town.blink.commands.polls = 1
    await town.paired()
    await town.ask("/privacy home on", "ameras")
    await town.ask("/mode home cameras Hall", "Hall")
    mode = await town.ask("/mode home", lambda message: "Private: no" in message.text)
    await town.press("Private: turn on", "Privacy while home: on", message=mode)
    await town.until(lambda: "Private: the other cameras are off meanwhile" in mode.text)
    await town.ask("/arm home", "armed")
    await town.until(lambda: on(town) != ALL)
    # With some cameras off and some not yet: nothing of it may be forgotten.
    await town.kill()
    await town.start()
    await town.until(lambda: on(town) == {"Hall"}, seconds=60)
    assert town.blink.armed()
    cameras = await town.ask("/cameras", "Hall: online; motion detection on")
    assert cameras.text.count("private, its motion detection is off meanwhile") >= 3
    await town.kill()
    await town.start()
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: on(town) == ALL, seconds=60)
    assert town.ann.chat.transcript().count("still off at Blink") == 0
