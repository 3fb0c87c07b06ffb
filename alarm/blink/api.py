"""Ask Blink's REST hosts: with a token that works, and with an answer that was checked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from blinkpy import api as blinkpy_api
from blinkpy.auth import UnauthorizedError
from blinkpy.blinkpy import Blink
from blinkpy.helpers.constants import TIER_ENDPOINT
from blinkpy.helpers.util import BlinkURLHandler

from alarm.blink.errors import BlinkAnswerError, as_blink_error, refusal
from alarm.blink.keeper import TokenKeeper
from alarm.blink.session import BlinkSession, Exchange, last_of, recording
from alarm.blink.tokens import Tokens, checked_region
from alarm.core.errors import BadInput, BlinkError

T = TypeVar("T")
Call = Callable[[Blink], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON object that Blink answered with status 200."""

    payload: dict[str, Any]
    exchange: Exchange


class BlinkApi:
    """Run blinkpy's low-level calls; every failure comes out as a BlinkError."""

    def __init__(
        self,
        blink: Blink,
        session: BlinkSession,
        keeper: TokenKeeper,
        clock: Callable[[], float],
    ) -> None:
        self._blink = blink
        self._session = session
        self._keeper = keeper
        self._clock = clock

    async def ask(self, what: str, call: Call) -> Answer:
        """Return a checked JSON answer; a refused access token is renewed once."""
        await self.know_account()
        return await self._ask(what, call)

    async def download(self, path: str, timeout: aiohttp.ClientTimeout) -> aiohttp.ClientResponse:
        """Return the answer of any status but 401, its body unread; the caller releases it."""
        await self.know_account()

        async def once() -> tuple[int, aiohttp.ClientResponse]:
            auth = self._blink.auth
            with as_blink_error("download"):
                response = await self._session.stream(
                    f"{self._blink.urls.base_url}{path}", auth.header, timeout
                )
            if response.status == 401:
                response.release()
            return response.status, response

        return await self._authorised("download", once)

    async def know_account(self) -> None:
        """Ask for region and account where they are not known yet; normally asks nothing."""
        tokens = self._keeper.current()
        if tokens.region and tokens.account_id is not None:
            return
        answer = await self._ask(
            "account", lambda blink: blinkpy_api.request_tier(blink.auth, TIER_ENDPOINT)
        )
        account = answer.payload.get("account_id")
        try:
            region = checked_region(answer.payload.get("tier"))
        except BadInput as error:
            raise BlinkAnswerError("Blink's answer makes no sense (account)") from error
        if not region or isinstance(account, bool) or not isinstance(account, int):
            raise BlinkAnswerError("Blink's answer makes no sense (account)")
        self._keeper.learn(region=region, account_id=account)

    async def _ask(self, what: str, call: Call) -> Answer:
        async def once() -> tuple[int, tuple[Exchange, Any]]:
            with as_blink_error(what):
                with recording() as exchanges:
                    try:
                        value = await call(self._blink)
                    except UnauthorizedError:
                        value = None
                exchange = last_of(exchanges, what)
            return exchange.status, (exchange, value)

        exchange, value = await self._authorised(what, once)
        if exchange.status != 200:
            now = self._clock()
            raise refusal(what, exchange.status, exchange.headers, now, body=value)
        if isinstance(value, aiohttp.ClientResponse):
            with as_blink_error(what):
                value = json.loads(exchange.body)
        if not isinstance(value, dict):
            raise refusal(what, exchange.status, exchange.headers, self._clock())
        return Answer(value, exchange)

    async def _authorised(self, what: str, once: Callable[[], Awaitable[tuple[int, T]]]) -> T:
        tokens = self._keeper.current()
        self._use(tokens)
        status, value = await once()
        if status != 401:
            if 200 <= status < 300:
                self._keeper.note_accepted(tokens.access_token)
            return value
        await self._keeper.renew(tokens.access_token)
        self._use(self._keeper.current())
        status, value = await once()
        if status == 401:
            self._keeper.note_fresh_refused()
            raise BlinkError(f"Blink refuses even a new access token ({what})")
        return value

    def _use(self, tokens: Tokens) -> None:
        # The refresh token and the expiry are kept from blinkpy: without them its queries
        # never refresh on their own, which they would do without a lock and without saving.
        auth = self._blink.auth
        auth.token = tokens.access_token
        auth.account_id = tokens.account_id
        if tokens.region:
            self._blink.urls = BlinkURLHandler(tokens.region)
