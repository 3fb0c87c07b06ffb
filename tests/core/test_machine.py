"""Whatever happens in whatever order, with restarts in between, the promises hold."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from alarm.core.calls import AnsweredBy, CallReport, CallStatus
from alarm.core.deliveries import CallBody, Delivery, DeliveryStatus, OverCallBody, TrialBody
from alarm.core.incident import IncidentKind, IncidentStatus, Phase
from alarm.core.inputs import (
    BlinkFailed,
    CallProgress,
    Claimed,
    Delivered,
    DeliveryFailed,
    DevicesSeen,
    EventsListed,
    ListingFinished,
    Tick,
)
from alarm.core.settings import Mode, PanelState
from tests.core.home import HOUSE, clip, homescreen, seconds
from tests.core.story_people import StoryOfPeople, flags, picks


class AlarmMachine(StoryOfPeople):
    """Add the clouds and the deliveries, and what must hold whatever happens."""

    # -- Blink ---------------------------------------------------------------------------------

    @rule(
        age=st.sampled_from([0, 1, 20, 50, 100, 400, 1800, 5 * 3600, 13 * 3600]),
        count=st.integers(1, 4),
        camera=st.sampled_from(["hall", "yard"]),
        source=st.sampled_from(["pir", "pir", "pir", "liveview", "button_press"]),
        deleted=st.sampled_from([False, False, False, True]),
    )
    def blink_lists_clips(
        self, age: int, count: int, camera: str, source: str, deleted: bool
    ) -> None:
        at = self.blink_now.replace(microsecond=0) - seconds(age)
        found = [
            clip(at + seconds(n), self.clips + n, camera=camera, source=source, deleted=deleted)
            for n in range(count)
        ]
        self.clips += count
        self.listed = [*self.listed, *found][-40:]
        self.do(EventsListed(tuple(found), self.skew))

    @precondition(lambda self: self.listed)
    @rule(first=picks, count=st.integers(1, 10))
    def blink_lists_clips_again(self, first: int, count: int) -> None:
        begin = first % len(self.listed)
        again = tuple(self.listed[begin : begin + count])
        before = self.state
        self.do(EventsListed(again, self.skew))
        if all(e.key in before.seen for e in again):
            # Only the clock may be news.
            assert self.state.areas is before.areas
            assert self.state.incidents is before.incidents

    @rule()
    def a_listing_is_finished(self) -> None:
        before = self.state
        self.do(ListingFinished(self.now))
        caught_up = before.catch_up is not None and before.catch_up.clips > 0
        if not before.health.blind_told and not caught_up:
            assert self.state.outbox is before.outbox
        assert self.state.health.blind_since is None
        assert self.state.clock is before.clock

    @rule(armed=flags)
    def blink_shows_its_networks(self, armed: bool) -> None:
        self.do(DevicesSeen(homescreen(armed=armed), self.skew))

    @rule()
    def blink_is_silent(self) -> None:
        self.do(BlinkFailed("silent", self.now))

    # -- deliveries ----------------------------------------------------------------------------

    def pick(self, status: DeliveryStatus, pick: int) -> Delivery | None:
        found = [d for d in self.state.outbox.values() if d.status is status]
        return found[pick % len(found)] if found else None

    @rule(picked=st.lists(picks, min_size=1, max_size=6))
    def deliveries_leave(self, picked: list[int]) -> None:
        found = [d.id for d in self.state.outbox.values() if d.status is DeliveryStatus.PENDING]
        if found:
            self.do(Claimed(tuple(found[n % len(found)] for n in picked)))

    @rule()
    def everything_leaves_and_arrives(self) -> None:
        for delivery in list(self.state.outbox.values()):
            if not isinstance(delivery.body, CallBody):
                self.do(Claimed((delivery.id,)))
                self.do(Delivered(delivery.id, self.updates + 1000))

    @rule(picked=picks)
    def a_delivery_arrives(self, picked: int) -> None:
        delivery = self.pick(DeliveryStatus.SENDING, picked)
        if delivery is not None and not isinstance(delivery.body, CallBody):
            self.do(Delivered(delivery.id, self.updates + 1000))

    @rule(picked=picks, permanent=flags, uncertain=flags)
    def a_delivery_fails(self, picked: int, permanent: bool, uncertain: bool) -> None:
        delivery = self.pick(DeliveryStatus.SENDING, picked)
        if delivery is not None:
            self.do(DeliveryFailed(delivery.id, "no luck", permanent, None, uncertain))

    @rule(
        picked=picks,
        placed=flags,
        status=st.sampled_from(list(CallStatus)),
        answered_by=st.sampled_from(list(AnsweredBy)),
        duration=st.sampled_from([0, 14, 15, 60]),
    )
    def a_call_is_looked_at(
        self,
        picked: int,
        placed: bool,
        status: CallStatus,
        answered_by: AnsweredBy,
        duration: int,
    ) -> None:
        stage = DeliveryStatus.PLACED if placed else DeliveryStatus.SENDING
        call = self.pick(stage, picked)
        if call is not None and isinstance(call.body, CallBody):
            report = CallReport(f"CA{call.id}", call.target, status, answered_by, duration)
            self.do(CallProgress(call.id, report))

    @rule(
        calls=st.integers(1, 4),
        status=st.sampled_from([CallStatus.BUSY, CallStatus.COMPLETED, CallStatus.IN_PROGRESS]),
    )
    def a_phone_is_reached(self, calls: int, status: CallStatus) -> None:
        """Wait for the next calls and let them ring, then end that way."""
        for _ in range(calls):
            for wait in (0, 30, 60):
                self.now += seconds(wait)
                self.do(Tick())
                if self.finish_call(status):
                    break

    # -- what must hold whatever happens -------------------------------------------------------

    @invariant()
    def an_open_incident_is_pursued(self) -> None:
        for incident in self.state.incidents.values():
            if incident.status is not IncidentStatus.OPEN:
                assert incident.wave is None
            elif incident.kind is not IncidentKind.DRILL:
                assert incident.wave is not None
            if incident.wave is not None and incident.wave.phase is Phase.CALLING:
                assert incident.wave.call_id in self.state.outbox
            elif incident.wave is not None:
                assert incident.wave.call_id not in self.state.outbox

    @invariant()
    def the_panel_is_triggered_while_an_incident_is_not_closed(self) -> None:
        area = self.state.areas[HOUSE]
        unclosed = [
            i.id
            for i in self.state.incidents.values()
            if i.kind is IncidentKind.BURGLARY and i.status is not IncidentStatus.CLOSED
        ]
        assert (area.panel is PanelState.TRIGGERED) is bool(unclosed)
        assert unclosed == ([] if area.incident_id is None else [area.incident_id])

    @invariant()
    def deadlines_stand_only_where_a_state_needs_one(self) -> None:
        area = self.state.areas[HOUSE]
        needs = area.panel in (PanelState.ARMING, PanelState.PENDING)
        assert (area.deadline is not None) is needs
        assert (area.entry is not None) is (area.panel is PanelState.PENDING)
        running = [span for span in area.spans if span.until is None]
        watched = (PanelState.ARMED, PanelState.PENDING, PanelState.TRIGGERED)
        assert len(running) == (area.panel in watched)

    @invariant()
    def at_most_one_call_of_an_incident_is_wanted(self) -> None:
        for incident in self.state.incidents.values():
            calls = [
                d
                for d in self.state.outbox.values()
                if isinstance(d.body, CallBody)
                and d.body.incident_id == incident.id
                and d.status is not DeliveryStatus.SENDING
            ]
            assert len(calls) <= 1
            assert incident.calls_made <= 20

    @invariant()
    def no_number_is_called_twice_at_once(self) -> None:
        ringing = [
            d.target
            for d in self.state.outbox.values()
            if isinstance(d.body, CallBody | OverCallBody | TrialBody)
            and d.status is not DeliveryStatus.PENDING
        ]
        assert len(ringing) == len(set(ringing))

    @invariant()
    def at_most_one_drill_runs_and_none_during_an_alarm(self) -> None:
        unclosed = [
            i for i in self.state.incidents.values() if i.status is not IncidentStatus.CLOSED
        ]
        drills = [i for i in unclosed if i.kind is IncidentKind.DRILL]
        assert len(drills) <= 1
        assert not drills or len(unclosed) == 1

    @invariant()
    def what_waits_is_bounded(self) -> None:
        assert len(self.state.outbox) < 400

    @invariant()
    def the_mode_has_its_settings(self) -> None:
        assert Mode.AWAY in self.state.settings.modes


TestAlarmMachine = AlarmMachine.TestCase
TestAlarmMachine.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, database=None
)
