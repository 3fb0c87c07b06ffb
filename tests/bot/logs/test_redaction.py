"""A secret shows in no log line, however it got there and however it was written."""

from __future__ import annotations

import html
import io
import json
import logging
import sys
import threading
import urllib.parse
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import yarl
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest

from alarm.blink.cloud import BlinkCloud
from alarm.core.errors import BlinkError, PhoneError
from alarm.phone.client import Phone
from bot.config import Config
from bot.logs import RedactingFormatter, redact, set_up_logging
from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.twilio import TwilioStandIn
from tests.bot.settings.bench import MINIMAL, TWILIO, config

pytestmark = pytest.mark.usefixtures("own_logging")

TOKEN = MINIMAL["TELEGRAM_BOT_TOKEN"]
KEY = TOKEN.partition(":")[2]
PASSWORD = "pä ss/w%rd+&\"'<\\☃"
HEARTBEAT = "https://HC-ping.com:443/2f0b6a56-5a0c-4c8e?create=1"
LATER = "eyJhbGciOi.a-token_of+Blink/=="


@pytest.fixture
def full(tmp_path: Path) -> Config:
    return config(
        **TWILIO,
        BLINK_PASSWORD=PASSWORD,
        HEARTBEAT_URL=HEARTBEAT,
        LOG_LEVEL="DEBUG",
        LOG_PATH=str(tmp_path / "alarm.log"),
    )


@pytest.fixture
def logged(full: Config) -> Callable[[], str]:
    """Set logging up at its most talkative; the result gives what was written since."""
    stream = io.StringIO()
    with redirect_stderr(stream):
        set_up_logging(full)
    redact(LATER)

    def written() -> str:
        assert full.log_path is not None
        console, file = stream.getvalue(), full.log_path.read_text()
        full.log_path.write_text("")
        stream.seek(stream.truncate(0))
        assert console.count("\n") == file.count("\n")
        return console + file

    return written


def encodings(secret: str) -> dict[str, str]:
    """Return how the libraries here write a text into addresses, bodies and messages."""
    return {
        "as it is": secret,
        "in a path": urllib.parse.quote(secret),
        "in a path, strictly": urllib.parse.quote(secret, safe=""),
        "in lower case": urllib.parse.quote(secret, safe="").replace("%C3%A4", "%c3%a4"),
        "in a form": urllib.parse.urlencode({"a": secret})[2:],
        "by httpx in a query": str(httpx.URL("http://x/", params={"a": secret}))[12:],
        "by yarl in a query": str(yarl.URL("http://x/").with_query({"a": secret}))[12:],
        "by yarl in a path": str(yarl.URL("http://x/").with_path(f"/{secret}"))[9:],
        "in JSON": json.dumps(secret)[1:-1],
        "in JSON as text": json.dumps(secret, ensure_ascii=False)[1:-1],
        "in repr": repr(secret)[1:-1],
        "in repr as ASCII": ascii(secret)[1:-1],
        "in repr of bytes": repr(secret.encode())[2:-1],
        "in repr of JSON": repr(json.dumps(secret))[2:-2],
        "in HTML": html.escape(secret),
    }


@pytest.mark.parametrize("how", encodings("x"))
@pytest.mark.parametrize("secret", [TOKEN, KEY, PASSWORD, TWILIO["TWILIO_AUTH_TOKEN"], LATER])
def test_a_secret_is_hidden_in_every_way_of_writing_it(
    logged: Callable[[], str], how: str, secret: str
) -> None:
    shown = encodings(secret)[how]
    logging.getLogger("bot.test").warning("before %s after", shown)
    text = logged()
    assert "before [hidden] after" in text
    assert shown not in text


@settings(max_examples=300, deadline=None)
@given(
    secret=st.text(st.characters(exclude_categories=["Cc"]), min_size=8, max_size=30),
    data=st.data(),
)
def test_any_secret_is_hidden_in_any_mix_of_encodings(secret: str, data: st.DataObject) -> None:
    redact(secret)
    ways: list[Callable[[str], str]] = [
        str,
        lambda c: urllib.parse.quote(c, safe="", errors="surrogatepass"),
        urllib.parse.quote_plus if secret.isprintable() else str,
        lambda c: json.dumps(c)[1:-1],
        lambda c: ascii(c)[1:-1],
        html.escape,
    ]
    shown = "".join(data.draw(st.sampled_from(ways))(character) for character in secret)
    record = logging.LogRecord("bot", logging.INFO, "", 0, "<< %s >>", (shown,), None)
    assert "<< [hidden] >>" in RedactingFormatter("%(message)s").format(record)


