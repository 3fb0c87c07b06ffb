"""Carry the requests of the twilio library, with limits on their time and their hosts."""

from __future__ import annotations

import logging
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response

from alarm.core.errors import PhoneError
from alarm.phone.connections import PunctualAdapter
from alarm.phone.errors import refusal
from alarm.phone.patience import current
from alarm.phone.threads import THREAD_NAME

# Connecting gets this part of the whole time, so that it fails while nothing was sent yet.
CONNECT_SHARE = 0.5


class TimeLimitedHttpClient(HttpClient):  # type: ignore[misc]
    """Send each request over a connection of its own, to Twilio or to `api_url` and nowhere else.

    A kept connection may have died silently behind the home's router since the last alarm, and
    would cost the whole time limit just when it counts. The patience of who asks must be set.
    """

    def __init__(self, *, timeout: float, api_url: str | None = None) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), False, timeout)
        self._connect_limit = timeout * CONNECT_SHARE
        self._api_url = api_url.rstrip("/") if api_url else None
        self._session = requests.Session()
        self._session.headers["Connection"] = "close"
        self._session.mount("https://", PunctualAdapter())
        self._session.mount("http://", PunctualAdapter())
        if api_url:
            self._session.trust_env = False

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send and return the answer; the library's own wishes on time and redirects are void.

        Raise PhoneError unless it is a success: the library's own errors lose the headers.
        """
        left = current.get().left
        if not left:
            raise requests.ConnectTimeout("nobody waits any more")
        answer = self._session.request(
            method.upper(),
            self._target(uri),
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=(min(self._connect_limit, left), left),
            allow_redirects=False,
        )
        text = answer.content.decode("utf-8", "replace")
        if not 200 <= answer.status_code < 300:
            raise refusal(method, answer.status_code, text, answer.headers, time.time())
        return Response(answer.status_code, text, answer.headers)

    def close(self) -> None:
        self._session.close()

    def _target(self, uri: str) -> str:
        parts = urlsplit(uri)
        if self._api_url is not None:
            return f"{self._api_url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        host = parts.hostname or ""
        if parts.scheme != "https" or not (host == "twilio.com" or host.endswith(".twilio.com")):
            raise PhoneError("Twilio pointed to a foreign address; nothing was sent to it")
        return uri


def _not_ours(record: logging.LogRecord) -> bool:
    return record.threadName != THREAD_NAME


# urllib3 writes whole addresses, with the account and the number called, at DEBUG and, for an
# answer with strange headers, at WARNING.
for name in ("urllib3.connection", "urllib3.connectionpool", "urllib3.util.retry"):
    logging.getLogger(name).addFilter(_not_ours)
