"""Telegram fails when it counts: phones ring all the same, and no chat waits for another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.contact import Contact
from alarm.core.deliveries import AlertBody
from alarm.core.incident import Phase
from bot.delivery import lanes
from simulator.faults import Fault, FaultKind
from simulator.twilio import NO_ANSWER, human
from tests.bot.running.bench import waiting
from tests.bot.running.inside import Inside, living
from tests.core.home import settings
from tests.e2e.town import PHONE

SEND = "/sendMessage"


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    # A long abort window: only what Telegram's silence begins comes before it.
    async with living(tmp_path, settings=settings(exit_delay=timedelta(0))) as home:
        home.town.twilio.number(PHONE, human())
        yield home


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.DROP),
        Fault(FaultKind.STATUS, status=502, body="<html>", content_type="text/html"),
        Fault(FaultKind.GARBAGE),
    ],
    ids=lambda fault: fault.kind.value,
)
async def test_calls_begin_ten_seconds_after_the_trigger_and_the_alert_comes_late(
    inside: Inside, fault: Fault
) -> None:
    town = inside.town
    await inside.start()
    town.telegram.faults.add(SEND, fault)
    incident = await inside.triggered()
    assert incident.wave is not None
    opened = incident.wave.started_at
    inside.hand.forward((opened - inside.hand.now()).total_seconds() + 9)
    assert town.twilio.calls == []
    assert inside.incident.wave is not None
    assert inside.incident.wave.phase is Phase.ABORT_WINDOW
    inside.forward(1)
    call = await town.rang(1)
    assert call.to == PHONE
    await town.until(lambda: all(d.status == "pending" for d in waiting(inside.state, AlertBody)))
    assert town.alerts() == []
    inside.hand.forward(20 * 60)
    town.telegram.faults.clear()
    inside.forward(0)
    for person in (town.ann, town.bob):
        alert = await town.said("ALARM", person)
        assert "late: 20 min" in alert.text
    await town.until(lambda: not waiting(inside.state, AlertBody))


async def test_a_blocked_chat_holds_up_no_other_and_the_others_are_told(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again", town.bob)
    town.bob.chat.blocked = True
    await inside.triggered()
    await town.said("ALARM")
    told = await town.said("Bob")
    assert "Telegram does not reach Bob any more" in told.text
    assert town.alerts(town.bob) == []
    assert not inside.state.people[str(town.bob.id)].reachable
    town.bob.start()
    await town.said("Hello", town.bob)
    assert inside.state.people[str(town.bob.id)].reachable


async def test_a_chat_that_is_gone_is_told_to_the_others(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again", town.bob)
    del town.telegram.world.chats[town.bob.id]
    await inside.triggered()
    await town.said("Telegram does not reach Bob any more")
    assert len(town.alerts()) == 1


async def test_a_chat_that_is_asked_to_slow_down_holds_up_no_other(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again", town.bob)
    town.telegram.limit_rate(town.bob.chat, 0, 60.0)
    before = town.telegram.count(SEND)
    await inside.triggered()
    await town.said("ALARM")
    await town.until(lambda: town.telegram.count(SEND) >= before + 2)
    inside.forward(30)
    await town.polled()
    assert len(waiting(inside.state, AlertBody)) == 1
    del town.telegram.world.rates[town.bob.id]
    inside.forward(60)
    await town.said("ALARM", town.bob)


async def test_neither_a_hanging_upload_nor_a_flood_of_answers_holds_up_an_alert(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "SETTLE", 0.1)
    town = inside.town
    town.blink.clip_bytes *= 40
    town.telegram.faults.add("/send(Video|Photo)", Fault(FaultKind.HANG, seconds=60.0))
    await inside.start()
    await town.said("runs again")
    for _ in range(40):
        town.ann.write("/status")
    incident = await inside.triggered()
    await town.said("ALARM")
    await town.until(lambda: town.telegram.count("/sendPhoto") > 0)
    await town.press("Acknowledge", "Acknowledged by Bob", town.bob)
    inside.hand.forward(400)
    first = town.alerts()[-1].id
    town.burst("Garage", "Garden")
    await town.said(lambda m: "ALARM" in m.text, after=first)
    assert inside.state.incidents[incident.id].waves == 2
    await inside.stop()


async def test_pictures_wait_for_the_alert_without_a_try_of_their_own(inside: Inside) -> None:
    town = inside.town
    await inside.start()
    await town.said("runs again")
    town.telegram.faults.add(SEND, Fault(FaultKind.DROP))
    await inside.triggered()
    await town.polled()
    assert town.telegram.count("/sendPhoto") == 0
    assert all(d.attempts == 0 for d in inside.state.outbox.values() if d.lane == "media")
    town.telegram.faults.clear()
    inside.forward(30)
    alert = await town.said("ALARM")
    await town.until(lambda: len(town.files()) >= 2)
    assert {message.reply_to for message in town.files()} == {alert.id}


async def test_without_any_phone_silence_in_chat_begins_nothing(inside: Inside) -> None:
    del inside.town.env["TWILIO_TO_NUMBER"]
    await inside.start()
    inside.town.telegram.faults.add(SEND, Fault(FaultKind.DROP))
    await inside.triggered()
    inside.forward(11)
    assert inside.incident.wave is not None
    assert inside.incident.wave.phase is Phase.ABORT_WINDOW


async def test_the_next_number_is_called_while_telegram_stays_away(tmp_path: Path) -> None:
    second = "+442079460456"
    contacts = (Contact("env1", "Phone 1", PHONE, True), Contact("env2", "Phone 2", second, True))
    async with living(tmp_path, contacts=contacts) as inside:
        town = inside.town
        town.env["TWILIO_TO_NUMBER"] = f"{PHONE},{second}"
        town.twilio.number(PHONE, NO_ANSWER)
        town.twilio.number(second, human())
        await inside.start()
        town.telegram.faults.add(SEND, Fault(FaultKind.DROP))
        await inside.triggered()
        inside.forward(10)
        assert [(await town.rang(n)).to for n in (1, 2)] == [PHONE, second]
