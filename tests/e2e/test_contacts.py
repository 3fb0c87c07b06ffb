"""Contacts, a test call and the plan, from the first message to the phone."""

from __future__ import annotations

from simulator.twilio import human
from tests.e2e.town import PHONE, Town

FRIEND = "+442079460999"


async def test_a_contact_is_added_tried_and_called_first(town: Town) -> None:
    town.twilio.number(PHONE, human(listens=0.3))
    town.twilio.number(FRIEND, human(listens=0.3))
    await town.paired()
    await town.ask("/contacts add Cleo +44 20 7946 0999", "Cleo is called from now on")
    await town.ask("/contacts test Cleo", "Test call to Cleo")
    call = await town.rang(1)
    assert call.to == FRIEND
    await town.said("Test call to Cleo: answered")
    assert "Last test call: Cleo" in (await town.status()).text
    await town.ask("/contacts first Cleo", "Cleo is called as number 1")
    assert "Cleo's phone (+44 ... 99) rings" in (await town.ask("/plan")).text
    await town.ask("/plan cycles 3", "Rounds of calls: 3")
    await town.ask("/test call", "TEST")
    assert (await town.rang(2)).to == FRIEND
    assert await town.stop() == 0
