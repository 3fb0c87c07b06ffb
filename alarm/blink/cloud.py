"""Everything the alarm asks of Blink, behind one door."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from blinkpy.blinkpy import Blink

from alarm.blink import feed
from alarm.blink.api import BlinkApi
from alarm.blink.arming import arm_order
from alarm.blink.devices import homescreen
from alarm.blink.errors import BlinkLoginFailed
from alarm.blink.keeper import TokenKeeper
from alarm.blink.media import CLIP, PICTURE, SILENCE_TIMEOUT, Downloads
from alarm.blink.motion import motion_order
from alarm.blink.oauth import LoginFlow
from alarm.blink.orders import Orders, Pauses
from alarm.blink.session import REQUEST_TIMEOUT, BlinkSession
from alarm.blink.tokens import Tokens, checked_hardware_id
from alarm.blink.unbroken import Unbroken
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.events import Camera, ClipPage, Homescreen, MotionEvent
from alarm.core.skew import Skew

_LOGGER = logging.getLogger(__name__)
# Seconds that a closing program gives a token exchange under way.
SETTLE_TIMEOUT = 5.0


class LoginOutcome(StrEnum):
    DONE = "done"
    CODE_NEEDED = "code needed"


class BlinkCloud:
    """One Blink account. Failures are BlinkErrors; a password is sent by `login` alone."""

    def __init__(
        self,
        *,
        email: str,
        password: str,
        hardware_id: str | None = None,
        tokens: Tokens | None = None,
        save_tokens: Callable[[Tokens], None],
        api_url: str | None = None,
        clock: Callable[[], float] = time.time,
        pauses: Pauses | None = None,
        request_timeout: float = REQUEST_TIMEOUT,
        silence_timeout: float = SILENCE_TIMEOUT,
    ) -> None:
        self._email = email
        self._password = password
        if hardware_id is None:
            hardware_id = tokens.hardware_id if tokens else str(uuid.uuid4()).upper()
        self._hardware_id = checked_hardware_id(hardware_id)
        self._clock = clock
        self._session = BlinkSession(api_url=api_url, clock=clock, timeout=request_timeout)
        self._unbroken = Unbroken()
        blink = Blink(session=self._session)
        self._auth = blink.auth
        self._keeper = TokenKeeper(
            tokens, auth=blink.auth, save=save_tokens, clock=clock, unbroken=self._unbroken
        )
        self._api = BlinkApi(blink, self._session, self._keeper, clock)
        self._orders = Orders(self._api, self.homescreen, pauses or Pauses())
        self._downloads = Downloads(self._api, silence=silence_timeout, clock=clock)
        self._login_lock = asyncio.Lock()
        self._flow: LoginFlow | None = None

    async def open(self) -> None:
        """Be ready for requests; none is sent."""
        await self._session.open()

    async def settle(self) -> None:
        """Let a token exchange under way end and be saved, for some seconds at most."""
        await self._unbroken.settle(SETTLE_TIMEOUT)

    async def close(self) -> None:
        """Let a token exchange under way end and be saved, then close all connections."""
        await self.settle()
        await self._session.close()

    @property
    def has_tokens(self) -> bool:
        return self._keeper.tokens is not None

    @property
    def code_pending(self) -> bool:
        """Tell whether a login waits for its code in this process."""
        return self._flow is not None

    @property
    def login_needed_soon(self) -> bool:
        """Tell that the refresh token was refused: ask the owner while the access token works."""
        return self._keeper.login_needed_soon

    @property
    def tokens_fresh(self) -> bool:
        """Tell that the tokens will do for long, as far as this process knows."""
        return self._keeper.fresh

    @property
    def skew(self) -> Skew | None:
        """Return the bounds on (Blink's clock - ours), narrowed by every answer."""
        return self._session.skew

    @property
    def requests(self) -> int:
        """Return how many HTTP requests were sent so far."""
        return self._session.requests

    async def login(self) -> LoginOutcome:
        """Submit the password, once; only for a person who asked for it.

        Raise BlinkPasswordRefused, or BlinkLoginFailed for what may pass. A login that was
        waiting for a code is given up. Cancelling the call does not stop the login.
        """
        return await self._unbroken.run(self._log_in())

    async def enter_code(self, code: str) -> bool:
        """Finish the login with the code that Blink sent; False when the code is wrong.

        After False or a temporary BlinkError the same login takes another try.
        """
        return await self._unbroken.run(self._finish_with(code.strip()))

    async def keep_tokens_fresh(self) -> None:
        """Refresh the tokens when half of their life is over; call it often.

        A temporary BlinkError does not mean that the access token stopped working. BlinkLoginNeeded
        does.
        """
        await self._keeper.keep_fresh()

    def clip_pages(self, since: datetime) -> AsyncIterator[ClipPage]:
        """Yield what changed since then, page by page; exactly the final page is `last`."""
        return feed.clip_pages(self._api, since)

    async def homescreen(self) -> Homescreen:
        """Return networks and cameras with their states, in one request."""
        return await homescreen(self._api, self._keeper)

    async def set_armed(self, network_id: str, armed: bool, *, deadline: float = 30.0) -> None:
        """Arm or disarm a network and return once Blink shows it; `deadline` in seconds."""
        await self._orders.carry_out(arm_order(network_id, armed), deadline=deadline)

    async def set_motion_detection(
        self, camera: Camera, enabled: bool, *, deadline: float = 30.0
    ) -> None:
        """Switch a camera's motion detection and return once Blink shows it."""
        await self._orders.carry_out(motion_order(camera, enabled), deadline=deadline)

    async def download_clip(self, event: MotionEvent, to: Path) -> None:
        """Put the event's clip at `to`; ClipGone when Blink has it no more."""
        await self._downloads.fetch(event.clip_path, to, CLIP)

    async def download_picture(self, path: str, to: Path) -> None:
        """Put an event's or a camera's picture at `to`; ClipGone when Blink has it no more."""
        await self._downloads.fetch(path, to, PICTURE)

    async def _log_in(self) -> LoginOutcome:
        async with self._login_lock:
            self._flow = None
            # A server that still knows our cookies answers as if we were signed in.
            self._session.forget_cookies()
            flow = LoginFlow(self._auth, self._hardware_id, self._clock)
            data = await flow.begin(self._email, self._password)
            if data is None:
                self._flow = flow
                return LoginOutcome.CODE_NEEDED
            try:
                await self._adopt(data)
            except BlinkError as error:
                raise BlinkLoginFailed(str(error), after_signin=True) from error
            return LoginOutcome.DONE

    async def _finish_with(self, code: str) -> bool:
        async with self._login_lock:
            if self._flow is None:
                raise BlinkLoginNeeded("no login is waiting for a code")
            try:
                data = await self._flow.enter(code)
            except BlinkLoginNeeded:
                self._flow = None
                raise
            if data is None:
                return False
            await self._adopt(data)
            self._flow = None
            return True

    async def _adopt(self, data: dict[str, Any]) -> None:
        await self._keeper.adopt(data, self._hardware_id)
        try:
            await self._api.know_account()
        except BlinkError as error:
            # The login is done and saved; the next request asks again.
            _LOGGER.info("Blink's account is not known yet: %s", error)
