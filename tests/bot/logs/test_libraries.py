"""The libraries at their most talkative, and at the levels they have."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError, PhoneError
from alarm.phone.client import Phone
from bot.logs import redact, set_up_logging
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.twilio import TwilioStandIn
from tests.bot.logs.bench import KEY, PASSWORD, TOKEN, encodings
from tests.bot.settings.bench import TWILIO, config

pytestmark = pytest.mark.usefixtures("own_logging")


@pytest.fixture
def talkative(logged: Callable[[], str]) -> Callable[[], str]:
    """Undo the quiet levels: the formatter alone must hold."""
    names = ("httpx", "httpcore", "telegram", "twilio", "urllib3", "blinkpy", "aiohttp", "asyncio")
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in names:
            logger.setLevel(logging.DEBUG)
    return logged


async def test_telegram_and_httpx_show_no_token(talkative: Callable[[], str]) -> None:
    telegram = TelegramStandIn(token=TOKEN)
    await telegram.start()
    redact(TOKEN[:-1] + "_")
    bots = [
        Bot(token, base_url=f"{telegram.url}/bot", request=HTTPXRequest())
        for token in (TOKEN, TOKEN[:-1] + "_")
    ]
    logger = logging.getLogger("bot.test")
    await bots[0].initialize()
    logger.warning("%r %s", bots[0], bots[0].base_url)
    try:
        await bots[1].initialize()
    except InvalidToken:
        logger.exception("refused")
    finally:
        for bot in bots:
            await bot.shutdown()
        await telegram.stop()
    text = talkative()
    assert "/bot[hidden]/getMe" in text
    assert "InvalidToken" in text
    assert KEY[:-1] not in text


async def test_twilio_shows_no_token(talkative: Callable[[], str]) -> None:
    twilio = TwilioStandIn()
    await twilio.start()
    phone = Phone(
        account_sid=TWILIO["TWILIO_ACCOUNT_SID"],
        auth_token=TWILIO["TWILIO_AUTH_TOKEN"],
        from_number="+15005550006",
        api_url=twilio.url,
    )
    try:
        with pytest.raises(PhoneError) as caught:
            await phone.place("+447700900123", "<Response/>")
        logging.getLogger("bot.test").error("refused", exc_info=caught.value)
    finally:
        phone.close()
        await twilio.stop()
    text = talkative()
    assert "refused" in text
    assert TWILIO["TWILIO_AUTH_TOKEN"] not in text


async def test_blink_shows_no_password(talkative: Callable[[], str]) -> None:
    blink = BlinkStandIn(email="owner@example.org", password="another")
    await blink.start()
    options: dict[str, Any] = {"tokens": None, "save_tokens": lambda tokens: None}
    cloud = BlinkCloud(email="owner@example.org", password=PASSWORD, api_url=blink.url, **options)
    try:
        await cloud.open()
        with pytest.raises(BlinkError) as caught:
            await cloud.login()
        logging.getLogger("bot.test").error("refused", exc_info=caught.value)
    finally:
        await cloud.close()
        await blink.stop()
    text = talkative()
    assert "refused" in text
    assert not any(form in text for form in encodings(PASSWORD).values())


def test_libraries_are_quiet_even_at_debug(logged: Callable[[], str]) -> None:
    for name in ("httpx", "telegram.ext.Updater", "apscheduler.scheduler", "blinkpy.auth"):
        logging.getLogger(name).info("every second")
        logging.getLogger(name).error("worth a look")
    logging.getLogger("bot.test").debug("ours")
    text = logged()
    assert "every second" not in text
    assert text.count("worth a look") == 2 * 4
    assert text.count("ours") == 2


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
def test_the_level_is_that_of_the_configuration(
    level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(config(LOG_LEVEL=level))
    names = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    for name in names:
        logging.getLogger("bot.test").log(logging.getLevelNamesMapping()[name], "%s", name)
        logging.getLogger("telegram").log(logging.getLevelNamesMapping()[name], "%s", name)
    shown = [line.split()[1] for line in capsys.readouterr().err.splitlines()]
    expected = names[names.index(level) :]
    assert shown == [
        name for name in expected for _ in range(1 if name in ("DEBUG", "INFO") else 2)
    ]


def test_a_line_has_a_time_with_its_zone_but_none_in_the_journal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    for journal in (False, True):
        if journal:
            monkeypatch.setenv("JOURNAL_STREAM", "8:4711")
        set_up_logging(config())
        logging.getLogger("bot.test").info("here")
    first, second = capsys.readouterr().err.splitlines()
    assert second == "INFO bot.test: here"
    stamp, _, rest = first.partition(" ")
    assert rest == second
    assert len(stamp) == len("2026-11-24T21:33:17+0000")
