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
    PanelRetireBody,
    RingPictureBody,
    TrialBody,
    WordsBody,
)
from alarm.core.draft import Decision
from alarm.core.events import IGNORED_SOURCES, MotionEvent
from alarm.core.incident import Incident, IncidentKind, IncidentStatus
from alarm.core.left_out import BypassKind
from alarm.core.notices import Notice
from alarm.core.settings import CameraRule, Mode, PanelState
from alarm.core.state import State
from tests.core.home import HOUSE

# Sentences that ask somebody to act in an alarm that is on.
URGENT = {Notice.ENTRY_DELAY, Notice.STILL_OPEN, Notice.EXHAUSTED, Notice.CALLS_USED_UP}
HARMLESS = (
    WordsBody,
    PanelBody,
    PanelEditBody,
    PanelRetireBody,
    RingPictureBody,
    AlertEditBody,
    AlertRetireBody,
    HangUpBody,
    OverCallBody,
    TrialBody,
    BlinkArmBody,
)


@dataclass
class Period:
    """A stretch in which the panel was armed in one way, in Blink's clock."""

    since: datetime
    cameras: frozenset[str] | None = None
    until: datetime | None = None

    def holds(self, event: MotionEvent) -> bool:
        at = event.created_at
        inside = self.until is None or at <= self.until
        watched = self.cameras is None or event.camera_id in self.cameras
        return self.since.replace(microsecond=0) <= at and inside and watched


@dataclass
class Ledger:
    """Watch every decision; `network` is the area that it keeps account of."""

    network: str
    periods: list[Period] = field(default_factory=list)
    spent: set[str] = field(default_factory=set)
    judged_until: datetime | None = None
    deliveries: set[str] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)

    def note(self, before: State, decision: Decision, blink_now: datetime) -> None:
        after = decision.state
        skew = after.clock.skew or timedelta(0)
        self.note_panel(before, after, skew, blink_now)
        self.note_counted(before, decision)
        self.check_numbers(decision)
        for incident in after.incidents.values():
            if incident.kind is IncidentKind.BURGLARY:
                self.check(before.incidents.get(incident.id), incident, before, decision)
                if incident.status is not IncidentStatus.CLOSED:
                    self.spent |= {event.key for event in incident.events}
        self.note_verdicts(before, after, blink_now)

    def note_panel(self, before: State, after: State, skew: timedelta, blink_now: datetime) -> None:
        watched = (PanelState.ARMED, PanelState.PENDING, PanelState.TRIGGERED)
        was, now = before.areas[self.network], after.areas[self.network]
        cameras = after.settings.mode(now.mode).cameras
        if was.panel not in watched and now.panel in watched:
            due = was.deadline if was.panel is PanelState.ARMING and now.mode is was.mode else None
            ended = due if due is not None and due + skew <= blink_now else None
            since = blink_now if ended is None else ended + skew
            self.periods.append(Period(since, cameras))
        elif was.panel in watched and now.panel not in watched:
            self.periods[-1].until = blink_now
        elif now.panel in watched and self.periods[-1].cameras != cameras:
            self.periods[-1].until = blink_now
            self.periods.append(Period(blink_now, cameras))

    def note_counted(self, before: State, decision: Decision) -> None:
        """Take in what counts; of a camera that is left out or never counts nothing may."""
        for row in decision.rows:
            if row.kind != "event" or not row.data["counted"]:
                continue
            key, at = str(row.data["key"]), datetime.fromisoformat(str(row.data["created_at"]))
            camera = key.partition(":")[2].split("-")[0]
            self.counted.add(key)
            assert not before.settings.never(camera), "it counted a camera that never counts"
            for bypass in before.areas[self.network].bypasses:
                runs = bypass.until is None and bypass.kind is not BypassKind.TIMED
                if runs and bypass.camera_id == camera:
                    assert at < bypass.since, "it counted a camera that is left out"

    def check_numbers(self, decision: Decision) -> None:
        for delivery in decision.effects:
            assert delivery.id not in self.deliveries, "an id of the outbox was used twice"
            self.deliveries.add(delivery.id)
        for row in decision.rows:
            assert row.id not in self.rows, "a line of history was numbered twice"
            self.rows.add(row.id)

    def check(self, was: Incident | None, now: Incident, before: State, decision: Decision) -> None:
        after = decision.state
        by_hand = any(row.data.get("what") == "panic" for row in decision.rows)
        if was is None:
            entry = before.areas[self.network].entry
            events = entry.events if entry is not None else now.events
            self.check_burst(events, after, now.mode, since=self.judged_until)
            assert not {event.key for event in events} & self.spent, "spent events rang again"
        elif now.waves > was.waves and not by_hand:
            assert was.acknowledged_at is not None
            self.check_burst(now.counted, after, now.mode, since=was.acknowledged_at)

    def check_burst(
        self, events: Sequence[MotionEvent], state: State, mode: Mode, since: datetime | None
    ) -> None:
        """Refuse an alarm without enough counted events, newer than any verdict, in one span."""
        settings = state.settings.mode(mode)
        fit = [e for e in events if self.counts(e) and (since is None or e.created_at > since)]

        def within(first: MotionEvent, lookback: timedelta) -> list[MotionEvent]:
            end = first.created_at + lookback
            return [o for o in fit if first.created_at <= o.created_at <= end]

        for first in fit:
            near = within(first, settings.rule.lookback)
            pooled = [e for e in near if e.camera_id not in state.settings.cameras]
            enough = len({e.camera_id for e in near}) >= settings.distinct
            if len(pooled) >= settings.rule.threshold and enough:
                return
            own = state.settings.cameras.get(first.camera_id, CameraRule()).rule
            if own is not None:
                same = [e for e in within(first, own.lookback) if e.camera_id == first.camera_id]
                if len(same) >= own.threshold:
                    return
        raise AssertionError("it rang without a burst")

    def counts(self, event: MotionEvent) -> bool:
        plain = event.source not in {*IGNORED_SOURCES, "button_press"} and not event.deleted
        return (
            plain
            and event.key in self.counted
            and any(period.holds(event) for period in self.periods)
        )

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
