"""One call: its life along a clock, and its face in Twilio's JSON."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from simulator.twilio.behaviour import Answer, Behaviour
from simulator.twilio.twiml import Said, Script

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@dataclass(frozen=True)
class Pace:
    """Seconds that the stages of a call last."""

    queued: float
    answer: float
    ring: float
    detect: float


@dataclass
class Call:
    """A call as it stands. `times` says when each status began, in seconds of the clock.

    `lines` and `spoken` are the words of the call, empty until somebody takes it; `said` is what
    was heard of them.
    """

    sid: str
    to: str
    from_: str
    twiml: str
    created: float
    detection: bool = False
    detection_async: bool = False
    status: str = "queued"
    spoken: str = ""
    lines: tuple[str, ...] = ()
    hung_up_by_api: bool = False
    behaviour: Behaviour = field(default_factory=lambda: Behaviour(Answer.NO_ANSWER))
    times: dict[str, float] = field(default_factory=dict)
    _plan: deque[tuple[float, str]] = field(default_factory=deque)
    _verdict_at: float = math.inf
    _words_wait: float = 0.0
    _settled: float = 0.0
    _script: Script = field(default_factory=Script)

    def live(self, script: Script, pace: Pace) -> None:
        """Lay down the whole life at once; hanging up later cuts it short."""
        self._script = script
        self.times["queued"] = self.created
        ringing = self.created + pace.queued
        kind = self.behaviour.answer
        if kind is Answer.FAILED:
            self._plan.append((ringing, "failed"))
            return
        self._plan.append((ringing, "ringing"))
        rings = pace.answer if self.behaviour.rings is None else self.behaviour.rings
        if kind is Answer.NO_ANSWER or rings > pace.ring:
            self._plan.append((ringing + pace.ring, "no-answer"))
            return
        answered = ringing + rings
        if kind is Answer.BUSY:
            self._plan.append((answered, "busy"))
            return
        self._plan.append((answered, "in-progress"))
        if not script.valid:
            self._plan.append((answered, "failed"))
            return
        if self.detection and not self.detection_async:
            self._verdict_at = answered + pace.detect
            # The words wait until the verdict.
            self._words_wait = pace.detect
        if kind is not Answer.ENDLESS:
            spoken_until = answered + self._words_wait + script.seconds
            listens = math.inf if self.behaviour.listens is None else self.behaviour.listens
            self._plan.append((min(spoken_until, answered + listens), "completed"))

    def advance(self, now: float, on_change: Callable[[Call], None]) -> None:
        while self._plan and self._plan[0][0] <= now:
            at, status = self._plan.popleft()
            self.become(status, at)
            on_change(self)
        self._settled = now

    def become(self, status: str, at: float) -> None:
        self.status = status
        self.times[status] = at
        if status == "in-progress":
            self.lines = tuple(line.words for line in self._script.lines)
            self.spoken = " ".join(self.lines)

    def hang_up(self, at: float) -> None:
        self._plan.clear()
        self.hung_up_by_api = True
        self.become("completed" if self.status == "in-progress" else "canceled", at)

    @property
    def over(self) -> bool:
        return self.status in OVER

    @property
    def ended(self) -> float | None:
        return self.times[self.status] if self.over else None

    @property
    def duration(self) -> int | None:
        """Seconds of conversation, known when it is over; started seconds count."""
        if self.status != "completed":
            return None
        return math.ceil(self.times["completed"] - self.times["in-progress"])

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said to its end while somebody or something listened, as of the last look."""
        began = self.times.get("in-progress")
        if began is None:
            return ()
        until = self._settled if self.ended is None else self.ended
        return self._script.said(until - began - self._words_wait)

    def answered_by(self, now: float) -> str | None:
        """Return the verdict of machine detection; the asynchronous one shows at the end."""
        if not self.detection or "in-progress" not in self.times:
            return None
        if now < self._verdict_at and not (self.detection_async and self.over):
            return None
        return "machine_start" if self.behaviour.answer is Answer.MACHINE else "human"

    def as_json(
        self, account: str, now: float, wall: Callable[[float], datetime], *, fresh: bool = False
    ) -> dict[str, Any]:
        """Return Twilio's fields. `fresh`: the answer to the order itself has no dates yet."""

        def date(at: float | None) -> str | None:
            return None if at is None or fresh else format_datetime(wall(at))

        uri = f"/2010-04-01/Accounts/{account}/Calls/{self.sid}"
        duration = self.duration
        return {
            "sid": self.sid,
            "date_created": date(self.created),
            "date_updated": date(max(self.times.values())),
            "parent_call_sid": None,
            "account_sid": account,
            "to": self.to,
            "to_formatted": self.to,
            "from": self.from_,
            "from_formatted": self.from_,
            "phone_number_sid": "PN" + "0" * 32,
            "status": self.status,
            "start_time": date(self.times.get("ringing")),
            "end_time": date(self.ended),
            "duration": None if duration is None else str(duration),
            "price": None,
            "price_unit": "USD",
            "direction": "outbound-api",
            "answered_by": self.answered_by(now),
            "api_version": "2010-04-01",
            "forwarded_from": None,
            "group_sid": None,
            "caller_name": None,
            "queue_time": "0",
            "stir_verstat": None,
            "trunk_sid": None,
            "annotation": None,
            "uri": f"{uri}.json",
            "subresource_uris": {
                "events": f"{uri}/Events.json",
                "notifications": f"{uri}/Notifications.json",
                "recordings": f"{uri}/Recordings.json",
            },
        }
