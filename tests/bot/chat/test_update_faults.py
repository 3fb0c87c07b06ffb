"""No answer of Telegram ends the update loop, and none makes it spin."""

from __future__ import annotations

import asyncio
import json
from typing import cast

import pytest
from telegram import Bot, Update
from telegram.error import NetworkError

from bot.chat.errors import LONGEST_WAIT
from bot.chat.requests import UpdateRequest
from bot.chat.updates import FIRST_PAUSE, LONGEST_PAUSE, NOTHING_NEW_PAUSE
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.listener import GET_UPDATES, Listener


def refused(status: int, **parameters: object) -> Fault:
    body = {"ok": False, "error_code": status, "description": "no", "parameters": parameters}
    return Fault(FaultKind.STATUS, status, json.dumps(body))


def said(body: str) -> Fault:
    return Fault(FaultKind.STATUS, 200, body)


FAULTS = {
    "400": refused(400),
    "401": refused(401),
    "403": refused(403),
    "404": refused(404),
    "409": refused(409),
    "429": refused(429, retry_after=7),
    "429-fraction": refused(429, retry_after=0.5),
    "429-words": refused(429, retry_after="soon"),
    "429-for-years": refused(429, retry_after=10**12),
    "500": refused(500),
    "502": Fault(FaultKind.STATUS, 502, "<html>Bad Gateway</html>", "text/html"),
    "204": Fault(FaultKind.STATUS, 204),
    "302": Fault(FaultKind.STATUS, 302, headers={"Location": "/elsewhere"}),
    "garbage": Fault(FaultKind.GARBAGE),
    "cut": Fault(FaultKind.CUT),
    "drop": Fault(FaultKind.DROP),
    "ok-false": said('{"ok":false}'),
    "a-list": said("[]"),
    "null": said("null"),
    "a-number": said('{"ok":true,"result":7}'),
    "a-map": said('{"ok":true,"result":{"a":1}}'),
    "empty-map": said('{"ok":true,"result":{}}'),
    "nothing": said('{"ok":true,"result":null}'),
    "deep": said("[" * 100_000),
    "at-once": said('{"ok":true,"result":[]}'),
    "odd-updates": said('{"ok":true,"result":[7,{},{"update_id":"x"}]}'),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_after_every_answer_the_bot_listens_again_and_never_spins(
    telegram: TelegramStandIn, listener: Listener, ann: Person, fault: Fault
) -> None:
    times = 5
    telegram.faults.add(GET_UPDATES, Fault(**(vars(fault) | {"times": times})))
    listener.listen()
    number = ann.write("/disarm")
    await listener.heard("/disarm")
    await listener.until(lambda: telegram.confirmed_offset == number + 1)
    assert telegram.count(GET_UPDATES) == times + 2
    assert len([wait for wait in listener.waits if wait >= NOTHING_NEW_PAUSE]) >= times
    assert max(listener.waits) <= LONGEST_WAIT
    assert listener.vitals.telegram_trouble == ""


async def test_the_wait_that_telegram_asks_for_is_kept(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    telegram.faults.add(GET_UPDATES, Fault(**(vars(FAULTS["429"]) | {"times": 1})))
    listener.listen()
    ann.write("/disarm")
    await listener.heard("/disarm")
    assert listener.waits[0] == 7.0


async def test_a_server_that_repeats_itself_is_handled_once_and_asked_slowly(
    telegram: TelegramStandIn, listener: Listener
) -> None:
    again = {"ok": True, "result": [{"update_id": 5, "poll_answer_of_tomorrow": {}}]}
    telegram.faults.add(GET_UPDATES, said(json.dumps(again)))
    listener.listen()
    await listener.until(lambda: telegram.count(GET_UPDATES) > 20)
    assert len(listener.tries) == 1
    assert listener.waits.count(NOTHING_NEW_PAUSE) >= telegram.count(GET_UPDATES) - 3


async def test_a_server_that_only_drips_is_left_for_a_new_connection(
    telegram: TelegramStandIn, listener: Listener, ann: Person
) -> None:
    drip = Fault(FaultKind.DRIP, seconds=30.0, pieces=2, times=1)
    telegram.faults.add(GET_UPDATES, drip)
    listener.listen(hang_limit=0.3)
    ann.write("/disarm")
    await listener.heard("/disarm")


def hasty_bot(telegram: TelegramStandIn, **limits: float) -> Bot:
    request = UpdateRequest(
        connection_pool_size=1,
        read_timeout=limits.get("read_timeout", 0.1),
        pool_timeout=0.1,
        httpx_kwargs={"trust_env": False},
    )
    base = f"{telegram.url}/bot"
    return Bot(telegram.token, base_url=base, request=request, get_updates_request=request)


async def test_a_connection_that_nobody_gives_back_is_renewed(
    telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.pending_updates.clear()
    bot = hasty_bot(telegram, read_timeout=60.0)
    lost = asyncio.create_task(bot.get_updates(timeout=50))
    listener = Listener(lambda: bot)
    while not telegram.being_polled:  # noqa: ASYNC110 - nobody tells of a request by an event
        await asyncio.sleep(0.005)
    listener.listen()
    await listener.until(lambda: telegram.count(GET_UPDATES) > 1)
    ann.write("/disarm")
    await listener.heard("/disarm")
    await listener.killed()
    await asyncio.wait([lost])
    assert lost.exception() is not None


async def test_silence_is_noticed_by_the_answer_limit(
    telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.faults.add(GET_UPDATES, Fault(FaultKind.HANG, seconds=30.0, times=2))
    listener = Listener(lambda: hasty_bot(telegram))
    listener.listen(long_poll=0)
    await listener.until(lambda: "hello" in listener.words)
    await listener.killed()
    assert telegram.count(GET_UPDATES) >= 3


class Line:
    """A line that is down for days."""

    async def shutdown(self) -> None:
        return None


class UnreachableBot:
    """Telegram's side at the other end of it."""

    def __init__(self) -> None:
        self.asked = 0
        self.request = Line()

    async def get_updates(self, **_: object) -> tuple[Update, ...]:
        self.asked += 1
        raise NetworkError("no route")


async def test_days_without_telegram_do_not_end_the_loop() -> None:
    bot = UnreachableBot()
    listener = Listener(lambda: cast("Bot", bot))
    listener.listen()
    await listener.until(lambda: bot.asked > 5000)
    await listener.killed()
    assert max(listener.waits) <= LONGEST_PAUSE
    assert min(listener.waits) >= 0.8 * FIRST_PAUSE
    assert listener.waits[-1] >= 0.8 * LONGEST_PAUSE


async def test_a_trouble_is_logged_once_and_its_end_too(
    telegram: TelegramStandIn,
    listener: Listener,
    ann: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram.faults.add(GET_UPDATES, Fault(**(vars(FAULTS["500"]) | {"times": 9})))
    listener.listen()
    ann.write("/status")
    await listener.heard("/status")
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.chat.updates"]
    assert len(lines) == 2
    assert lines[1] == "Telegram answers again."
