"""The HTTP face of the stand-in, and the controls that tests and the demo turn."""

from __future__ import annotations

import asyncio
import re
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

from aiohttp import web

from simulator.faults import Fault, FaultKind
from simulator.server import StandIn
from simulator.twilio import twiml
from simulator.twilio.answers import Refusal, error_text, whole_number
from simulator.twilio.behaviour import NO_ANSWER, Behaviour
from simulator.twilio.call import Call, Pace
from simulator.twilio.listing import Filter, page

ACCOUNT = "/2010-04-01/Accounts/{account}"
AUTH_TOKEN = "stand-in-token"
MOST_TWIML = 4000
DEFAULT_RING_SECONDS = 60
# How often the hook is told of changes that nobody asked about.
WATCH_SECONDS = 0.02

# Seven digits at least: so no emergency number passes, with or without a country code.
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")

Served = Callable[[web.Request], Awaitable[dict[str, Any]]]


class TwilioStandIn(StandIn):
    """Twilio's voice API with phones that behave as told.

    `number()` says what a phone does, `refuse()` what Twilio does; `calls` shows what happened
    and `on_call` is called at each change of a call. The seconds of the stages are attributes.
    """

    def __init__(
        self,
        account_sid: str = "AC" + "5" * 32,
        auth_token: str = AUTH_TOKEN,
        from_number: str = "+15005550006",
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.owned = {from_number}
        self.balance = "25.00"
        self.account_status = "active"
        self.account_type = "Full"
        self.unknown_numbers: Behaviour = NO_ANSWER
        self.on_call: Callable[[Call], None] = lambda call: None
        self.queue_seconds = 0.2
        self.answer_seconds = 3.0
        # None: as long as the order's Timeout says, and as the words take.
        self.ring_seconds: float | None = None
        self.speech_seconds: float | None = None
        self.detect_seconds = 2.0
        self.clock = clock
        self._calls: list[Call] = []
        self._behaviours: dict[str, list[Behaviour]] = {}
        self._called: dict[str, int] = defaultdict(int)
        self._sids = count(1)
        self._watch: asyncio.TimerHandle | None = None

    # -- controls

    def number(self, to: str, *behaviours: Behaviour) -> None:
        """Say what the phone does at its next calls, in turn; the last goes on for ever."""
        self._behaviours[to] = list(behaviours)
        self._called[to] = 0

    def refuse(
        self, code: int, status: int = 400, message: str = "", *, times: int | None = None
    ) -> Fault:
        """Refuse orders to call with one of Twilio's error numbers, until faults are cleared."""
        body = error_text(status, code, message or f"Refused with {code}")
        fault = Fault(FaultKind.STATUS, status=status, body=body, times=times)
        return self.faults.add(r"/Calls\.json", fault, method="POST")

    @property
    def clock(self) -> Callable[[], float]:
        return self._clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        # Dates in the answers move with the clock, from the time at which it was set.
        self._epoch = datetime.now(UTC) - timedelta(seconds=clock())

    @property
    def calls(self) -> list[Call]:
        """The calls so far, oldest first, as they stand by now."""
        self.settle()
        return list(self._calls)

    def settle(self) -> None:
        """Let every call become what it is by now."""
        now = self._clock()
        for call in self._calls:
            call.advance(now, self.on_call)

    def forget(self) -> None:
        """Let go of the calls that are over as well."""
        super().forget()
        self.settle()
        self._calls = [call for call in self._calls if not call.over]

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        await super().stop()

    # -- routes

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"{ACCOUNT}/Calls.json", self._guarded(self._create, status=201)),
            web.get(f"{ACCOUNT}/Calls.json", self._guarded(self._list)),
            web.get(f"{ACCOUNT}/Calls/{{sid}}.json", self._guarded(self._fetch)),
            web.post(f"{ACCOUNT}/Calls/{{sid}}.json", self._guarded(self._update)),
            web.get(f"{ACCOUNT}/Balance.json", self._guarded(self._balance)),
            web.get("/2010-04-01/Accounts/{account}.json", self._guarded(self._account)),
            web.route("*", "/{rest:.*}", self._guarded(self._nothing_here)),
        ]

    def _guarded(
        self, serve: Served, *, status: int = 200
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                self._authenticate(request)
                self.settle()
                return web.json_response(await serve(request), status=status)
            except Refusal as refusal:
                return refusal.answer()

        return handler

    def _authenticate(self, request: web.Request) -> None:
        pair = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {pair}":
            raise Refusal(401, 20003, "Authenticate")
        if request.match_info.get("account", self.account_sid) != self.account_sid:
            raise _not_found(request)

    async def _create(self, request: web.Request) -> dict[str, Any]:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if self.account_status != "active":
            raise Refusal(403, 20005, "Account not active")
        self._check_numbers(form)
        words = form.get("Twiml", "")
        if not words:
            raise Refusal(400, 21205, "Url parameter is required")
        if len(words) > MOST_TWIML:
            raise Refusal(400, 32018, "Twiml size exceeded maximum allowed value")
        timeout = whole_number(form.get("Timeout", ""), DEFAULT_RING_SECONDS)
        call = Call(
            sid=f"CA{next(self._sids):032x}",
            to=form["To"],
            from_=form["From"],
            twiml=words,
            created=self._clock(),
            detection=form.get("MachineDetection", "none") in ("Enable", "DetectMessageEnd"),
            detection_async=form.get("AsyncAmd") == "true",
            behaviour=self._next_behaviour(form["To"]),
        )
        script = twiml.read(words)
        if self.speech_seconds is not None:
            script = script.lasting(self.speech_seconds)
        ring = float(timeout) if self.ring_seconds is None else self.ring_seconds
        call.live(script, Pace(self.queue_seconds, self.answer_seconds, ring, self.detect_seconds))
        self._calls.append(call)
        self.on_call(call)
        self._keep_watch()
        return self._json(call, fresh=True)

    def _check_numbers(self, form: dict[str, str]) -> None:
        to, from_ = form.get("To", ""), form.get("From", "")
        if not _E164.fullmatch(to):
            raise Refusal(
                400, 21211, f"The phone number you are attempting to call, {to}, is not valid"
            )
        if not from_:
            raise Refusal(400, 21213, "Caller phone number is required")
        if not _E164.fullmatch(from_):
            raise Refusal(400, 21212, f"The caller ID {from_} is not valid")
        if from_ not in self.owned:
            raise Refusal(400, 21210, f"The source phone number provided, {from_}, is not verified")

    def _next_behaviour(self, to: str) -> Behaviour:
        behaviours = self._behaviours.get(to) or [self.unknown_numbers]
        turn = self._called[to]
        self._called[to] += 1
        return behaviours[min(turn, len(behaviours) - 1)]

    async def _list(self, request: web.Request) -> dict[str, Any]:
        wanted = Filter.of(request.query)
        shown = [call for call in reversed(self._calls) if wanted.matches(call, self._wall)]
        return page(request.path, request.query, [self._json(call) for call in shown])

    async def _fetch(self, request: web.Request) -> dict[str, Any]:
        return self._json(self._find(request))

    async def _update(self, request: web.Request) -> dict[str, Any]:
        call = self._find(request)
        order = str((await request.post()).get("Status", ""))
        if order not in ("completed", "canceled"):
            raise Refusal(400, 20001, "Invalid parameter: Status")
        if call.over:
            raise Refusal(400, 21220, "Call is not in-progress. Cannot redirect.")
        # Cancelling does not touch a call that somebody has taken.
        if order == "completed" or call.status != "in-progress":
            call.hang_up(self._clock())
            self.on_call(call)
        return self._json(call)

    async def _balance(self, _request: web.Request) -> dict[str, Any]:
        return {"account_sid": self.account_sid, "balance": self.balance, "currency": "USD"}

    async def _account(self, _request: web.Request) -> dict[str, Any]:
        created = format_datetime(self._epoch)
        return {
            "sid": self.account_sid,
            "owner_account_sid": self.account_sid,
            "friendly_name": "Home",
            "status": self.account_status,
            "type": self.account_type,
            "auth_token": self.auth_token,
            "date_created": created,
            "date_updated": created,
            "uri": f"/2010-04-01/Accounts/{self.account_sid}.json",
            "subresource_uris": {"calls": f"/2010-04-01/Accounts/{self.account_sid}/Calls.json"},
        }

    async def _nothing_here(self, request: web.Request) -> dict[str, Any]:
        raise _not_found(request)

    def _find(self, request: web.Request) -> Call:
        for call in self._calls:
            if call.sid == request.match_info["sid"]:
                return call
        raise _not_found(request)

    def _json(self, call: Call, *, fresh: bool = False) -> dict[str, Any]:
        return call.as_json(self.account_sid, self._clock(), self._wall, fresh=fresh)

    def _wall(self, at: float) -> datetime:
        return self._epoch + timedelta(seconds=at)

    def _keep_watch(self) -> None:
        """Settle again and again while a call lives, so that the hook hears of it in time."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        try:
            self.settle()
        finally:
            # Whatever the hook raised, the calls that live have to end.
            if any(not call.over for call in self._calls):
                loop = asyncio.get_running_loop()
                self._watch = loop.call_later(WATCH_SECONDS, self._keep_watch)


def _not_found(request: web.Request) -> Refusal:
    return Refusal(404, 20404, f"The requested resource {request.path} was not found")
