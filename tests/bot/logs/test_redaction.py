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

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.logs import RedactingFormatter, redact, set_up_logging
from tests.bot.logs.bench import HEARTBEAT, KEY, LATER, PASSWORD, TOKEN, encodings
from tests.bot.settings.bench import TWILIO, config

pytestmark = pytest.mark.usefixtures("own_logging")


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
