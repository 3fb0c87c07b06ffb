"""An order that nobody waits for any more is not sent: no phone rings for it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from alarm.core.errors import PhoneError
from alarm.phone.client import Phone
from simulator.faults import Fault, FaultKind
from simulator.twilio import TwilioStandIn
from tests.phone.bench import ANN, CALLS, WORDS, failure, no_thread_left


class SlowNames:
    """A look-up of names that takes as long as the test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.answer = threading.Event(), threading.Event()
        self._real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: Any, *args: Any, **kwargs: Any) -> Any:
        self.asked.set()
        assert self.answer.wait(20)
        return self._real(host, *args, **kwargs)


@pytest.fixture
async def slow_names(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlowNames]:
    names = SlowNames(monkeypatch)
    yield names
    names.answer.set()
    await no_thread_left()


async def test_an_order_that_was_given_up_while_connecting_is_never_sent(
    twilio: TwilioStandIn, hasty: Phone, slow_names: SlowNames
) -> None:
    error = await failure(hasty.place(ANN, WORDS))
    assert error.uncertain
    slow_names.answer.set()
    await no_thread_left()
    assert twilio.seen == []
    assert twilio.calls == []


async def test_an_order_that_was_cancelled_while_connecting_is_never_sent(
    twilio: TwilioStandIn, phone: Phone, slow_names: SlowNames
) -> None:
    order = asyncio.create_task(phone.place(ANN, WORDS))
    await asyncio.to_thread(slow_names.asked.wait, 20)
    order.cancel()
    with pytest.raises(asyncio.CancelledError):
        await order
    slow_names.answer.set()
    await no_thread_left()
    assert twilio.seen == []
    assert twilio.calls == []


async def test_an_order_that_was_cancelled_after_it_was_sent_is_on_twilios_list(
    twilio: TwilioStandIn, phone: Phone
) -> None:
    placed = asyncio.Event()
    twilio.on_call = lambda call: placed.set()
    twilio.faults.add(CALLS, Fault(FaultKind.LATE), method="POST")
    order = asyncio.create_task(phone.place(ANN, WORDS))
    await asyncio.wait_for(placed.wait(), 20)
    order.cancel()
    with suppress(asyncio.CancelledError, PhoneError):
        await order
    await no_thread_left()
    assert twilio.count() == 1
    assert len(twilio.calls) == 1
