"""When to log in at Blink: seldom, never in a loop, and never a second SMS by ourselves."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta

from alarm.blink.cloud import BlinkCloud, LoginOutcome
from alarm.blink.errors import BlinkLoginFailed, BlinkPasswordRefused
from alarm.core.errors import BlinkError, BlinkLoginNeeded
from alarm.core.inputs import LoginChanged
from alarm.core.state import LoginStatus
from bot.controller import Controller

logger = logging.getLogger(__name__)

# A try that broke off before the password went out sends no SMS and may be made again.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
BROKE_OFF_EARLY = "broke off early: "
TOKENS_LOST = "the saved login cannot be read any more"
OUR_FAULT = "an error in the program"


def account_of(email: str, password: str) -> str:
    """Return a name for these credentials that tells nothing of them."""
    return hashlib.sha256(f"{email}\n{password}".encode()).hexdigest()[:16]


class BlinkLogin:
    """Log in when that is right by itself, else only when a person asks.

    By itself: once for an account that was never tried, and again where a try ended before the
    password was submitted. All else waits for a person, since each login can send an SMS.
    """

    def __init__(
        self,
        cloud: BlinkCloud,
        controller: Controller,
        email: str,
        password: str,
        when_done: Callable[[], None],
    ) -> None:
        self._cloud = cloud
        self._controller = controller
        self._account = account_of(email, password)
        self._task: asyncio.Task[None] | None = None
        self._tries = 0
        self._when_done = when_done

    @property
    def code_pending(self) -> bool:
        return self._cloud.code_pending

    def look(self) -> None:
        """Begin a login if one is due by itself; cheap, to be called every second."""
        if self._due():
            self.begin()
        elif self._lost:
            # Never by itself: each login can send an SMS, and the file may be lost again.
            self.refused(TOKENS_LOST)

    def begin(self) -> None:
        """Log in now, because a person asked; a login under way is left alone."""
        if not self._running:
            self._task = asyncio.create_task(self._log_in(), name="blink login")

    def refused(self, reason: str = "") -> None:
        """Take in that Blink wants a new login; a person is asked once."""
        if self._controller.state.login.status in (LoginStatus.DONE, LoginStatus.NEVER):
            self._changed(LoginStatus.NEEDED, reason)

    def proved(self) -> None:
        """Take in that Blink accepts the tokens although no login is known, or one was wanted."""
        login = self._controller.state.login
        if login.status is LoginStatus.DONE:
            return
        # A refused refresh token is no whim while only the access token works; a process that
        # started since then has not asked yet.
        wanted = login.status is LoginStatus.NEEDED or login.account != self._account
        healed = wanted and self._cloud.tokens_fresh
        unknown = login.status is LoginStatus.NEVER and not self._cloud.login_needed_soon
        if healed or unknown:
            self._changed(LoginStatus.DONE)

    async def enter_code(self, code: str) -> bool | None:
        """Finish the login; False for a wrong code, None where no login waits for one.

        Raise BlinkError for what may pass; the same code may be tried again then.
        """
        try:
            done = await self._cloud.enter_code(code)
        except BlinkLoginNeeded:
            if self._controller.state.login.status is LoginStatus.CODE_PENDING:
                self._changed(LoginStatus.CODE_LOST)
            return None
        if done:
            self._changed(LoginStatus.DONE)
        return done

    @property
    def _running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def _lost(self) -> bool:
        """Tell whether a login was finished and its tokens are gone all the same."""
        done = self._controller.state.login.status is LoginStatus.DONE
        return done and not self._cloud.has_tokens and not self._running

    def _due(self) -> bool:
        state = self._controller.state
        login = state.login
        if self._cloud.has_tokens or self._running or not state.owners:
            return False
        if login.account != self._account:
            return True
        if login.status is not LoginStatus.NEVER:
            return False
        wait = min(FIRST_WAIT * 2 ** min(self._tries, 8), LONGEST_WAIT)
        return login.at is None or self._controller.now() - login.at >= wait

    async def _log_in(self) -> None:
        self._tries += 1
        # Written down first: after a crash from here on a code may be on its way.
        self._changed(LoginStatus.TRYING)
        try:
            outcome = await self._cloud.login()
        except BlinkPasswordRefused as error:
            self._changed(LoginStatus.REFUSED, str(error))
        except BlinkLoginFailed as error:
            if error.after_signin or error.permanent:
                self._changed(LoginStatus.FAILED, str(error))
            else:
                logger.warning("The login at Blink broke off: %s", error)
                self._changed(LoginStatus.NEVER, f"{BROKE_OFF_EARLY}{error}")
        except BlinkError as error:
            self._changed(LoginStatus.FAILED, str(error))
        except Exception:
            logger.exception("The login at Blink failed in the program itself.")
            self._changed(LoginStatus.FAILED, OUR_FAULT)
        else:
            self._tries = 0
            done = outcome is LoginOutcome.DONE
            self._changed(LoginStatus.DONE if done else LoginStatus.CODE_PENDING)

    def _changed(self, status: LoginStatus, reason: str = "") -> None:
        self._controller.apply(LoginChanged(status, self._account, reason))
        if status is LoginStatus.DONE:
            self._when_done()
