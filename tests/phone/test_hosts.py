"""Requests go to Twilio or, where one is named, to the stand-in; to nobody else."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from alarm.core.errors import PhoneError
from alarm.phone.client import Phone
from alarm.phone.errors import UNREACHABLE
from alarm.phone.patience import Patience
from alarm.phone.twilio_http import TimeLimitedHttpClient
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, CALLS, OURS, WORDS, a_phone, failure, status

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy")


@dataclass
class Stranger:
    """A server that is not Twilio and notes the first line of whatever comes."""

    port: int = 0
    seen: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.seen.append((await reader.readline()).decode().strip())
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        writer.close()


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    stranger = Stranger()
    server = await asyncio.start_server(stranger.serve, "127.0.0.1", 0)
    stranger.port = server.sockets[0].getsockname()[1]
    yield stranger
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_anywhere(
    twilio: TwilioStandIn, phone: Phone, stranger: Stranger, code: int
) -> None:
    for target in (f"{stranger.url}/2010-04-01/x", f"{twilio.url}/elsewhere", "/elsewhere"):
        twilio.faults.clear()
        twilio.faults.add(CALLS, status(code, headers={"Location": target}))
        for attempt in (phone.place(ANN, WORDS), phone.calls_to(ANN, datetime.now(UTC))):
            error = await failure(attempt)
            assert f"unexpected status {code}" in str(error)
            assert not error.permanent
    assert stranger.seen == []
    assert twilio.count("elsewhere") == 0
    assert twilio.calls == []


async def test_proxy_variables_do_not_lead_a_stand_ins_requests_astray(
    twilio: TwilioStandIn, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.setenv(name, stranger.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    phone = a_phone(twilio)
    placed = await phone.place(ANN, WORDS)
    await phone.hang_up(placed.sid)
    assert await phone.account_trouble() is None
    phone.close()
    assert stranger.seen == []
    assert len(twilio.calls) == 1


async def test_region_and_edge_variables_do_not_lead_a_stand_ins_requests_astray(
    twilio: TwilioStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    phone = a_phone(twilio)
    await phone.place(ANN, WORDS)
    phone.close()
    assert len(twilio.calls) == 1


async def test_without_a_stand_in_a_proxy_is_asked_for_twilio_and_for_nothing_else(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.setenv(name, stranger.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    phone = Phone(account_sid="AC" + "5" * 32, auth_token="stand-in-token", from_number=OURS)
    error = await failure(phone.place(ANN, WORDS))
    phone.close()
    # The tunnel was refused, so nothing reached Twilio.
    assert (str(error), error.uncertain) == (UNREACHABLE, False)
    assert stranger.seen == ["CONNECT api.twilio.com:443 HTTP/1.0"] or stranger.seen == [
        "CONNECT api.twilio.com:443 HTTP/1.1"
    ]


async def test_only_twilios_own_name_is_looked_up_without_a_stand_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names: list[str] = []

    def nowhere(host: str, *_args: Any, **_options: Any) -> Any:
        names.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    phone = Phone(account_sid="AC" + "5" * 32, auth_token="stand-in-token", from_number=OURS)
    assert str(await failure(phone.place(ANN, WORDS))) == UNREACHABLE
    assert str(await failure(phone.calls_to(ANN, datetime.now(UTC)))) == UNREACHABLE
    assert await phone.account_trouble() == UNREACHABLE
    phone.close()
    assert set(names) == {"api.twilio.com"}


@pytest.mark.parametrize(
    "address",
    [
        "http://api.twilio.com/2010-04-01/x",
        "https://twilio.com.evil.example/x",
        "https://eviltwilio.com/x",
        "https://api.twilio.com@evil.example/x",
        "https://evil.example/api.twilio.com",
        "ftp://api.twilio.com/x",
        "/2010-04-01/x",
        "",
    ],
)
def test_an_address_that_is_not_twilios_is_never_asked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_args: Any, **_options: Any) -> Any:
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    http = TimeLimitedHttpClient(timeout=5.0)
    with pytest.raises(PhoneError, match="foreign address"):
        Patience(5.0).spend(lambda: http.request("GET", address, auth=("user", "secret")))
    http.close()


@pytest.mark.parametrize("base", ["", "/", "/twilio", "/twilio/"])
async def test_the_path_of_a_stand_ins_address_is_kept(twilio: TwilioStandIn, base: str) -> None:
    phone = a_phone(twilio, api_url=twilio.url + base)
    await phone.account_trouble()
    phone.close()
    expected = f"{base.rstrip('/')}/2010-04-01/Accounts/{twilio.account_sid}.json"
    assert twilio.seen[0].path == expected


async def test_a_list_that_goes_on_at_a_foreign_address_stays_with_the_stand_in(
    twilio: TwilioStandIn, stranger: Stranger
) -> None:
    row = {"sid": "CA1", "to": ANN, "status": "queued"}
    meta = {"key": "calls", "next_page_url": f"{stranger.url}/next"}
    body = json.dumps({"calls": [row], "meta": meta})
    twilio.faults.add(CALLS, status(200, body, times=1))
    phone = a_phone(twilio)
    await failure(phone.calls_to(ANN, datetime(2000, 1, 1, tzinfo=UTC)))
    phone.close()
    assert stranger.seen == []
    assert twilio.seen[-1].path == "/next"


async def test_each_request_has_a_connection_of_its_own(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    placed = await phone.place(ANN, WORDS)
    await twilio.stop()
    await twilio.start(twilio.port)
    # A kept connection would be a dead one by now.
    assert (await phone.report(placed.sid)).sid == placed.sid
