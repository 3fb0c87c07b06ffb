"""One order places one call at most, whatever happens to its answer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.phone.client import Phone
from alarm.phone.errors import BROKEN, SILENT, UNREACHABLE, UNREADABLE
from simulator.faults import Fault, FaultKind
from simulator.twilio import MACHINE, NO_ANSWER, TwilioStandIn, human
from tests.phone.bench import (
    ANN,
    CALLS,
    OURS,
    SHORT,
    WORDS,
    Clock,
    a_phone,
    failure,
    no_thread_left,
    status,
)


async def test_a_placed_call_is_reported_as_twilio_took_it(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    report = await phone.place(ANN, WORDS)
    assert (report.to, report.status) == (ANN, CallStatus.QUEUED)
    assert (report.answered_by, report.duration) == (AnsweredBy.NOBODY_KNOWN, 0)
    (call,) = twilio.calls
    assert (call.sid, call.to, call.from_, call.twiml) == (report.sid, ANN, OURS, WORDS)


@pytest.mark.parametrize(("options", "rings"), [({}, 25), ({"ring_seconds": 5}, 5)])
async def test_the_phone_rings_as_long_as_ordered(
    twilio: TwilioStandIn, phone: Phone, clock: Clock, options: dict[str, Any], rings: int
) -> None:
    twilio.number(ANN, NO_ANSWER)
    report = await phone.place(ANN, WORDS, **options)
    clock.seconds += twilio.queue_seconds + rings - 0.1
    assert (await phone.report(report.sid)).status is CallStatus.RINGING
    clock.seconds += 0.2
    assert (await phone.report(report.sid)).status is CallStatus.NO_ANSWER


async def test_a_person_hears_the_words_at_once_while_machines_are_told_apart(
    twilio: TwilioStandIn, phone: Phone, clock: Clock
) -> None:
    twilio.number(ANN, human(), MACHINE)
    for verdict in (AnsweredBy.HUMAN, AnsweredBy.MACHINE):
        report = await phone.place(ANN, WORDS)
        # Answered after 3.2 s; three tellings of a second's pause and 2 s of words.
        clock.seconds += 3.2 + 3 * 3 + 0.1
        assert [(said.words, said.times) for said in twilio.calls[-1].said] == [
            ("Motion in the garage at 22:03.", 3)
        ]
        assert (await phone.report(report.sid)).answered_by is verdict


# -- exactly once ----------------------------------------------------------------------------------

# Each fault with the calls that exist afterwards, whether one may exist, and what is said.
FAULTS: dict[str, tuple[Fault, int, bool, str]] = {
    "500": (status(500), 0, True, "fault of its own"),
    "503 in JSON": (status(503, '{"code": 20503, "message": "x"}'), 0, True, "fault of its own"),
    "503 in HTML": (status(503, "<html>", content_type="text/html"), 0, True, "fault of its own"),
    "dropped": (Fault(FaultKind.DROP), 0, True, BROKEN),
    "placed, and the answer lost": (Fault(FaultKind.LATE), 1, True, BROKEN),
    "cut": (Fault(FaultKind.CUT), 0, True, BROKEN),
    "garbage": (Fault(FaultKind.GARBAGE), 0, True, UNREADABLE),
    "an empty answer": (status(201), 0, True, UNREADABLE),
    "an answer without a call": (status(201, "{}"), 0, True, UNREADABLE),
    "an answer that is a list": (status(201, "[]"), 0, True, UNREADABLE),
    "an answer that is null": (status(201, "null"), 0, True, UNREADABLE),
    "a call without its identifier": (
        status(201, '{"sid": null, "status": "queued"}'),
        0,
        True,
        UNREADABLE,
    ),
    "redirected": (status(307, headers={"Location": "/elsewhere"}), 0, True, "status 307"),
    "429": (status(429, '{"code": 20429}'), 0, False, "too many requests"),
    "409": (status(409), 0, False, "busy with this call"),
    "408": (status(408), 0, False, "whole request"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_an_order_is_sent_once_and_says_whether_it_may_have_rung(
    twilio: TwilioStandIn, phone: Phone, name: str
) -> None:
    fault, placed, uncertain, sentence = FAULTS[name]
    twilio.faults.add(CALLS, fault, method="POST")
    error = await failure(phone.place(ANN, WORDS))
    assert sentence in str(error)
    assert (error.uncertain, error.permanent) == (uncertain, False)
    assert [seen.method for seen in twilio.seen] == ["POST"]
    assert len(twilio.calls) == placed


async def test_a_silent_twilio_is_given_up_after_the_time_limit(
    twilio: TwilioStandIn, hasty: Phone
) -> None:
    twilio.faults.add(CALLS, Fault(FaultKind.HANG, seconds=2 * SHORT))
    error = await failure(hasty.place(ANN, WORDS))
    assert (str(error), error.uncertain, error.permanent) == (SILENT, True, False)
    assert twilio.count() == 1
    assert twilio.calls == []


async def test_a_twilio_that_answers_too_late_has_placed_the_call(
    twilio: TwilioStandIn, hasty: Phone
) -> None:
    placed = asyncio.Event()
    twilio.on_call = lambda call: placed.set()
    twilio.faults.add(CALLS, Fault(FaultKind.SLOW, seconds=1.5 * SHORT))
    error = await failure(hasty.place(ANN, WORDS))
    assert (str(error), error.uncertain) == (SILENT, True)
    await asyncio.wait_for(placed.wait(), 10)
    assert twilio.count() == 1
    assert [call.to for call in twilio.calls] == [ANN]


async def test_an_answer_that_drips_does_not_stretch_the_time_limit(
    twilio: TwilioStandIn,
) -> None:
    enough = asyncio.Event()

    # Each byte comes well within the limit of a single read.
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n")
        while not enough.is_set():
            writer.write(b" ")
            with suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), SHORT / 4)
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    phone = a_phone(twilio, api_url=f"http://127.0.0.1:{port}", timeout=SHORT)
    error = await failure(phone.place(ANN, WORDS))
    assert (str(error), error.uncertain) == (SILENT, True)
    enough.set()
    await no_thread_left()
    phone.close()
    server.close()
    await server.wait_closed()


async def test_a_port_where_nobody_listens_is_unreachable_and_certain(
    twilio: TwilioStandIn,
) -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        phone = a_phone(twilio, api_url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        error = await failure(phone.place(ANN, WORDS))
        phone.close()
    assert (str(error), error.uncertain, error.permanent) == (UNREACHABLE, False, False)


async def test_a_name_that_cannot_be_looked_up_is_unreachable_and_certain(
    twilio: TwilioStandIn,
) -> None:
    phone = a_phone(twilio, api_url=f"http://nowhere.invalid:{twilio.port}")
    error = await failure(phone.place(ANN, WORDS))
    assert (str(error), error.uncertain) == (UNREACHABLE, False)
    phone.close()


# -- addresses that lead nowhere -------------------------------------------------------------------


@pytest.fixture
def black_hole(twilio: TwilioStandIn) -> Iterator[str]:
    """Return an address whose port, the stand-in's own, answers no attempt to connect."""
    address = "127.0.0.2"
    waiting: list[socket.socket] = []
    with closing(socket.socket()) as listener:
        listener.bind((address, twilio.port))
        listener.listen(0)
        # Once its queue is full, Linux drops every further attempt.
        for _ in range(3):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex((address, twilio.port))
            waiting.append(client)
        yield address
        for client in waiting:
            client.close()


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses; addresses stay themselves."""
    real = socket.getaddrinfo

    def found(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "twilio.example":
            return real(host, *args, **kwargs)
        return [one for address in addresses for one in real(address, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", found)


async def test_a_dead_first_address_does_not_keep_the_phone_from_ringing(
    twilio: TwilioStandIn, black_hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, black_hole, "127.0.0.1")
    phone = a_phone(twilio, api_url=f"http://twilio.example:{twilio.port}", timeout=4.0)
    await phone.place(ANN, WORDS)
    assert len(twilio.calls) == 1
    phone.close()


async def test_a_host_that_swallows_every_attempt_is_unreachable_and_certain(
    twilio: TwilioStandIn, black_hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, black_hole)
    phone = a_phone(twilio, api_url=f"http://twilio.example:{twilio.port}", timeout=2 * SHORT)
    error = await failure(phone.place(ANN, WORDS))
    assert (str(error), error.uncertain) == (UNREACHABLE, False)
    phone.close()
