"""A ring at the door in the whole alarm: the words at once, the picture as a reply to them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.blink import Camera
from simulator.faults import Fault, FaultKind
from tests.bot.running.inside import Inside, living

BELL = "Bell <1>"


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with living(tmp_path) as home:
        home.town.blink.networks[0].cameras.append(Camera(91001, BELL, kind="lotus"))
        yield home


def ring(inside: Inside, age: timedelta = timedelta(0)) -> None:
    blink = inside.town.blink
    blink.motion(BELL, source="button_press", at=blink.clock() - age)


async def test_a_ring_while_armed_is_told_with_its_picture_in_every_chat(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again")
    # The picture is slow to come; nobody waits for it.
    town.blink.faults.add(r"\.jpg", Fault(FaultKind.STATUS, 503, "{}", times=1))
    ring(inside)
    for person in (town.ann, town.bob):
        told = await town.said("Somebody rings", person)
        assert BELL in told.text
        assert not told.silent
        picture = await town.said(lambda m: m.photo is not None, person)
        assert picture.photo is not None
        assert picture.photo.content == town.blink.find(BELL)[1].thumbnail
        assert picture.reply_to == told.id
        assert picture.silent
        assert BELL in picture.text
    assert town.blink.count(".jpg") >= 2
    assert inside.state.incidents == {}
    await town.until(lambda: not inside.state.outbox)
    assert not any(m.video for m in town.ann.chat.messages)


async def test_a_picture_that_blink_has_no_more_is_left_out_without_a_word(
    inside: Inside,
) -> None:
    town = inside.town
    await inside.start()
    town.blink.faults.add(r"\.jpg", Fault(FaultKind.STATUS, 404, "{}"))
    ring(inside)
    told = await town.said("Somebody rings")
    await town.until(lambda: not inside.state.outbox)
    assert town.ann.chat.messages[-1] is told


async def test_disarmed_it_is_told_where_a_person_switched_it_on(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.ask("/disarm", "disarmed")
    ring(inside)
    await town.polled()
    page = await town.ask("/doorbell", "Doorbell")
    assert "While disarmed: not told." in page.text
    assert not any("Somebody rings" in m.text for m in town.ann.chat.messages)
    town.ann.press("While disarmed: turn on", message=page)
    await town.until(lambda: inside.state.settings.doorbell_always)
    ring(inside)
    await town.said("Somebody rings")
    await town.ask("/doorbell off", "before: on")
    assert not inside.state.settings.doorbell_always
    before = inside.state.settings
    await town.ask("/doorbell maybe", "/doorbell off")
    assert inside.state.settings is before


async def test_who_rang_while_the_program_was_off_is_told_with_the_time(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again")
    await inside.stop()
    inside.hand.forward(600)
    ring(inside, timedelta(minutes=9))
    await inside.start()
    told = await town.said("Somebody rang 9 min ago")
    assert BELL in told.text