def test_messages_arguments_tracebacks_and_notes_hide_it(logged: Callable[[], str]) -> None:
    logger = logging.getLogger("bot.test")
    logger.debug("in the message %s" % PASSWORD)  # noqa: UP031
    logger.info("in an argument %s %r %s", PASSWORD, {"a": [PASSWORD]}, PASSWORD.encode())
    try:
        raise KeyError(PASSWORD)
    except KeyError as error:
        error.add_note(f"and {PASSWORD}")
        logger.exception("in a traceback")
    logger.error("with a stack", stack_info=True)
    logging.getLogger(f"named.{TOKEN}").error("in a name")
    text = logged()
    assert text.count("[hidden]") == 14
    assert "ss/w" not in text
    assert KEY not in text
    assert "Traceback" in text


def test_a_message_that_cannot_be_formatted_is_logged_without_its_secrets(
    logged: Callable[[], str],
) -> None:
    class Unspeakable:
        def __str__(self) -> str:
            raise AttributeError(TOKEN)

        __repr__ = __str__

    logger = logging.getLogger("bot.test")
    logger.info("too many %s", "first", TOKEN)  # noqa: PLE1205
    logger.info("a number %d", TOKEN)
    logger.info("no such thing %(x)s", {"y": TOKEN})
    logger.info("does not speak %s", Unspeakable())
    logger.info(Unspeakable())
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("and its reason %d", "nine")
    text = logged()
    assert KEY not in text
    for words in ("too many", "a number", "no such thing", "does not speak", "and its reason"):
        assert text.count(words) == 2
    assert text.count("cannot be formatted") == 2 * 6
    assert text.count("ValueError: [hidden]") == 2


def test_a_short_secret_is_hidden_as_a_word_of_its_own_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging(config(BLINK_PASSWORD="alarm"))
    logging.getLogger("bot.test").warning("alarms ring; password=alarm&x 'alarm' alarm/ alarmed")
    assert (
        "alarms ring; password=[hidden]&x '[hidden]' [hidden]/ alarmed" in capsys.readouterr().err
    )


def test_a_secret_of_three_characters_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(config(BLINK_PASSWORD="arm"))
    logging.getLogger("bot.test").warning("arm the arm")
    assert "arm the arm" in capsys.readouterr().err


def test_a_secret_inside_another_leaves_no_rest_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(config(BLINK_PASSWORD="correct horse"))
    redact("correct horse battery staple")
    logging.getLogger("bot.test").warning("<correct horse battery staple> <correct horse>")
    assert "<[hidden]> <[hidden]>" in capsys.readouterr().err


def test_the_key_in_a_heartbeat_address_is_hidden_however_the_address_is_written(
    logged: Callable[[], str],
) -> None:
    logging.getLogger("bot.test").warning("%s %s", HEARTBEAT, httpx.URL(HEARTBEAT))
    text = logged()
    assert "5a0c" not in text
    assert "create=1" in text


def test_new_secrets_push_out_old_ones_but_never_those_of_the_configuration(
    logged: Callable[[], str],
) -> None:
    for number in range(1000):
        redact(f"blink-token-{number:04}")
    logging.getLogger("bot.test").warning("%s blink-token-0999 blink-token-0936", TOKEN)
    assert "[hidden] [hidden] [hidden]" in logged()


def test_a_secret_in_use_is_not_pushed_out(logged: Callable[[], str]) -> None:
    for number in range(100):
        redact("blink-token-in-use")
        redact(f"blink-token-{number:04}")
    logging.getLogger("bot.test").warning("<blink-token-in-use>")
    assert "<[hidden]>" in logged()


def test_a_later_setup_hides_the_secrets_of_its_own_configuration(
    full: Config,
) -> None:
    set_up_logging(full)
    redact(LATER)
    with redirect_stderr(io.StringIO()) as console:
        set_up_logging(replace(full, blink_password="quite another one"))
    logging.getLogger("bot.test").warning("<quite another one> <%s>", LATER)
    assert "<[hidden]> <[hidden]>" in console.getvalue()


# Errors that nobody caught


def test_an_error_that_nobody_caught_is_logged(logged: Callable[[], str]) -> None:
    try:
        raise RuntimeError(f"https://x/bot{TOKEN}/getMe")
    except RuntimeError:
        sys.excepthook(*sys.exc_info())
    text = logged()
    assert text.count("CRITICAL") == 2
    assert "RuntimeError: https://x/bot[hidden]/getMe" in text


def test_an_error_in_a_thread_is_logged_and_a_thread_that_exits_is_not(
    logged: Callable[[], str],
) -> None:
    def fail() -> None:
        raise RuntimeError(TOKEN)

    for work in (fail, sys.exit):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    text = logged()
    assert text.count("RuntimeError: [hidden]") == 2
    assert "SystemExit" not in text


def test_an_error_while_cleaning_up_and_a_warning_are_logged(logged: Callable[[], str]) -> None:
    class Litter:
        def __del__(self) -> None:
            raise RuntimeError(TOKEN)

    litter = Litter()
    del litter
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"old: {TOKEN}", stacklevel=1)
    text = logged()
    assert text.count("RuntimeError: [hidden]") == 2
    assert text.count("old: [hidden]") == 2


# The libraries at their most talkative


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
