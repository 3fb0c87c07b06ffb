"""The answers to getUpdates: one update that cannot be understood does not block the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.chat.requests import UpdateRequest, sending_bot, update_bot
from simulator.faults import Fault, FaultKind
from simulator.telegram import Person, TelegramStandIn
from tests.bot.chat.bench import ANN, NOON, configured, message, press

GOOD = {"update_id": 5, "message": message("/arm")}


def read(result: object) -> Any:
    return UpdateRequest.parse_json_payload(json.dumps({"ok": True, "result": result}).encode())


def named(name: object, is_bot: object = False) -> dict[str, Any]:
    return {"id": ANN, "is_bot": is_bot, "first_name": name}


@pytest.mark.parametrize(
    "odd",
    [
        {"update_id": 6, "message": {"message_id": 1}},
        {"update_id": 6, "message": "hello"},
        {"update_id": 6, "poll": {"id": "1", "question": "?"}},
        {"update_id": 6, "callback_query": {"id": "1"}},
        {"update_id": 6, "message": message("hi") | {"date": "yesterday"}},
        {"update_id": 6, "message": message("hi") | {"entities": [{"type": "bold"}]}},
        {"update_id": 6, "message": message("hi") | {"from": 12}},
        {"update_id": 6, "callback_query": press("x") | {"from": {}}},
        {"update_id": 6, "message": message("hi") | {"text": {"a": 1}}},
        {"update_id": 6, "message": message("hi") | {"text": 0}},
        {"update_id": 6, "message": message("hi \ud83d")},
        {"update_id": 6, "message": message("hi") | {"from": named("\ud83d")}},
        {"update_id": 6, "callback_query": press("disarm:\ud83d")},
        {"update_id": 6, "message": message("hi") | {"date": None}},
        {"update_id": 6, "message": message("hi") | {"message_id": "12"}},
        {"update_id": 6, "message": message("hi") | {"message_thread_id": True}},
        {"update_id": 6, "message": message("hi", user=True)},
        {"update_id": 6, "message": message("hi") | {"chat": {"id": "1001", "type": "private"}}},
        {
            "update_id": 6,
            "message": message("hi") | {"chat": {"id": 1, "type": "group", "title": 7}},
        },
        {"update_id": 6, "callback_query": press("x") | {"data": True}},
        {"update_id": 6, "callback_query": press("x") | {"from": named(-1)}},
        {"update_id": 6, "callback_query": press("x") | {"from": named("Ann", is_bot="no")}},
    ],
)
def test_what_cannot_be_understood_is_cut_down_to_its_number(odd: dict[str, Any]) -> None:
    assert read([GOOD, odd])["result"] == [GOOD, {"update_id": 6}]


@pytest.mark.parametrize(
    "odd", [None, 7, "update", [], {}, {"update_id": "7"}, {"update_id": True}, {"update_id": 1.5}]
)
def test_what_has_no_number_is_left_out(odd: object) -> None:
    assert read([odd, GOOD])["result"] == [GOOD]


@pytest.mark.parametrize(
    "payload",
    [b"", b"\x00<<not json>>\xff", b"<html>", b"[]", b"null", b'"x"', b'{"ok":true}', b"\xff\xfe"],
)
def test_what_is_no_answer_is_an_error_of_telegram(payload: bytes) -> None:
    with pytest.raises(TelegramError):
        UpdateRequest.parse_json_payload(payload)


@pytest.mark.parametrize(
    "answer",
    [
        {"ok": False, "error_code": 409, "description": "Conflict"},
        {"ok": True, "result": {"id": 1, "is_bot": True}},
        {"ok": True, "result": True},
    ],
)
def test_other_answers_are_left_as_they_are(answer: dict[str, Any]) -> None:
    assert UpdateRequest.parse_json_payload(json.dumps(answer).encode()) == answer


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "callback_query", "from", "chat", "id", "date", "text"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(st.lists(_json, max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_left_can_be_read(items: list[Any]) -> None:
    for left in read(items)["result"]:
        assert Update.de_json(left, None).update_id == left["update_id"]


async def test_a_poll_with_missing_fields_does_not_hold_up_the_next_command(
    telegram: TelegramStandIn, ann: Person
) -> None:
    telegram.raw_update({"poll": {"id": "1", "question": "?", "options": []}})
    ann.write("/status")
    bot = update_bot(configured(telegram))
    updates = await bot.get_updates()
    await bot.request.shutdown()
    assert [u.message.text if u.message else None for u in updates] == ["hello", None, "/status"]


# -- Telegram's clock ------------------------------------------------------------------------------


def said_at(moment: datetime) -> Fault:
    headers = {"Date": format_datetime(moment, usegmt=True)}
    return Fault(FaultKind.STATUS, 200, '{"ok":true,"result":[]}', headers=headers)


async def asked(telegram: TelegramStandIn, clock: Callable[[], float], times: int) -> UpdateRequest:
    request = UpdateRequest(clock=clock, httpx_kwargs={"trust_env": False})
    bot = Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=request,
        get_updates_request=request,
    )
    for _ in range(times):
        await bot.get_updates()
    await request.shutdown()
    return request


@pytest.mark.parametrize("wrong", [timedelta(0), timedelta(minutes=-10), timedelta(hours=2)])
async def test_telegrams_clock_is_learned_from_its_answers(
    telegram: TelegramStandIn, wrong: timedelta
) -> None:
    telegram.faults.add("getUpdates", said_at(NOON))
    request = await asked(telegram, (NOON + wrong).timestamp, 2)
    assert request.skew is not None
    assert abs(request.skew + wrong) <= timedelta(seconds=1)


async def test_an_answer_without_a_usable_date_teaches_nothing(telegram: TelegramStandIn) -> None:
    fault = said_at(NOON)
    fault.headers["Date"] = "yesterday"
    telegram.faults.add("getUpdates", fault)
    request = await asked(telegram, NOON.timestamp, 2)
    assert request.skew is None


async def test_a_clock_that_is_set_back_under_way_teaches_nothing(
    telegram: TelegramStandIn,
) -> None:
    telegram.faults.add("getUpdates", said_at(NOON))
    times = iter([NOON.timestamp(), NOON.timestamp() - 3600])
    request = await asked(telegram, lambda: next(times), 1)
    assert request.skew is None


async def test_no_proxy_of_the_environment_stands_between_a_stand_in_and_us(
    telegram: TelegramStandIn, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for bot in (update_bot(configured(telegram)), sending_bot(configured(telegram), connections=1)):
        assert (await bot.get_me()).username == "home_alarm_bot"
        await bot.request.shutdown()
