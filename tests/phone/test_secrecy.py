"""Neither an error nor a log, at any level, holds a credential or a phone number.

`failure` looks through every error's text and traceback; here the logs are looked through too.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from alarm.core.errors import PhoneError
from alarm.phone.client import Phone
from alarm.phone.threads import THREAD_NAME
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, OURS, SHORT, WORDS, a_phone, failure, secrets, status

REFUSED = f'{{"code": 21211, "message": "The number {ANN} of AC{"5" * 32} is not valid"}}'
FAULTS: dict[str, Fault | None] = {
    "no fault": None,
    "refused": status(400, REFUSED),
    "refused without a body": status(400),
    "wrong credentials": status(401, '{"code": 20003}'),
    "server fault": status(503, REFUSED),
    "redirected": status(302, headers={"Location": f"https://elsewhere.example/{ANN}"}),
    "dropped": Fault(FaultKind.DROP),
    "cut": Fault(FaultKind.CUT),
    "garbage": Fault(FaultKind.GARBAGE),
    "silent": Fault(FaultKind.HANG, seconds=1.5 * SHORT),
    "an answer with a number in the wrong place": status(200, f'{{"duration": "{ANN}"}}'),
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Let every logger write everything it has."""
    names = ["urllib3", "urllib3.connection", "urllib3.connectionpool", "urllib3.util.retry"]
    names += ["requests", "twilio", "twilio.http_client"]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(1)
    caplog.set_level(1)
    yield caplog
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def is_clean(log: pytest.LogCaptureFixture) -> None:
    # The stand-in's own server is no part of the program.
    lines = [
        logging.Formatter("%(name)s %(message)s").format(record)
        for record in log.records
        if not record.name.startswith("aiohttp")
    ]
    for line in lines:
        for secret in secrets():
            assert secret not in line


@pytest.mark.parametrize("name", FAULTS)
async def test_no_secret_is_told_whatever_happens(
    twilio: TwilioStandIn, hasty: Phone, log: pytest.LogCaptureFixture, name: str
) -> None:
    fault = FAULTS[name]
    if fault is None:
        placed = await hasty.place(ANN, WORDS)
        await hasty.report(placed.sid)
        assert len(await hasty.calls_to(ANN, datetime.now(UTC).replace(year=2000))) == 1
        await hasty.hang_up(placed.sid)
        assert await hasty.account_trouble() is None
    else:
        twilio.faults.add("/", fault)
        await asyncio.gather(
            failure(hasty.place(ANN, WORDS)),
            failure(hasty.calls_to(ANN, datetime.now(UTC))),
            failure(hasty.hang_up("CA1")),
        )
        trouble = await hasty.account_trouble() or ""
        assert all(secret not in trouble for secret in secrets())
    is_clean(log)


async def test_an_answer_with_strange_headers_is_not_logged_with_its_address(
    twilio: TwilioStandIn, hasty: Phone, log: pytest.LogCaptureFixture
) -> None:
    async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nfine: yes\r\nnot fine\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(strange, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    phone = a_phone(twilio, api_url=f"http://127.0.0.1:{port}")
    await failure(phone.calls_to(ANN, datetime.now(UTC)))
    phone.close()
    server.close()
    await server.wait_closed()
    is_clean(log)


async def test_an_address_that_leads_nowhere_tells_no_secret(
    twilio: TwilioStandIn, log: pytest.LogCaptureFixture
) -> None:
    phone = a_phone(twilio, api_url="http://nowhere.invalid")
    await failure(phone.place(ANN, WORDS))
    await failure(phone.calls_to(ANN, datetime.now(UTC)))
    phone.close()
    is_clean(log)


@pytest.mark.parametrize("token", ["geheim-ü-5555", "geheim-\u2028", "geheim-\ud800"])
async def test_credentials_that_cannot_be_sent_are_named_by_their_variables_only(
    twilio: TwilioStandIn, log: pytest.LogCaptureFixture, token: str
) -> None:
    phone = a_phone(twilio, auth_token=token)
    error = await failure(phone.place(ANN, WORDS))
    phone.close()
    assert "geheim" not in str(error)
    assert error.permanent
    assert "TWILIO_AUTH_TOKEN" in str(error)
    assert twilio.calls == []
    is_clean(log)
    assert all("geheim" not in record.getMessage() for record in log.records)


async def test_the_logs_of_others_are_not_hidden(log: pytest.LogCaptureFixture) -> None:
    pool = logging.getLogger("urllib3.connectionpool")
    pool.debug("from the program's own thread")
    ours = threading.Thread(target=pool.debug, args=("from a request",), name=THREAD_NAME)
    ours.start()
    ours.join()
    assert [r.getMessage() for r in log.records] == ["from the program's own thread"]


def test_a_phone_shows_no_secret_of_its_own(twilio: TwilioStandIn) -> None:
    phone = a_phone(twilio)
    shown = repr(phone) + str(phone) + repr(PhoneError("x"))
    assert "stand-in-token" not in shown
    assert OURS not in shown
    phone.close()
