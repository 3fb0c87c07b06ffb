"""An account of the alarm's doings kept beside it: what counts, what is spent, what was judged.

It knows only the inputs and the panel's states, so that it can contradict the alarm's own books.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alarm.core.deliveries import (
    AlertEditBody,
    AlertRetireBody,
    BlinkArmBody,
    DeliveryStatus,
    HangUpBody,
    MediaBody,
    OverCallBody,
    PanelBody,
    PanelEditBody,
    TrialBody,
    WordsBody,
)
from alarm.core.draft import Decision
from alarm.core.events import IGNORED_SOURCES, MotionEvent
from alarm.core.incident import Incident, IncidentKind, IncidentStatus
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area, State
from tests.core.home import HOUSE

# Sentences that ask somebody to act in an alarm that is on.
URGENT = {Notice.ENTRY_DELAY, Notice.STILL_OPEN, Notice.EXHAUSTED, Notice.CALLS_USED_UP}
HARMLESS = (
    WordsBody,
    PanelBody,
    PanelEditBody,
    AlertEditBody,
    AlertRetireBody,
    HangUpBody,
    OverCallBody,
    TrialBody,
    BlinkArmBody,
)


@dataclass
class Period:
    """A stretch in which the panel was armed, in Blink's clock."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        inside = self.until is None or at <= self.until
        return self.since.replace(microsecond=0) <= at and inside


@dataclass
class Ledger:
    """Watch every decision; `network` is the area that it keeps account of."""

    network: str
    periods: list[Period] = field(default_factory=list)
    spent: set[str] = field(default_factory=set)
    judged_until: datetime | None = None
    deliveries: set[str] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)

    def note(self, before: State, decision: Decision, blink_now: datetime) -> None:
        after = decision.state
        skew = after.clock.skew or timedelta(0)
        self.note_panel(before.areas[self.network], after.areas[self.network], skew, blink_now)
        self.check_numbers(decision)
        for incident in after.incidents.values():
            if incident.kind is IncidentKind.BURGLARY:
                self.check(before.incidents.get(incident.id), incident, before, after)
                if incident.status is not IncidentStatus.CLOSED:
                    self.spent |= {event.key for event in incident.events}
        self.note_verdicts(before, after, blink_now)

    def note_panel(self, was: Area, now: Area, skew: timedelta, blink_now: datetime) -> None:
        watched = (PanelState.ARMED, PanelState.PENDING, PanelState.TRIGGERED)
        if was.panel not in watched and now.panel in watched:
            ended = was.deadline if was.panel is PanelState.ARMING else None
            self.periods.append(Period(blink_now if ended is None else ended + skew))
        if was.panel in watched and now.panel not in watched:
            self.periods[-1].until = blink_now

    def check_numbers(self, decision: Decision) -> None:
        for delivery in decision.effects:
            assert delivery.id not in self.deliveries, "an id of the outbox was used twice"
            self.deliveries.add(delivery.id)
        for row in decision.rows:
            assert row.id not in self.rows, "a line of history was numbered twice"
            self.rows.add(row.id)

    def check(self, was: Incident | None, now: Incident, before: State, after: State) -> None:
        if was is None:
            entry = before.areas[self.network].entry
            events = entry.events if entry is not None else now.events
            self.check_burst(events, after, since=self.judged_until)
            assert not {event.key for event in events} & self.spent, "spent events rang again"
        elif now.waves > was.waves:
            assert was.acknowledged_at is not None
            self.check_burst(now.events, after, since=was.acknowledged_at)

    def check_burst(
        self, events: Sequence[MotionEvent], state: State, since: datetime | None
    ) -> None:
        """Refuse an alarm without enough counted events, newer than any verdict, in one span."""
        rule = state.settings.modes[Mode.AWAY].rule
        fit = [e for e in events if self.counts(e) and (since is None or e.created_at > since)]
        largest = max(
            (
                sum(e.created_at <= o.created_at <= e.created_at + rule.lookback for o in fit)
                for e in fit
            ),
            default=0,
        )
        assert largest >= rule.threshold, "it rang without a burst"

    def counts(self, event: MotionEvent) -> bool:
        plain = event.source not in {*IGNORED_SOURCES, "button_press"} and not event.deleted
        return plain and any(period.holds(event.created_at) for period in self.periods)

    def note_verdicts(self, before: State, after: State, blink_now: datetime) -> None:
        for incident in after.incidents.values():
            was = before.incidents.get(incident.id)
            closed = incident.status is IncidentStatus.CLOSED
            if (
                incident.kind is IncidentKind.BURGLARY
                and closed
                and (was is None or was.status is not IncidentStatus.CLOSED)
            ):
                self.judged_until = blink_now


def check_disarmed(state: State, over: set[str]) -> None:
    """Look at what a disarming left; `over`: incidents that were closed before it."""
    area = state.areas[HOUSE]
    assert area.panel is PanelState.DISARMED
    assert area.incident_id is None
    for delivery in state.outbox.values():
        if delivery.status is DeliveryStatus.SENDING:
            continue
        if isinstance(delivery.body, MediaBody) and delivery.body.incident_id in over:
            # Pictures that came late or were asked for.
            continue
        assert isinstance(delivery.body, HARMLESS), delivery
        if isinstance(delivery.body, WordsBody):
            assert delivery.body.words.notice not in URGENT
        if isinstance(delivery.body, BlinkArmBody):
            assert not delivery.body.armed
