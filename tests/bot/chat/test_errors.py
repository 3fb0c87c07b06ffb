"""What each refusal of Telegram means for a message."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.errors import LONGEST_WAIT, TOKEN_RETRY, ChatError, as_chat_error, seconds_asked


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


GONE = [
    "Bad Request: chat not found",
    "Bad Request: user is deactivated",
    "Bad Request: group chat was deactivated",
    "Bad Request: PEER_ID_INVALID",
]
NOTHING_TO_EDIT = [
    "Bad Request: message is not modified: specified new message content is the same",
    "Bad Request: message to edit not found",
    "Bad Request: message can't be edited",
    "Bad Request: MESSAGE_ID_INVALID",
]
ABOUT_THE_MESSAGE = [
    "Bad Request: can't parse entities: unclosed start tag at byte offset 5",
    "Bad Request: message is too long",
    "Bad Request: BUTTON_DATA_INVALID",
    "Bad Request: something that Telegram says from tomorrow on",
]
NEVER_SENT = [
    httpx.ConnectError("no route"),
    httpx.ConnectTimeout("no answer"),
    httpx.PoolTimeout("all busy"),
    httpx.ProxyError("no proxy"),
]
PERHAPS_SENT = [
    httpx.ReadTimeout("no answer"),
    httpx.WriteTimeout("too slow"),
    httpx.ReadError("dropped"),
    httpx.RemoteProtocolError("dropped"),
]


@pytest.mark.parametrize("said", GONE)
def test_a_chat_that_is_gone_is_never_tried_again(said: str) -> None:
    failure = as_chat_error(BadRequest(said))
    assert failure.permanent
    assert not failure.bad_message
    assert not failure.uncertain


@pytest.mark.parametrize("said", NOTHING_TO_EDIT)
def test_an_edit_without_effect_is_known_as_such(said: str) -> None:
    failure = as_chat_error(BadRequest(said))
    assert failure.unchanged
    assert failure.permanent
    assert not failure.bad_message


@pytest.mark.parametrize("said", ABOUT_THE_MESSAGE)
def test_a_refused_form_may_be_sent_in_another(said: str) -> None:
    failure = as_chat_error(BadRequest(said))
    assert failure.bad_message
    assert failure.permanent
    assert not failure.unchanged


@pytest.mark.parametrize("said", ["Request Entity Too Large", "Content Too Large (413)"])
def test_what_is_too_large_stays_so_and_has_not_arrived(said: str) -> None:
    failure = as_chat_error(NetworkError(said))
    assert failure.permanent
    assert failure.bad_message
    assert not failure.uncertain


@pytest.mark.parametrize("cause", NEVER_SENT, ids=lambda cause: type(cause).__name__)
@pytest.mark.parametrize("kind", [NetworkError, TimedOut])
def test_what_never_left_is_certain(kind: type[NetworkError], cause: Exception) -> None:
    failure = as_chat_error(caused(kind("httpx failed"), cause))
    assert not failure.uncertain
    assert not failure.permanent


@pytest.mark.parametrize("cause", PERHAPS_SENT, ids=lambda cause: type(cause).__name__)
@pytest.mark.parametrize("kind", [NetworkError, TimedOut])
def test_what_lost_its_answer_may_have_arrived(kind: type[NetworkError], cause: Exception) -> None:
    failure = as_chat_error(caused(kind("httpx failed"), cause))
    assert failure.uncertain
    assert not failure.permanent


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        NetworkError("Bad Gateway (502)"),
        TelegramError("Invalid server response"),
        Conflict("another one polls"),
        KeyError("result"),
        TypeError("Message.__init__() missing 'date'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_other_failure_may_pass_and_may_have_arrived(error: Exception) -> None:
    failure = as_chat_error(error)
    assert failure.uncertain
    assert not failure.permanent
    assert failure.retry_after is None


def test_a_blocked_bot_stays_blocked_until_a_person_acts() -> None:
    failure = as_chat_error(Forbidden("Forbidden: bot was blocked by the user"))
    assert failure.permanent
    assert not failure.uncertain


def test_a_refused_token_is_no_verdict_on_the_chat() -> None:
    failure = as_chat_error(InvalidToken("The token `110201543:AAH` was rejected"))
    assert not failure.permanent
    assert failure.retry_after == TOKEN_RETRY
    assert "110201543" not in str(failure)


def test_a_group_that_moved_is_followed() -> None:
    failure = as_chat_error(ChatMigrated(-1001234567890))
    assert failure.new_chat == -1001234567890
    assert not failure.permanent


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (0, 0.0),
        (1, 1.0),
        (timedelta(seconds=35), 35.0),
        (LONGEST_WAIT - 1, LONGEST_WAIT - 1),
        (LONGEST_WAIT, LONGEST_WAIT),
        (LONGEST_WAIT + 1, LONGEST_WAIT),
        (timedelta(days=20_000), LONGEST_WAIT),
        (timedelta(seconds=-5), 0.0),
    ],
)
def test_a_wait_is_honoured_within_bounds(asked: int | timedelta, waits: float) -> None:
    failure = as_chat_error(RetryAfter(asked))
    assert failure.retry_after == waits
    assert not failure.uncertain


@pytest.mark.parametrize("seconds", [3, 2.5])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_a_wait_is_read_in_every_form_that_the_library_gives_it(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    error = RetryAfter(timedelta(seconds=seconds))
    assert isinstance(error.retry_after, int | float)
    assert seconds_asked(error) == seconds


def test_a_wait_in_words_is_none() -> None:
    error = RetryAfter(timedelta(0))
    error._retry_after = "soon"  # type: ignore[assignment]
    assert seconds_asked(error) == 0.0


def test_no_text_of_telegram_is_repeated() -> None:
    secret = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    kinds = [BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut, TelegramError, Conflict]
    for kind in kinds:
        failure = as_chat_error(kind(f"POST /bot{secret}/sendMessage"))
        assert isinstance(failure, ChatError)
        assert secret not in str(failure)
        assert failure.__cause__ is None
