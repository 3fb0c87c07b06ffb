"""What the tests of the phone share: numbers, words, a clock by hand, an expected failure."""

from __future__ import annotations

import asyncio
import re
import threading
import traceback
from collections.abc import Awaitable
from typing import Any

import pytest

from alarm.core.errors import BadInput, PhoneError
from alarm.phone.client import Phone
from alarm.phone.numbers import parse_number
from alarm.phone.speech import alarm_twiml
from alarm.phone.threads import THREAD_NAME
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn

ANN, BOB = "+12025550123", "+447700900456"
OURS = "+15005550006"
WORDS = alarm_twiml("Motion in the garage at 22:03.")
CALLS = r"/Calls\.json"
# Seconds after which a phone of the tests gives up on a silent server.
SHORT = 0.6


class Clock:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def a_phone(twilio: TwilioStandIn, **options: Any) -> Phone:
    """Return the phone edge as the program makes it, with a generous time limit."""
    settings: dict[str, Any] = {
        "account_sid": twilio.account_sid,
        "auth_token": twilio.auth_token,
        "from_number": OURS,
        "api_url": twilio.url,
        "timeout": 20.0,
    }
    return Phone(**(settings | options))


async def failure(attempt: Awaitable[object]) -> PhoneError:
    """Await what must fail; the failure and whatever hangs on it must hold no secret."""
    with pytest.raises(PhoneError) as caught:
        await attempt
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error)
    for secret in secrets():
        assert secret not in told
    assert error.__cause__ is None
    assert error.__context__ is None
    return error


def refused_number(text: str, region: str | None = None) -> str:
    """Return why it is refused; the reason names two digits of it at most."""
    with pytest.raises(BadInput) as caught:
        parse_number(text, region)
    assert caught.value.permanent
    reason = str(caught.value)
    # Apart from the example of how to write one.
    assert not re.search(r"[0-9]{3}", reason.replace("+442079460123", ""))
    return reason


def secrets() -> list[str]:
    """Return what nobody may read in an error or a log, in all its spellings."""
    plain = ["stand-in-token", "5" * 32, ANN[1:], BOB[1:], OURS[1:]]
    # Basic authentication of the stand-in's account, without its last characters.
    return [*plain, "QUM1NTU1"]


async def no_thread_left() -> None:
    """Wait until no request is under way."""
    for thread in threading.enumerate():
        if thread.name == THREAD_NAME:
            await asyncio.to_thread(thread.join, 20)
            assert not thread.is_alive()


def status(code: int, body: str = "", **options: Any) -> Fault:
    return Fault(FaultKind.STATUS, status=code, body=body, **options)
