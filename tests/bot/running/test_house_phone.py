"""Twilio fails when it counts: dialled once and never twice, watched to the end, and hung up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alarm.core.actor import Actor
from alarm.core.commands import Acknowledge, Panic
from alarm.core.contact import Contact
from alarm.core.deliveries import CallBody, Delivery, DeliveryStatus, Lane
from alarm.core.incident import Incident, IncidentKind, Phase, Wave
from alarm.core.settings import Mode, Plan
from alarm.core.state import State
from simulator.faults import Fault, FaultKind
from simulator.twilio import BUSY, ENDLESS, human
from tests.bot.running.bench import NETWORK
from tests.bot.running.inside import Inside, living
from tests.core.home import settings
from tests.e2e.town import ANN_ID, PHONE
from tests.phone.bench import WORDS, a_phone

SECOND_PHONE = "+442079460456"
CALLS = r"/Calls\.json"
ONE_CALL = r"/Calls/CA"
REFUSED = "Twilio refuses the credentials; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
NOW = timedelta(0)
AT_ONCE = Plan(abort_window=NOW, pause=timedelta(minutes=30))


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    contacts = (
        Contact("env1", "Phone 1", PHONE, from_env=True),
        Contact("env2", "Phone 2", SECOND_PHONE, from_env=True),
    )
    async with living(
        tmp_path,
        with_bob=False,
        contacts=contacts,
        settings=settings(exit_delay=NOW, plan=AT_ONCE),
    ) as home:
        home.town.env["TWILIO_TO_NUMBER"] = f"{PHONE},{SECOND_PHONE}"
        home.town.twilio.number(PHONE, human(listens=0.3))
        home.town.twilio.number(SECOND_PHONE, human(listens=0.3))
        yield home


async def alarmed(inside: Inside) -> Incident:
    """Start and trip the rule; the first phone is to be called at once."""
    await inside.start()
    incident = await inside.triggered()
    inside.forward(0)
    return incident


def called(inside: Inside) -> list[str]:
    return [call.to for call in inside.town.twilio.calls]


def outcomes(inside: Inside) -> list[str]:
    return [note.outcome for note in inside.incident.calls]


async def phase(inside: Inside, wanted: Phase) -> Wave:
    """Wait until the wave is there."""
    await inside.town.until(
        lambda: inside.incident.wave is not None and inside.incident.wave.phase is wanted
    )
    wave = inside.incident.wave
    assert wave is not None
    return wave


async def test_refused_credentials_are_said_in_the_alert_and_ring_no_storm(inside: Inside) -> None:
    inside.town.twilio.auth_token = "another"
    await alarmed(inside)
    await inside.town.said("Twilio refuses the credentials")
    await phase(inside, Phase.PAUSE)
    assert called(inside) == []
    assert outcomes(inside) == ["failed: " + REFUSED] * 2
    assert inside.incident.calls_made == 0
    assert orders(inside) == 2


def orders(inside: Inside) -> int:
    """Count the orders to dial that reached Twilio."""
    seen = inside.town.twilio.seen
    return sum(one.method == "POST" and one.path.endswith("/Calls.json") for one in seen)


async def test_after_a_busy_line_the_next_phone_rings_at_once(inside: Inside) -> None:
    inside.town.twilio.number(PHONE, BUSY)
    await alarmed(inside)
    await inside.town.rang(2)
    assert called(inside) == [PHONE, SECOND_PHONE]
    assert outcomes(inside)[0] == "busy"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.LATE, times=1),
        Fault(FaultKind.INSTEAD, status=500, body="{}", times=1),
        Fault(FaultKind.INSTEAD, status=201, body="<html>", times=1),
    ],
    ids=["dropped", "500", "nonsense"],
)
async def test_an_order_whose_answer_was_lost_is_found_and_dialled_once(
    inside: Inside, fault: Fault
) -> None:
    inside.town.twilio.faults.add(CALLS, fault, method="POST")
    await alarmed(inside)
    await inside.town.rang(1)
    await inside.town.until(lambda: not waits_for_phone(inside))
    inside.forward(5)
    await phase(inside, Phase.LISTENING)
    assert called(inside) == [PHONE]
    assert outcomes(inside) == ["answered"]


def waits_for_phone(inside: Inside) -> bool:
    """Tell whether an order is on its way."""
    outbox = inside.state.outbox.values()
    return any(d.lane is Lane.PHONE and d.status is DeliveryStatus.SENDING for d in outbox)


async def test_an_order_that_twilio_never_got_is_dialled_later(inside: Inside) -> None:
    inside.town.twilio.faults.add(CALLS, Fault(FaultKind.STATUS, status=500, times=1))
    await alarmed(inside)
    await inside.town.until(lambda: orders(inside) == 1 and not waits_for_phone(inside))
    assert called(inside) == []
    inside.forward(5)
    await inside.town.rang(1)
    assert orders(inside) == 2


async def test_looks_that_fail_lose_no_call(inside: Inside) -> None:
    inside.town.twilio.faults.add(ONE_CALL, Fault(FaultKind.DROP, times=1))
    inside.town.twilio.faults.add(ONE_CALL, Fault(FaultKind.STATUS, status=503, times=1))
    await alarmed(inside)
    wave = await phase(inside, Phase.LISTENING)
    assert called(inside) == [PHONE]
    assert wave.position == 0


async def test_a_call_that_twilio_knows_no_more_is_given_up_for_the_next(inside: Inside) -> None:
    inside.town.twilio.number(PHONE, ENDLESS)
    inside.town.twilio.faults.add(ONE_CALL + "0*1", Fault(FaultKind.STATUS, status=404))
    await alarmed(inside)
    assert (await inside.town.rang(2)).to == SECOND_PHONE


@pytest.mark.parametrize("button", ["Acknowledge", "False alarm", "Disarm"])
async def test_what_rings_is_hung_up_when_somebody_acts(inside: Inside, button: str) -> None:
    inside.town.twilio.number(PHONE, human(rings=60.0))
    inside.town.twilio.ring_seconds = 60.0
    await alarmed(inside)
    call = await inside.town.rang(1)
    await inside.town.said("ALARM")
    await inside.town.until(lambda: placed(inside))
    await inside.town.press(button)
    await inside.town.until(lambda: call.over)
    assert call.hung_up_by_api
    inside.forward(120)
    await inside.town.polled()
    assert called(inside) == [PHONE]


def placed(inside: Inside) -> bool:
    return any(d.status is DeliveryStatus.PLACED for d in inside.state.outbox.values())


async def test_a_call_that_was_being_placed_when_somebody_acted_is_hung_up(inside: Inside) -> None:
    inside.town.twilio.number(PHONE, human(rings=60.0))
    inside.town.twilio.ring_seconds = 60.0
    inside.town.twilio.faults.add(CALLS, Fault(FaultKind.SLOW, seconds=1.0), method="POST")
    await alarmed(inside)
    await inside.town.said("ALARM")
    await inside.town.until(lambda: waits_for_phone(inside))
    await inside.town.press("Acknowledge")
    call = await inside.town.rang(1)
    await inside.town.until(lambda: call.over)
    assert call.hung_up_by_api
    assert called(inside) == [PHONE]


async def test_a_second_alarm_rings_the_same_phone_when_it_rings_no_more(inside: Inside) -> None:
    inside.town.twilio.number(PHONE, human(rings=60.0))
    inside.town.twilio.ring_seconds = 60.0
    panic = await alarmed_by_hand(inside)
    first = await inside.town.rang(1)
    await inside.town.until(lambda: placed(inside))
    inside.town.burst()
    await inside.town.until(lambda: len(inside.state.incidents) == 2)
    inside.forward(0)
    await inside.town.until(lambda: len(waiting_calls(inside)) == 1)
    await inside.town.polled()
    assert called(inside) == [PHONE]
    assert inside.house is not None
    inside.house.controller.apply(Acknowledge(Actor(ANN_ID, "Ann", ANN_ID, 91), panic.id))
    second = await inside.town.rang(2)
    assert second.to == PHONE
    assert first.hung_up_by_api
    assert first.ended is not None
    assert first.ended <= second.created


async def alarmed_by_hand(inside: Inside) -> Incident:
    """Start and raise a panic alarm; the first phone is called."""
    await inside.start()
    assert inside.house is not None
    inside.house.controller.apply(Panic(Actor(ANN_ID, "Ann", ANN_ID, 90), inside.hand.now()))
    inside.forward(0)
    return inside.incident


def waiting_calls(inside: Inside) -> list[Delivery]:
    return [
        d
        for d in inside.state.outbox.values()
        if isinstance(d.body, CallBody) and d.status is DeliveryStatus.PENDING
    ]


# -- after a crash while the order was leaving ---------------------------------------------------


def crashed_while_dialling(inside: Inside, *known: str) -> None:
    """Leave the files of a program that died between its order and Twilio's answer."""

    def change(state: State) -> State:
        now = inside.hand.now()
        wave = Wave(now, Phase.CALLING, now + timedelta(minutes=15), call_id="d9", told=True)
        incident = Incident(
            "i1", IncidentKind.BURGLARY, NETWORK, "Home", Mode.AWAY, now, wave=wave, calls_made=1
        )
        delivery = Delivery(
            "d9",
            Lane.PHONE,
            PHONE,
            CallBody("i1", "env1"),
            now,
            now,
            status=DeliveryStatus.SENDING,
            attempts=1,
            claimed_at=now,
        )
        outbox = {"d9": delivery}
        return replace(state, incidents={"i1": incident}, outbox=outbox, known_calls=known)

    inside.rewrite(change)


@pytest.mark.parametrize("dialled", [True, False])
async def test_after_a_crash_twilio_is_asked_before_it_is_dialled(
    inside: Inside, dialled: bool
) -> None:
    crashed_while_dialling(inside)
    if dialled:
        phone = a_phone(inside.town.twilio)
        await phone.place(PHONE, WORDS)
        phone.close()
    inside.town.twilio.seen.clear()
    await inside.start()
    await phase(inside, Phase.LISTENING)
    assert called(inside) == [PHONE]
    seen = inside.town.twilio.seen
    methods = [one.method for one in seen if one.path.partition("?")[0].endswith("/Calls.json")]
    assert methods == (["GET"] if dialled else ["GET", "POST"])


async def test_a_call_of_an_earlier_step_is_not_taken_for_the_one_in_doubt(inside: Inside) -> None:
    phone = a_phone(inside.town.twilio)
    earlier = await phone.place(PHONE, WORDS)
    phone.close()
    crashed_while_dialling(inside, earlier.sid)
    await inside.start()
    await phase(inside, Phase.LISTENING)
    assert called(inside) == [PHONE, PHONE]
    assert inside.state.known_calls == tuple(call.sid for call in inside.town.twilio.calls)
