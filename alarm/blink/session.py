"""The only door to the network: every request is routed, checked, counted and noted here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from yarl import URL

from alarm.blink.errors import BlinkAnswerError, ForeignHost
from alarm.core.errors import BlinkError
from alarm.core.skew import Skew

BLINK_DOMAINS = (".immedia-semi.com", ".blink.com")
# Seconds for one request with its body; blinkpy names no limit for the login pages.
REQUEST_TIMEOUT = 20.0
MAX_REDIRECTS = 5
# Bytes. The clip list of a busy home is far below 1 MB.
MAX_BODY = 16 * 1024**2
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# blinkpy's modules whose functions run for us.
_TALKERS = ("blinkpy.api", "blinkpy.auth", "blinkpy.helpers.util")


@dataclass(slots=True)
class Exchange:
    """One request and what came back; status 0 and no headers while nothing did."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    error: Exception | None = None


_recorded: ContextVar[list[Exchange] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[list[Exchange]]:
    """Collect the exchanges of this task; blinkpy's own answers hide the HTTP status."""
    exchanges: list[Exchange] = []
    token = _recorded.set(exchanges)
    try:
        yield exchanges
    finally:
        _recorded.reset(token)


def _not_while_recording(_: logging.LogRecord) -> bool:
    return _recorded.get() is None


class BlinkSession:
    """Stand in for the aiohttp session that blinkpy expects: awaitable `get` and `post`.

    With `api_url` the path of every Blink host goes under that URL. Redirects are followed here,
    not inside aiohttp, so that no hop can leave for another host.
    """

    def __init__(
        self,
        *,
        api_url: str | None = None,
        clock: Callable[[], float] = time.time,
        timeout: float = REQUEST_TIMEOUT,
    ) -> None:
        self._base = None if api_url is None else URL(api_url.rstrip("/"))
        self._clock = clock
        self._timeout = timeout
        self._client: aiohttp.ClientSession | None = None
        self.requests = 0
        self.skew: Skew | None = None

    async def open(self) -> None:
        """Be ready for requests; none is sent."""
        # blinkpy writes an error for each try, and with it whole pages that a server sent; what
        # went wrong is in our own errors, for the caller to tell once.
        for name in _TALKERS:
            logging.getLogger(name).addFilter(_not_while_recording)
        # Counted where they leave: aiohttp sends a GET once more when its kept connection died.
        leaving = aiohttp.TraceConfig()
        leaving.on_request_headers_sent.append(self._count)
        # Blink's login lives in cookies; `unsafe` keeps them for a host that is an IP address too.
        self._client = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=self._timeout),
            trace_configs=[leaving],
        )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    def forget_cookies(self) -> None:
        if self._client is not None:
            self._client.cookie_jar.clear()

    async def get(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._read("GET", url, options)

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._read("POST", url, options)

    async def stream(
        self, url: str, headers: Mapping[str, str], timeout: aiohttp.ClientTimeout
    ) -> aiohttp.ClientResponse:
        """Return the answer with its body unread; the caller releases it."""
        return await self._follow("GET", URL(url), {"headers": headers, "timeout": timeout})

    async def _read(self, method: str, url: str, options: dict[str, Any]) -> aiohttp.ClientResponse:
        exchange = Exchange()
        record = _recorded.get()
        if record is not None:
            record.append(exchange)
        # A number is blinkpy's own limit (10 s); it holds unless ours is shorter.
        limit = options.pop("timeout", self._timeout)
        options["timeout"] = aiohttp.ClientTimeout(total=min(float(limit), self._timeout))
        try:
            response = await self._follow(method, URL(url), options)
            exchange.status, exchange.headers = response.status, response.headers
            try:
                if (response.content_length or 0) > MAX_BODY:
                    raise BlinkAnswerError("Blink's answer is far too long")
                # Read here: an unread body would keep its connection, and blinkpy leaves some.
                exchange.body = await response.read()
            finally:
                response.release()
        except Exception as error:
            exchange.error = error
            raise
        return response

    async def _follow(
        self, method: str, url: URL, options: dict[str, Any]
    ) -> aiohttp.ClientResponse:
        # A request with a body holds secrets and is not sent twice.
        follow = bool(options.pop("allow_redirects", True)) and method == "GET"
        headers = dict(options.pop("headers", None) or {})
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._send(method, url, headers, options)
            target = self._redirect(url, response) if follow else None
            if target is None:
                return response
            response.release()
            if target.host != url.host:
                headers.pop("Authorization", None)
            options.pop("params", None)
            url = target
        raise BlinkAnswerError("Blink redirects without end")

    async def _send(
        self, method: str, url: URL, headers: dict[str, str], options: dict[str, Any]
    ) -> aiohttp.ClientResponse:
        if not is_blink(url):
            raise ForeignHost("a request to a host that is not Blink's was stopped")
        if self._client is None or self._client.closed:
            raise BlinkError("the connection to Blink is closed")
        if self._base is not None:
            headers = {**headers, "X-Forwarded-Host": str(url.host)}
            url = URL(f"{self._base}{url.raw_path_qs}", encoded=True)
        sent = self._clock()
        response = await self._client.request(
            method, url, headers=headers, allow_redirects=False, **options
        )
        self._measure(response, sent, self._clock())
        return response

    async def _count(self, *_: object) -> None:
        self.requests += 1

    def _redirect(self, url: URL, response: aiohttp.ClientResponse) -> URL | None:
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or location is None:
            return None
        try:
            target = url.join(URL(location))
            under = response.url.join(URL(location))
        except ValueError as error:
            response.release()
            raise BlinkAnswerError("Blink redirects to nowhere") from error
        if target.scheme not in ("http", "https"):
            return None  # the app's own scheme: the end of the login, not a page
        if self._base is not None and under.origin() == self._base.origin():
            path = under.raw_path_qs.removeprefix(self._base.raw_path.rstrip("/"))
            return URL(f"{url.origin()}{path}", encoded=True)
        return target

    def _measure(self, response: aiohttp.ClientResponse, sent: float, received: float) -> None:
        # A cached answer carries the date of its making; a clock set back spoils the measure.
        if "Date" not in response.headers or "Age" in response.headers or received < sent:
            return
        try:
            date = parsedate_to_datetime(response.headers["Date"])
        except (ValueError, OverflowError):
            return
        # A header without a zone is in UTC all the same, not in the zone of this house.
        moment = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
        sample = Skew.from_answer(moment, sent, received)
        self.skew = sample if self.skew is None else self.skew.narrowed(sample)


def is_blink(url: URL) -> bool:
    """Tell whether a URL is one of the real Blink hosts, over TLS, with no tricks in it."""
    host = url.host or ""
    plain = url.user is None and url.password is None and url.port == 443
    return url.scheme == "https" and plain and host.endswith(BLINK_DOMAINS)


def last_of(exchanges: list[Exchange], what: str) -> Exchange:
    """Return the answered exchange, or raise what kept it from being answered."""
    if not exchanges:
        raise BlinkError(f"Blink was not asked ({what})")
    exchange = exchanges[-1]
    if exchange.error is not None:
        raise exchange.error
    return exchange
