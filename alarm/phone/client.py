"""Place calls through Twilio, look at them, end them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from twilio.rest import Client
from twilio.rest.api.v2010.account import AccountInstance
from twilio.rest.api.v2010.account.balance import BalanceInstance
from twilio.rest.api.v2010.account.call import CallInstance

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.errors import PhoneError
from alarm.phone.errors import as_phone_error
from alarm.phone.patience import Patience
from alarm.phone.threads import in_own_thread
from alarm.phone.twilio_http import TimeLimitedHttpClient

T = TypeVar("T")

# What may part the digits of a number.
_NOT_DIALLED = re.compile(r"[\s().\-]")
# More than an alarm may place in a day.
CALLS_LISTED = 100
# Some calls' worth; below it a night of escalation may not be paid for.
LOW_BALANCE = Decimal(2)
# A call may move on between our look at it and our order to end it.
HANG_UP_TRIES = 3
NOT_IN_PROGRESS = 21220
# HTTP statuses in place of an error number: the place is closed to us, not the account.
NO_SUCH_PLACE = frozenset({403, 404})


class Phone:
    """One Twilio account that calls from one number. All failures are PhoneError."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        from_number: str,
        api_url: str | None = None,
        timeout: float = 10.0,
    ) -> None:
        self._timeout = timeout
        self._from = from_number
        self._http = TimeLimitedHttpClient(timeout=timeout, api_url=api_url)
        self._client = Client(account_sid, auth_token, http_client=self._http)

    async def place(self, to: str, twiml: str, *, ring_seconds: int = 25) -> CallReport:
        """Dial once, never again by itself; an `uncertain` error may have rung all the same."""
        # Asynchronous detection: a person hears the words at once; the verdict is in the call's
        # report, by Twilio's documents only once the call is over.
        return await self._ask(
            lambda: _report(
                self._client.calls.create(
                    to=to,
                    from_=self._from,
                    twiml=twiml,
                    timeout=ring_seconds,
                    machine_detection="Enable",
                    async_amd="true",
                )
            )
        )

    async def report(self, sid: str) -> CallReport:
        """Return how the call stands."""
        return await self._ask(lambda: _report(self._client.calls(sid).fetch()))

    async def hang_up(self, sid: str) -> None:
        """End the call in whatever state it is; one that is over is left alone."""
        accepted = False
        for _ in range(HANG_UP_TRIES):
            status = (await self.report(sid)).status
            if status.over:
                return
            order = "completed" if status is CallStatus.IN_PROGRESS else "canceled"
            try:
                after = await self._order(sid, order)
            except PhoneError as exc:
                if exc.code != NOT_IN_PROGRESS:
                    raise
                continue
            accepted = True
            if after.status.over:
                return
        if not accepted:
            raise PhoneError("Twilio does not end the call; hang up by hand")

    async def calls_to(self, to: str, since: datetime) -> tuple[CallReport, ...]:
        """Return the calls to `to` made since then (by Twilio's clock), newest first."""
        # Not filtered by Twilio: it filters by start, and a call that waits has none yet.
        calls = await self._ask(
            lambda: tuple(
                _report(call)
                for call in self._client.calls.list(
                    to=to, limit=CALLS_LISTED, page_size=CALLS_LISTED
                )
            )
        )
        # Twilio's times are whole seconds.
        start = since.astimezone(UTC).replace(microsecond=0)
        return tuple(
            call
            for call in calls
            if _same_number(call.to, to)
            # Of a call without a date only this is known: what is over may be of last year.
            and (call.created_at >= start if call.created_at else not call.status.over)
        )

    async def account_trouble(self) -> str | None:
        """Return one sentence on what keeps this account from calling, None when nothing does."""
        try:
            account = await self._ask(self._fetch_account)
        except PhoneError as exc:
            return await self._calls_trouble() if exc.code in NO_SUCH_PLACE else str(exc)
        if account.status in ("suspended", "closed"):
            return f"The Twilio account is {account.status}; no phone can be called"
        if account.type == "Trial":
            return (
                "This is a Twilio trial account: it calls verified numbers only and ends after"
                " 30 days; upgrade it"
            )
        return await self._low_balance()

    def close(self) -> None:
        """Let go of the connections; requests under way end by their time limit."""
        self._http.close()

    async def _order(self, sid: str, status: str) -> CallReport:
        return await self._ask(lambda: _report(self._client.calls(sid).update(status=status)))

    async def _calls_trouble(self) -> str | None:
        """Judge an account that keeps itself hidden, as restricted keys do, by its calls."""
        try:
            await self._ask(lambda: self._client.calls.list(limit=1, page_size=1))
        except PhoneError as exc:
            return str(exc)
        return None

    async def _low_balance(self) -> str | None:
        try:
            answer = await self._ask(self._fetch_balance)
            balance = Decimal(answer.balance)
        except (PhoneError, InvalidOperation, TypeError):
            # Sub-accounts and restricted keys cannot see it, and call all the same.
            return None
        if not balance.is_finite() or balance >= LOW_BALANCE:
            return None
        return f"The Twilio balance is {balance:.2f} {answer.currency}; add money to keep calling"

    # Found step by step inside the thread: the library imports its parts at first use.
    def _fetch_account(self) -> AccountInstance:
        return self._client.api.v2010.account.fetch()

    def _fetch_balance(self) -> BalanceInstance:
        return self._client.api.v2010.account.balance.fetch()

    async def _ask(self, work: Callable[[], T]) -> T:
        patience = Patience(self._timeout)
        try:
            async with asyncio.timeout(self._timeout):
                return await in_own_thread(lambda: patience.spend(work))
        except Exception as exc:  # noqa: BLE001
            failure = as_phone_error(exc)
        finally:
            patience.give_up()
        # Raised outside the handler: the library's error names numbers, and a traceback shows
        # the whole chain.
        raise failure


def _report(call: CallInstance) -> CallReport:
    if not call.sid:
        raise ValueError("a call without its identifier")
    return CallReport(
        sid=call.sid,
        to=call.to or "",
        status=_status(str(call.status)),
        answered_by=_answered_by(call.answered_by or ""),
        duration=int(call.duration or 0),
        created_at=_date(call.date_created) or _date(call.start_time),
    )


def _same_number(shown: str, number: str) -> bool:
    """Tell whether a listed call may have gone to the number; it may where none is shown."""
    return not shown or _NOT_DIALLED.sub("", shown).lstrip("+") == number.lstrip("+")


def _date(value: object) -> datetime | None:
    # The library hands on what it cannot read.
    return value if isinstance(value, datetime) else None


def _status(word: str) -> CallStatus:
    try:
        return CallStatus(word)
    except ValueError:
        # A state that Twilio invents later: not known to be over, so still worth a look.
        return CallStatus.QUEUED


def _answered_by(word: str) -> AnsweredBy:
    if word == "human":
        return AnsweredBy.HUMAN
    if word.startswith("machine") or word == "fax":
        return AnsweredBy.MACHINE
    return AnsweredBy.NOBODY_KNOWN
