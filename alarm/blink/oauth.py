"""Log in step by step, so that every way to fail is told apart by its HTTP status."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from blinkpy import api as blinkpy_api
from blinkpy.helpers.pkce import generate_pkce_pair

from alarm.blink.errors import (
    BlinkAnswerError,
    BlinkLoginFailed,
    BlinkPasswordRefused,
    as_blink_error,
    refusal,
)
from alarm.blink.session import Exchange, last_of, recording
from alarm.core.errors import BlinkError, BlinkLoginNeeded

# Blink's answers to a wrong e-mail or password; 200 is the form shown again. A 403 or 404 is the
# word of an edge server that dislikes the request, not the account.
PASSWORD_REFUSED = frozenset({200, 400, 401})
# Blink's answers to a wrong or outdated code.
CODE_REFUSED = frozenset({400, 401, 403, 404, 410, 412, 422})
# Blink's complaint about a login whose cookies are gone, in the body of a 400.
_COOKIES_LOST = b"empty_cookies"


class LoginFlow:
    """One walk through Blink's login pages.

    Its state is the session's cookies and this object: it does not survive a restart.
    """

    def __init__(self, auth: Any, hardware_id: str, clock: Callable[[], float]) -> None:
        self._auth = auth
        self._hardware_id = hardware_id
        self._clock = clock
        self._verifier, self._challenge = generate_pkce_pair()
        self._csrf = ""
        self._signin_sent = False
        self._verified = False
        self._verify_unclear = False

    async def begin(self, email: str, password: str) -> dict[str, Any] | None:
        """Submit the password once. Return the tokens' data, or None when a code is wanted."""
        try:
            answer = await self._signin(email, password)
            return None if answer == "2FA_REQUIRED" else await self._finish()
        except BlinkLoginFailed:
            raise
        except BlinkError as error:
            raise BlinkLoginFailed(
                str(error), after_signin=self._signin_sent, retry_after=error.retry_after
            ) from error

    async def enter(self, code: str) -> dict[str, Any] | None:
        """Submit a code. Return the tokens' data, or None when Blink does not accept the code.

        A temporary failure leaves the flow as it is: what was done is not done again.
        """
        if not self._verified and not await self._verify(code):
            return None
        return await self._finish()

    async def _signin(self, email: str, password: str) -> str:
        opened, exchange = await self._step(
            "login page",
            lambda: blinkpy_api.oauth_authorize_request(
                self._auth, self._hardware_id, self._challenge
            ),
        )
        if not opened:
            raise self._odd("login page", exchange)
        csrf, exchange = await self._step(
            "login form", lambda: blinkpy_api.oauth_get_signin_page(self._auth)
        )
        if not isinstance(csrf, str) or not csrf:
            raise self._odd("login form", exchange)
        self._csrf = csrf
        self._signin_sent = True
        answer, exchange = await self._step(
            "sign-in", lambda: blinkpy_api.oauth_signin(self._auth, email, password, csrf)
        )
        if isinstance(answer, str):
            return answer
        if exchange.status in PASSWORD_REFUSED and _COOKIES_LOST not in exchange.body:
            raise BlinkPasswordRefused
        raise self._odd("sign-in", exchange)

    async def _verify(self, code: str) -> bool:
        try:
            accepted, exchange = await self._step(
                "login code", lambda: blinkpy_api.oauth_verify_2fa(self._auth, self._csrf, code)
            )
        except BlinkError:
            self._verify_unclear = True  # the answer was lost, the code may be used up
            raise
        if not accepted and _COOKIES_LOST in exchange.body:
            raise BlinkLoginNeeded("Blink has forgotten this login; a new one is needed")
        if not accepted and exchange.status not in CODE_REFUSED:
            self._verify_unclear = True
            raise self._odd("login code", exchange)
        if not accepted and self._verify_unclear:
            accepted = await self._authorization_code() is not None
        self._verified = bool(accepted)
        return self._verified

    async def _finish(self) -> dict[str, Any]:
        code = await self._authorization_code()
        if code is None:
            raise BlinkAnswerError("Blink's answer makes no sense (end of login)")
        data, exchange = await self._step(
            "token",
            lambda: blinkpy_api.oauth_exchange_code_for_token(
                self._auth, code, self._verifier, self._hardware_id
            ),
        )
        if not isinstance(data, dict):
            raise self._odd("token", exchange)
        return data

    async def _authorization_code(self) -> str | None:
        """Return the code that is worth a token; None when Blink does not see us signed in."""
        code, exchange = await self._step(
            "end of login", lambda: blinkpy_api.oauth_get_authorization_code(self._auth)
        )
        if isinstance(code, str):
            return code
        if exchange.status >= 500 or exchange.status in (406, 429):
            raise self._odd("end of login", exchange)
        return None

    async def _step(self, what: str, call: Callable[[], Awaitable[Any]]) -> tuple[Any, Exchange]:
        with as_blink_error(what):
            with recording() as exchanges:
                value = await call()
            return value, last_of(exchanges, what)

    def _odd(self, what: str, exchange: Exchange) -> BlinkError:
        return refusal(what, exchange.status, exchange.headers, self._clock())
