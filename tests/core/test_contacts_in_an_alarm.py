"""Contacts that are removed while phones ring: only their own call is given up."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.calls import CallStatus
from alarm.core.contact_commands import RemoveContact
from alarm.core.inputs import DevicesSeen
from alarm.core.state import Area
from tests.core.home import (
    GARDEN,
    HOUSE,
    PHONE_1,
    PHONE_2,
    SECOND,
    Home,
    clip,
    homescreen,
    household,
)
from tests.core.waves import alarmed, wave


def remove(home: Home, number: int) -> None:
    home.do(RemoveContact(home.actor(), f"env{number}"))


def test_the_call_of_another_contact_goes_on_ringing() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    before = wave(home)
    remove(home, 2)
    assert wave(home) == before
    assert home.incident.calls[-1].outcome == "ringing"
    assert [call.target for call in home.calls()] == [PHONE_1]


def test_a_call_that_is_known_no_more_disturbs_nobody() -> None:
    home = alarmed()
    home.wait(30 * SECOND)
    home.state = replace(home.state, outbox={})
    remove(home, 1)
    home.wait(SECOND)
    assert home.called() == [PHONE_1, PHONE_2]


def test_the_call_of_a_later_alarm_is_given_up_as_well() -> None:
    state = household()
    state = replace(state, areas={**state.areas, GARDEN: Area(GARDEN, "Garden")})
    home = Home(state)
    home.arm()
    home.do(DevicesSeen(homescreen(armed=True, networks=(HOUSE, GARDEN))))
    home.wait(60 * SECOND)
    home.burglary()
    first = home.incident.id
    home.acknowledge()
    home.see(*(clip(home.now, n, camera="shed", network=GARDEN) for n in (1, 2)))
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    assert home.incident.id != first
    remove(home, 1)
    assert [call.target for call in home.calls()] == [PHONE_2]
