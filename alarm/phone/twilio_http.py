"""Carry the requests of the twilio library, with limits on their time and their hosts."""

from __future__ import annotations

import logging
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from twilio.base.exceptions import TwilioRestException
from twilio.http import HttpClient
from twilio.http.response import Response
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError

from alarm.core.errors import PhoneError

# Connecting gets this part of the whole time, so that it fails while nothing was sent yet.
CONNECT_SHARE = 0.5


class TimeLimitedHttpClient(HttpClient):  # type: ignore[misc]
    """Send each request over a connection of its own, to Twilio or to `api_url` and nowhere else.

    A kept connection may have died silently behind the home's router since the last alarm, and
    would cost the whole time limit just when it counts.
    """

    def __init__(self, *, timeout: float, api_url: str | None = None) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), False, timeout)
        self._limits = (timeout * CONNECT_SHARE, timeout)
        self._api_url = api_url.rstrip("/") if api_url else None
        self._session = requests.Session()
        self._session.headers["Connection"] = "close"
        self._session.mount("https://", _PunctualAdapter())
        self._session.mount("http://", _PunctualAdapter())
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
        """Send and return the answer; the library's own wishes on time and redirects are void."""
        answer = self._session.request(
            method.upper(),
            self._target(uri),
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=self._limits,
            allow_redirects=False,
        )
        if 300 <= answer.status_code < 400:
            raise TwilioRestException(answer.status_code, uri, method=method)
        text = answer.content.decode("utf-8", "replace")
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


class _Punctual:
    """A connection that is not used when it took too long to make, the name's look-up included.

    The look-up of a name has no time limit of its own. Without this check a request that was
    given up long ago would still be sent, and a phone would ring for it.
    """

    timeout: Any

    def connect(self) -> None:
        started = time.monotonic()
        super().connect()  # type: ignore[misc]
        if time.monotonic() - started > self.timeout:
            raise ConnectTimeoutError("connecting took too long")


class _HTTPConnection(_Punctual, HTTPConnection):
    pass


class _HTTPSConnection(_Punctual, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _PunctualAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
