"""One alarm, from trigger to close, and the run of the plan that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from alarm.core.events import MotionEvent
from alarm.core.settings import Mode, PanelState

# A clip of up to 60 s is listed some seconds after it ends, and polled within 15 s.
NORMAL_DELAY = timedelta(seconds=90)


class IncidentStatus(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class IncidentKind(StrEnum):
    BURGLARY = "burglary"
    DRILL = "drill"
    DURESS = "duress"
    PANIC = "panic"


class Verdict(StrEnum):
    UNJUDGED = ""
    REAL = "real"
    FALSE_ALARM = "false alarm"
    TEST = "test"


class Phase(StrEnum):
    """Where a wave is. `slow`: the plan is used up, reminders go on at a slow pace."""

    ABORT_WINDOW = "abort window"
    CALLING = "calling"
    LISTENING = "listening"
    PAUSE = "pause"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class CallNote:
    """What one call came to, for the alert: contact's name and an outcome word."""

    contact: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Wave:
    """One run of the escalation plan.

    `order`: ids of the contacts of the round that is on, `position`: the place of the last one
    called. `told`: a chat confirmed its alert. `excluded`: numbers not to be called again in it.
    `limit_told`: people know that the calls of an incident or a day are used up.
    """

    started_at: datetime
    phase: Phase
    deadline: datetime
    cycle: int = 1
    order: tuple[str, ...] = ()
    position: int = 0
    call_id: str = ""
    with_calls: bool = True
    told: bool = False
    excluded: frozenset[str] = frozenset()
    exhausted_at: datetime | None = None
    next_round: datetime | None = None
    limit_told: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """One alarm, from trigger to close.

    `acknowledged_at` and `closed_at` are of Blink's clock (they are compared with events); `late`:
    how long after its newest event it was noticed. `recent_closing`: it tripped soon after
    arming. `told_after`: how long after its opening the first chat got the alert. `cameras`:
    those whose events belong to it, except what came after an acknowledgement. `dropped_until`:
    time of the newest event that is not kept in `events` any more. `copies`: chat id to message id
    of the alert. `reached_at`: number to the time at which somebody last took a call. `shown`: keys
    of the events whose pictures were given out; `shown_at`: camera id to the last such time.
    `hidden_from`: users who may be forced to show their chats; then no group sees it either.
    `panic_by`, `panic_at`: who raised it by hand last, and when.
    `uncounted`: keys of events that are only shown, of cameras that never count. `overtaken`: a
    drill that a real alarm has ended.
    """

    id: str
    kind: IncidentKind
    network_id: str
    area_name: str
    mode: Mode
    opened_at: datetime
    rule_text: str = ""
    events: tuple[MotionEvent, ...] = ()
    event_count: int = 0
    status: IncidentStatus = IncidentStatus.OPEN
    verdict: Verdict = Verdict.UNJUDGED
    opened_by: str = ""
    acted_by: str = ""
    acted_at: datetime | None = None
    acknowledged_at: datetime | None = None
    closed_at: datetime | None = None
    late: timedelta = timedelta(0)
    recent_closing: bool = False
    told_after: timedelta | None = None
    cameras: frozenset[str] = frozenset()
    dropped_until: datetime | None = None
    panel_before: PanelState = PanelState.ARMED
    wave: Wave | None = None
    waves: int = 1
    copies: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[CallNote, ...] = ()
    calls_made: int = 0
    reached: tuple[str, ...] = ()
    reached_at: Mapping[str, datetime] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    shown_at: Mapping[str, datetime] = field(default_factory=dict)
    hidden_from: frozenset[int] = frozenset()
    uncounted: frozenset[str] = frozenset()
    panic_by: str = ""
    panic_at: datetime | None = None
    overtaken: bool = False

    @property
    def counted(self) -> tuple[MotionEvent, ...]:
        """Return its events without those that are only shown."""
        return tuple(event for event in self.events if event.key not in self.uncounted)

    @property
    def is_late(self) -> bool:
        """Tell whether it was noticed later than recording, upload and poll normally take."""
        return self.late > NORMAL_DELAY
