"""Privacy at home in the whole alarm: off at Blink, and on again whatever comes between."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from alarm.core.actor import Actor
from alarm.core.camera_wish import Step
from alarm.core.commands import Arm
from alarm.core.deliveries import BlinkMotionBody, Delivery, DeliveryStatus
from alarm.core.settings import Mode, ModeSettings, Settings
from simulator.faults import Fault, FaultKind
from tests.bot.running.bench import quick, waiting
from tests.bot.running.inside import Inside, living
from tests.core.home import settings
from tests.e2e.town import ANN_ID

HALL = "71004"
ALL = {"Front Door", "Garden", "Garage", "Kitchen", "Hall"}
SWITCH_OFF, SWITCH_ON = "/disable", "/enable"


def only_hall(*, privacy: bool = True) -> Settings:
    """Return settings in which only the hall counts at home."""
    away = quick().mode(Mode.AWAY)
    home = ModeSettings(away.rule, away.exit_delay, cameras=frozenset({HALL}), privacy=privacy)
    return replace(settings(), modes={Mode.AWAY: away, Mode.HOME: home})


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path, with_bob=False, armed=False, settings=only_hall()) as home:
        home.town.blink.commands.polls = 1
        yield home


def arm_home(inside: Inside, update: int = 5) -> None:
    assert inside.house is not None
    inside.house.controller.apply(Arm(Actor(ANN_ID, "Ann", ANN_ID, update), Mode.HOME))


def on(inside: Inside) -> set[str]:
    blink = inside.town.blink
    return {camera.name for _, camera in blink.devices() if blink.detects_motion(camera.name)}


async def private(inside: Inside) -> None:
    arm_home(inside)
    await inside.town.until(lambda: on(inside) == {"Hall"} and confirmed(inside))


def confirmed(inside: Inside) -> bool:
    wishes = inside.state.camera_wishes.values()
    return len(wishes) == len(ALL) - 1 and all(
        wish.confirmed or wish.step is Step.LEFT for wish in wishes
    )


async def test_what_does_not_count_is_off_while_armed_at_home_and_on_after_it(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    await private(inside)
    assert town.blink.armed()
    cameras = await town.ask("/cameras", "Garage")
    assert "Garage: online; private, its motion detection is off meanwhile" in cameras.text
    assert "Hall: online; motion detection on" in cameras.text
    status = await town.status()
    assert "Cameras: 1 of 5 ready, 4 private" in status.text
    assert "Motion detection is off" not in status.text
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not inside.state.camera_wishes)
    assert on(inside) == ALL


async def test_it_is_switched_in_chat_by_word_and_by_button(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    page = await town.ask("/privacy", "Privacy at home")
    assert "Home: on. It is about: " in page.text
    assert "Night: not set up yet" in page.text
    await town.press("Home: turn off", "Privacy while home: off")
    await town.until(lambda: "Home: off" in page.text)
    assert inside.state.settings.mode(Mode.HOME).privacy is False
    answer = await town.ask("/privacy home on", "Privacy while home: on")
    assert "before: off" in answer.text
    mode = await town.ask("/mode home", "Private: the other cameras are off meanwhile")
    await town.press("Private: turn off", "Privacy while home: off", message=mode)
    await town.until(lambda: "Private: no" in mode.text)


async def test_a_mode_that_was_never_set_up_is_asked_for_its_cameras_first(
    inside: Inside,
) -> None:
    await inside.start()
    page = await inside.town.ask("/privacy night on", lambda message: bool(message.buttons))
    assert "ameras" in page.text
    assert Mode.NIGHT not in inside.state.settings.modes


async def test_what_cannot_be_meant_gets_a_sentence_and_changes_nothing(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    for wrong in ("/privacy home", "/privacy away on", "/privacy garage on", "/privacy home maybe"):
        await town.ask(wrong, "home and night" if "away" in wrong else "/privacy home on")
        assert inside.state.settings.modes == only_hall().modes


async def test_switched_off_while_armed_the_cameras_come_back_at_once(inside: Inside) -> None:
    await inside.start()
    await private(inside)
    await inside.town.ask("/privacy home off", "Privacy while home: off")
    await inside.town.until(lambda: on(inside) == ALL and not inside.state.camera_wishes)
    assert inside.state.armed


async def test_a_camera_that_was_off_in_the_app_is_never_switched_on(inside: Inside) -> None:
    inside.town.blink.detect_motion("Garage", False)
    await inside.start()
    await private(inside)
    await inside.town.ask("/disarm", "disarmed")
    await inside.town.until(lambda: not inside.state.camera_wishes)
    assert on(inside) == ALL - {"Garage"}
    status = await inside.town.status()
    assert "Motion detection is off: Garage. Switch it on in the Blink app." in status.text


@pytest.mark.parametrize("done", [True, False], ids=["order arrived", "order lost"])
async def test_after_a_kill_in_the_middle_of_an_order_every_camera_comes_back(
    inside: Inside, tmp_path: Path, done: bool
) -> None:
    town, left = inside.town, tmp_path / "left by the kill"
    town.blink.faults.add(SWITCH_OFF, Fault(FaultKind.HANG, seconds=5))
    await inside.start()
    arm_home(inside)
    await town.until(lambda: any(d.status is DeliveryStatus.SENDING for d in motions(inside)))
    shutil.copytree(town.state_dir, left)
    await inside.stop()
    shutil.rmtree(town.state_dir)
    shutil.copytree(left, town.state_dir)
    town.blink.faults.clear()
    if done:
        town.blink.detect_motion("Front Door", False)
    await inside.start()
    await town.until(lambda: on(inside) == {"Hall"} and confirmed(inside))
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not inside.state.camera_wishes)
    assert on(inside) == ALL


def motions(inside: Inside) -> list[Delivery]:
    return waiting(inside.state, BlinkMotionBody)


async def test_a_camera_that_does_not_come_back_is_told_and_a_gap_when_armed(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    await private(inside)
    town.blink.faults.add("71003" + SWITCH_ON, Fault(FaultKind.STATUS, 500, "{}"))
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: on(inside) == ALL - {"Garage"})
    await town.until(lambda: set(inside.state.camera_wishes) == {"71003"})
    assert "Motion detection is being switched on: Garage." in (await town.status()).text
    inside.forward(61)
    told = await town.said("Garage: motion detection is still off at Blink")
    assert "NOT WATCHING" not in told.text
    assert "Garage: motion detection is still off at Blink" in (await town.status()).text
    answer = await town.ask("/arm", "armed")
    assert "NOT WATCHING: Garage: motion detection is still off at Blink" in answer.text
    town.blink.faults.clear()
    inside.forward(200)
    await town.said("Motion detection is on again: Garage")
    assert on(inside) == ALL
    assert "NOT WATCHING" not in (await town.status()).text


async def test_arming_does_not_wait_for_cameras_that_blink_does_not_switch(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    await private(inside)
    town.blink.faults.add(SWITCH_ON, Fault(FaultKind.HANG, seconds=20))
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not town.blink.armed())
    await town.until(lambda: any(d.status is DeliveryStatus.SENDING for d in motions(inside)))
    await town.ask("/arm", "armed")
    await town.until(town.blink.armed, seconds=5)
    assert any(d.status is DeliveryStatus.SENDING for d in motions(inside))
