"""Tokens, method names and the forms in which arguments come."""

from __future__ import annotations

import httpx
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    InvalidToken,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ALARM_BUTTONS,
    ANN,
    a_bot,
)


async def test_get_me_tells_who_the_bot_is(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (110201543, "home_alarm_bot", True)
    assert me.can_read_all_group_messages is False


@pytest.mark.parametrize(
    ("token", "answer"),
    [
        ("110201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "Unauthorized"),
        ("110201543:short", "Not Found"),
        ("nonsense", "Not Found"),
    ],
)
async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(
    telegram: TelegramStandIn, token: str, answer: str
) -> None:
    wrong = a_bot(telegram.url, token)
    with pytest.raises(InvalidToken) as caught:
        await wrong.initialize()
    assert answer in str(caught.value.__cause__ or caught.value)
    await wrong.shutdown()
    async with httpx.AsyncClient(trust_env=False) as client:
        reply = await client.get(f"{telegram.url}/bot{token}/getMe")
    assert reply.json()["description"] == answer
    assert reply.status_code == {"Unauthorized": 401, "Not Found": 404}[answer]


async def test_an_unknown_method_is_not_found(telegram: TelegramStandIn) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        reply = await client.post(f"{telegram.url}/bot{telegram.token}/makeCoffee")
    assert reply.status_code == 404
    assert reply.json() == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


@pytest.mark.parametrize("form", ["params", "data", "json", "files"])
async def test_arguments_come_as_query_form_json_or_multipart(
    telegram: TelegramStandIn, ann: Person, form: str
) -> None:
    arguments = {"chat_id": str(ANN), "text": "hi", "reply_markup": ALARM_BUTTONS.to_json()}
    url = f"{telegram.url}/bot{telegram.token}/sendmessage"
    async with httpx.AsyncClient(trust_env=False) as client:
        match form:
            case "params":
                reply = await client.get(url, params=arguments)
            case "data":
                reply = await client.post(url, data=arguments)
            case "json":
                nested = arguments | {"reply_markup": ALARM_BUTTONS.to_dict()}
                reply = await client.post(url, json=nested)
            case _:
                parts = {name: (None, value) for name, value in arguments.items()}
                reply = await client.post(url, files=parts)
    assert reply.json()["ok"] is True
    assert telegram.chat(ANN).last.text == "hi"
    assert telegram.chat(ANN).last.buttons[1] == [("Disarm", "off:1")]
