"""The heartbeat goes out while all is well and at no other time."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.heartbeat import Heartbeat
from bot.vitals import DEVICES_FRESH, TICK_FRESH, UPDATES_FRESH, Vitals
from simulator.faults import Fault, FaultKind
from simulator.server import StandIn
from tests.bot.running.hand import Hand

POLL_WITHIN = 90.0
SECRET = "/ping/0b6e1a4c"


class Switch(StandIn):
    """A dead man's switch."""

    def routes(self) -> list[web.RouteDef]:
        return [web.get(SECRET, self._beat)]

    async def _beat(self, _request: web.Request) -> web.Response:
        return web.Response(text="OK")


@pytest.fixture
async def switch() -> AsyncIterator[Switch]:
    stand_in = Switch()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


def beating(switch: Switch, *, well: bool = True) -> Heartbeat:
    return Heartbeat(f"{switch.url}{SECRET}", lambda: well)


async def test_a_beat_is_one_request(switch: Switch) -> None:
    await beating(switch).beat()
    assert [(seen.method, seen.path) for seen in switch.seen] == [("GET", SECRET)]


async def test_no_beat_goes_out_while_something_is_wrong(switch: Switch) -> None:
    await beating(switch, well=False).beat()
    assert switch.seen == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.DROP),
        Fault(FaultKind.STATUS, status=404),
        Fault(FaultKind.STATUS, status=503),
        Fault(FaultKind.CUT),
    ],
    ids=["drop", "404", "503", "cut"],
)
async def test_a_beat_that_does_not_arrive_is_logged_once_without_its_address(
    switch: Switch, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    heartbeat = beating(switch)
    switch.faults.add("", fault)
    for _ in range(3):
        await heartbeat.beat()
    assert caplog.text.count("No heartbeat: it did not arrive") == 1
    assert SECRET not in caplog.text
    switch.faults.clear()
    await heartbeat.beat()
    switch.faults.add("", fault)
    await heartbeat.beat()
    assert caplog.text.count("No heartbeat") == 2


# -- what all is well means ----------------------------------------------------------------------


def alive() -> tuple[Vitals, Hand]:
    hand = Hand()
    vitals = Vitals(hand.monotonic)
    vitals.ticked()
    vitals.polled()
    vitals.saw_devices()
    vitals.heard_telegram()
    return vitals, hand


def stamp(vitals: Vitals, *, but: str = "") -> None:
    works = {
        "tick": vitals.ticked,
        "poll": vitals.polled,
        "devices": vitals.saw_devices,
        "updates": vitals.heard_telegram,
    }
    for name, work in works.items():
        if name != but:
            work()


@pytest.mark.parametrize(
    ("part", "limit"),
    [
        ("tick", TICK_FRESH),
        ("poll", POLL_WITHIN),
        ("devices", DEVICES_FRESH),
        ("updates", UPDATES_FRESH),
    ],
)
def test_every_part_has_to_have_worked_lately(part: str, limit: float) -> None:
    vitals, hand = alive()
    hand.forward(limit)
    stamp(vitals, but=part)
    assert vitals.all_fresh(POLL_WITHIN)
    hand.forward(0.1)
    stamp(vitals, but=part)
    assert not vitals.all_fresh(POLL_WITHIN)
    stamp(vitals)
    assert vitals.all_fresh(POLL_WITHIN)


@pytest.mark.parametrize("part", ["poll", "devices", "updates"])
def test_what_never_worked_is_not_well_from_the_start(part: str) -> None:
    vitals = Vitals(Hand().monotonic)
    stamp(vitals, but=part)
    assert not vitals.all_fresh(POLL_WITHIN)


def test_a_look_that_only_began_is_no_sign_of_health() -> None:
    vitals, hand = alive()
    hand.forward(POLL_WITHIN + 0.1)
    stamp(vitals, but="poll")
    vitals.looked()
    assert not vitals.all_fresh(POLL_WITHIN)


def test_ages_count_from_the_start_where_nothing_worked_yet() -> None:
    hand = Hand()
    vitals = Vitals(hand.monotonic)
    hand.forward(12)
    assert vitals.age(vitals.poll_stamp) == 12
    vitals.polled()
    hand.forward(3)
    assert vitals.age(vitals.poll_stamp) == 3
