"""The connections to Telegram: one pool for alarms, one for chatter, one for updates."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from alarm.core.skew import Skew
from bot.config import Config

logger = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org"
# Seconds that one getUpdates waits for news at Telegram.
LONG_POLL = 20
CONNECT_TIMEOUT = 5.0
ANSWER_TIMEOUT = 10.0
# A piece of a file on its way up; and the answer, which comes after Telegram looked at the video.
UPLOAD_TIMEOUT = 30.0
VIDEO_ANSWER_TIMEOUT = 90.0


class UpdateRequest(HTTPXRequest):
    """Ask for updates so that one which cannot be understood does not block all others.

    It also learns Telegram's clock, which stamps the messages: the host's may be wrong.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, **options: Any) -> None:
        hooks = {"event_hooks": {"response": [self._note_date]}}
        options["httpx_kwargs"] = options.get("httpx_kwargs", {}) | hooks
        super().__init__(**options)
        self._clock = clock
        self._dates: list[float] = []
        self._skew: Skew | None = None

    @property
    def skew(self) -> timedelta | None:
        """Return Telegram's clock minus ours; None until it was heard."""
        return None if self._skew is None else self._skew.best

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        self._dates.clear()
        sent = self._clock()
        answer = await super().do_request(*args, **options)
        received = self._clock()
        # A clock that is set back meanwhile spoils the measure.
        for date in self._dates if received >= sent else ():
            sample = Skew.from_answer(date, sent, received)
            self._skew = sample if self._skew is None else self._skew.narrowed(sample)
        return answer

    async def _note_date(self, response: httpx.Response) -> None:
        with contextlib.suppress(KeyError, ValueError, OverflowError):
            self._dates.append(parsedate_to_datetime(response.headers["Date"]).timestamp())

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Return the answer; what is no update of ours is cut down to its `update_id`."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise TelegramError("Invalid server response")
        result = answer.get("result")
        if isinstance(result, list):
            answer["result"] = [u for u in map(_understood, result) if u is not None]
        return answer


def _understood(item: object) -> dict[str, Any] | None:
    number = item.get("update_id") if isinstance(item, dict) else None
    if not isinstance(item, dict) or isinstance(number, bool) or not isinstance(number, int):
        logger.error("Telegram sent an update without a number; it is left out.")
        return None
    try:
        reason = "" if _as_promised(Update.de_json(item, None)) else "a value of another type"
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must be handled
        reason = type(error).__name__
    if reason:
        logger.error("Update %d cannot be understood (%s).", number, reason)
        return {"update_id": number}
    return item


def _as_promised(update: Update) -> bool:
    """Tell whether what we read of an update is of the type that Telegram promises.

    The library takes anything; a name that is a number would make the state impossible to write.
    """
    user, chat = update.effective_user, update.effective_chat
    query, message = update.callback_query, update.effective_message
    always: list[tuple[object, type]] = []
    maybe: list[tuple[object, type]] = []
    if user is not None:
        always += [(user.id, int), (user.first_name, str), (user.is_bot, bool)]
    if chat is not None:
        always += [(chat.id, int), (chat.type, str)]
        maybe += [(chat.title, str)]
    if query is not None:
        always += [(query.id, str)]
        maybe += [(query.data, str)]
    if message is not None:
        always += [(message.message_id, int), (message.date, datetime)]
        maybe += [(message.text, str), (message.message_thread_id, int)]
    given = always + [(value, kind) for value, kind in maybe if value is not None]
    for value, _ in given:
        if isinstance(value, str):
            # Half a character pair, which JSON can hold, no file and no answer can.
            value.encode()
    return all(
        isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        for value, kind in given
    )


def update_bot(config: Config, clock: Callable[[], float] = time.time) -> Bot:
    return _bot(
        config,
        UpdateRequest(
            clock=clock,
            connection_pool_size=1,
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=ANSWER_TIMEOUT,
            pool_timeout=CONNECT_TIMEOUT,
            httpx_kwargs=_proxies(config),
        ),
    )


def sending_bot(config: Config, *, connections: int) -> Bot:
    """Return a bot with connections of its own, so that nothing else can use them up."""
    return _bot(
        config,
        HTTPXRequest(
            connection_pool_size=connections,
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=ANSWER_TIMEOUT,
            write_timeout=ANSWER_TIMEOUT,
            pool_timeout=CONNECT_TIMEOUT,
            media_write_timeout=UPLOAD_TIMEOUT,
            httpx_kwargs=_proxies(config),
        ),
    )


def _bot(config: Config, request: HTTPXRequest) -> Bot:
    base = config.telegram_api_url or TELEGRAM
    return Bot(
        config.telegram_bot_token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _proxies(config: Config) -> dict[str, Any]:
    # A proxy would be another host than the stand-in that was asked for.
    return {"trust_env": config.telegram_api_url is None}
