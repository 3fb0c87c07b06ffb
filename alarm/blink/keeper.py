"""Hold the tokens: refresh them ahead of time, one at a time, and save them before use."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from blinkpy import api as blinkpy_api

from alarm.blink.errors import BlinkAnswerError, as_blink_error, refusal
from alarm.blink.session import last_of, recording
from alarm.blink.tokens import Tokens, life_time
from alarm.blink.unbroken import Unbroken
from alarm.core.errors import BlinkError, BlinkLoginNeeded

_LOGGER = logging.getLogger(__name__)
_WHAT = "token refresh"
# What the token endpoint says when the refresh token itself is the trouble.
DEFINITIVE = frozenset({400, 401, 403, 412})
# Seconds between tries with a refused token: an edge server's odd 403 heals by itself.
REFUSED_RETRY = 900.0
# Seconds without another refresh after Blink refused a token that was brand new.
FRESH_REFUSED_PAUSE = 60.0


class TokenKeeper:
    """Own the tokens. Nothing here ever submits a password."""

    def __init__(
        self,
        tokens: Tokens | None,
        *,
        auth: Any,
        save: Callable[[Tokens], None],
        clock: Callable[[], float],
        unbroken: Unbroken,
    ) -> None:
        self._tokens = tokens
        self._auth = auth
        self._save = save
        self._clock = clock
        self._unbroken = unbroken
        self._lock = asyncio.Lock()
        self._unsaved = False
        self._refused_at: float | None = None
        self._dead_access = ""
        self._fresh_refused_at: float | None = None

    @property
    def tokens(self) -> Tokens | None:
        return self._tokens

    @property
    def login_needed_soon(self) -> bool:
        """Tell that the refresh token was refused, whether or not the access token still works."""
        return self._refused_at is not None

    @property
    def fresh(self) -> bool:
        """Tell that nothing speaks against the tokens, and that no refresh is due."""
        return self._tokens is not None and not self.login_needed_soon and not self._due()

    def current(self) -> Tokens:
        """Return the tokens; without any only a login helps."""
        if self._tokens is None:
            raise BlinkLoginNeeded
        return self._tokens

    async def keep_fresh(self) -> None:
        """Refresh when half of the access token's life is over."""
        self.current()
        if self._unsaved:
            self._save_now()
        if self._due():
            await self._unbroken.run(self._refresh(self._due))

    async def renew(self, refused: str) -> None:
        """Replace the access token that Blink has just refused, unless that was already done."""

        def still_refused() -> bool:
            return self.current().access_token == refused

        pause_from = self._fresh_refused_at
        if pause_from is not None and 0 <= self._clock() - pause_from < FRESH_REFUSED_PAUSE:
            raise BlinkError("Blink refuses even a new access token")
        self._dead_access = refused
        await self._unbroken.run(self._refresh(still_refused))

    def note_accepted(self, access_token: str) -> None:
        """Forget that Blink refused this access token: it was a whim."""
        if access_token == self._dead_access:
            self._dead_access = ""

    def note_fresh_refused(self) -> None:
        """Remember that a token straight from a refresh was refused too."""
        self._fresh_refused_at = self._clock()

    async def adopt(self, data: dict[str, Any], hardware_id: str) -> None:
        """Take the tokens of a finished login."""
        async with self._lock:
            self._take(self._from_answer(data, hardware_id, refresh_token=""))

    def learn(self, **facts: Any) -> None:
        """Note region, account, client or user; saved only if that is news."""
        tokens = replace(self.current(), **facts)
        if tokens != self._tokens:
            self._tokens = tokens
            self._save_now()

    def _due(self) -> bool:
        return self._clock() >= self.current().half_life

    async def _refresh(self, due: Callable[[], bool]) -> None:
        async with self._lock:
            if not due():
                return
            tokens, now = self.current(), self._clock()
            if self._refused_at is None or not 0 <= now - self._refused_at < REFUSED_RETRY:
                await self._ask(tokens)
            if self._refused_at is not None and self._is_dead(tokens):
                raise BlinkLoginNeeded

    async def _ask(self, tokens: Tokens) -> None:
        if not tokens.refresh_token:
            self._refused_at = self._clock()
            return
        with as_blink_error(_WHAT):
            with recording() as exchanges:
                data = await blinkpy_api.oauth_refresh_token(
                    self._auth, tokens.refresh_token, tokens.hardware_id
                )
            exchange = last_of(exchanges, _WHAT)
        if exchange.status in DEFINITIVE:
            if self._refused_at is None:
                _LOGGER.warning("Blink refused the refresh token (%s)", exchange.status)
            self._refused_at = self._clock()
            return
        if exchange.status != 200:
            raise refusal(_WHAT, exchange.status, exchange.headers, self._clock())
        fresh = self._from_answer(data, tokens.hardware_id, refresh_token=tokens.refresh_token)
        self._take(
            replace(
                fresh,
                region=tokens.region,
                account_id=tokens.account_id,
                client_id=tokens.client_id,
                user_id=tokens.user_id,
            )
        )

    def _from_answer(self, data: Any, hardware_id: str, *, refresh_token: str) -> Tokens:
        access = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(access, str) or not access:
            raise BlinkAnswerError("Blink's answer holds no token", status=200)
        rotated = data.get("refresh_token")
        life = life_time(data.get("expires_in"))
        return Tokens(
            access_token=access,
            refresh_token=rotated if isinstance(rotated, str) and rotated else refresh_token,
            expires_at=self._clock() + life,
            expires_in=life,
            hardware_id=hardware_id,
        )

    def _take(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._refused_at = None
        self._dead_access = ""
        self._save_now()

    def _save_now(self) -> None:
        try:
            self._save(self.current())
        except Exception:
            # The old token is spent: going on with an unsaved one beats going blind.
            level = logging.DEBUG if self._unsaved else logging.ERROR
            _LOGGER.log(level, "Blink's tokens could not be saved", exc_info=True)
            self._unsaved = True
        else:
            self._unsaved = False

    def _is_dead(self, tokens: Tokens) -> bool:
        return self._clock() >= tokens.expires_at or tokens.access_token == self._dead_access
