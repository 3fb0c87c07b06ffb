"""The whole alarm while one half of a cloud works: clips without cameras, words without ears."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.words.hearing import ANOTHER_PROGRAM
from simulator.faults import Fault, FaultKind
from tests.bot.running.inside import Inside, living

REFUSED = Fault(FaultKind.STATUS, status=500, body="oh no", content_type="text/plain")
CONFLICT = json.dumps({"ok": False, "error_code": 409, "description": "Conflict"})


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path) as home:
        yield home


def look_again(inside: Inside) -> None:
    """Let the time between two looks be over."""
    assert inside.house is not None
    inside.house._jobs.run_now("devices", "poll")


async def test_cameras_that_cannot_be_checked_are_told_and_never_called_fine(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again")
    await town.until(lambda: town.blink.count("homescreen") > 0)
    fine = await town.ask("/status", "armed")
    assert "Everything works" in fine.text
    town.blink.faults.add("homescreen", REFUSED)
    look_again(inside)
    await town.until(lambda: inside.state.health.devices_blind_since is not None)
    inside.forward(180)
    look_again(inside)
    for person in (town.ann, town.bob):
        told = await town.said("The cameras cannot be checked", person)
        assert "Blink app" in told.text
    status = await town.ask("/status", "armed")
    assert "Everything works" not in status.text
    assert "Cameras cannot be checked since" in status.text
    assert "ready when last checked, before" in status.text
    town.blink.faults.clear()
    look_again(inside)
    await town.said("The cameras can be checked again", town.bob)
    await town.polled()
    assert "Everything works" in (await town.ask("/status", "armed")).text


async def test_an_arming_that_nobody_can_confirm_is_told_as_not_watching(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again")
    await town.until(lambda: town.blink.count("homescreen") > 0)
    await town.ask("/disarm", "disarmed")
    await town.until(lambda: not town.blink.armed())
    town.blink.faults.add("homescreen", REFUSED)
    town.blink.faults.add("state/arm", REFUSED)
    await town.ask("/arm", "arm")
    look_again(inside)
    await town.until(lambda: inside.state.health.devices_blind_since is not None)
    inside.forward(180)
    look_again(inside)
    told = await town.said("the cameras cannot be checked", town.bob)
    assert told.text.startswith("⛔ NOT WATCHING since")


async def test_a_second_program_with_the_same_token_is_told_and_its_end_too(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again", town.bob)
    town.telegram.faults.add("getUpdates", Fault(FaultKind.STATUS, 409, CONFLICT))
    assert inside.house is not None
    vitals = inside.house.vitals
    town.ann.write("hello")
    await town.until(lambda: vitals.has_rival)
    inside.hand.forward(91)
    for person in (town.ann, town.bob):
        told = await town.said("Commands are not heard", person)
        assert ANOTHER_PROGRAM in told.text
        assert "@BotFather" in told.text
    assert inside.state.health.deaf_told
    town.telegram.faults.clear()
    await town.until(lambda: vitals.hears)
    inside.forward(121)
    await town.said("Commands are heard again", town.bob)
    assert "Everything works" in (await town.ask("/status", "armed")).text
