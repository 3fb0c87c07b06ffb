"""What people do in a story: arm, disarm, answer an alarm, change the contacts and the rule."""

from __future__ import annotations

from enum import Enum, auto

from hypothesis import strategies as st
from hypothesis.stateful import rule

from alarm.core.commands import (
    Acknowledge,
    Arm,
    CancelArming,
    Command,
    Disarm,
    Drill,
    ExtendExit,
    FalseAlarm,
    MorePictures,
    Rearm,
    SetOption,
)
from alarm.core.contact_commands import (
    AddContact,
    MoveContact,
    RemoveContact,
    SetQuietHours,
    TryPhone,
)
from alarm.core.incident import IncidentKind, IncidentStatus
from alarm.core.quiet_hours import QuietHours
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, HOUSE
from tests.core.ledger import check_disarmed
from tests.core.story import Story

people = st.sampled_from([ANN, BEN])
flags = st.booleans()
picks = st.integers(0, 50)
once_in_a_while = st.sampled_from([False, False, False, True])


class Deed(Enum):
    """What can be done about contacts."""

    ADD = auto()
    REMOVE = auto()
    MOVE = auto()
    SLEEP = auto()
    TRY = auto()


class StoryOfPeople(Story):
    """The story goes on among people who use the alarm."""

    @rule(user=people)
    def somebody_arms(self, user: int) -> None:
        self.do(Arm(self.actor(user)))

    @rule(user=people, really=once_in_a_while)
    def somebody_disarms(self, user: int, really: bool) -> None:
        if really:
            over = self.over()
            self.do(Disarm(self.actor(user)))
            check_disarmed(self.state, over)

    @rule(user=people, pick=picks, really=once_in_a_while)
    def somebody_presses_disarm(self, user: int, pick: int, really: bool) -> None:
        if not really:
            return
        incident_id = self.incident_id(pick)
        incident = self.state.incidents.get(incident_id)
        panel, over = self.state.areas[HOUSE].panel, self.over()
        self.do(Disarm(self.actor(user), incident_id))
        valid = incident is not None and incident.status is not IncidentStatus.CLOSED
        if valid and incident is not None and incident.kind is not IncidentKind.DRILL:
            check_disarmed(self.state, over)
        else:
            assert self.state.areas[HOUSE].panel is panel

    @rule(user=people)
    def somebody_wants_more_time(self, user: int) -> None:
        self.do(ExtendExit(self.actor(user)))

    @rule(user=people)
    def somebody_cancels_the_arming(self, user: int) -> None:
        panel, over = self.state.areas[HOUSE].panel, self.over()
        self.do(CancelArming(self.actor(user)))
        if panel is PanelState.ARMING:
            check_disarmed(self.state, over)
        else:
            assert self.state.areas[HOUSE].panel is panel

    @rule(user=people)
    def somebody_has_blink_armed_again(self, user: int) -> None:
        panel = self.state.areas[HOUSE].panel
        self.do(Rearm(self.actor(user)))
        assert self.state.areas[HOUSE].panel is panel

    @rule(user=people, pick=picks, all_=flags)
    def somebody_acknowledges(self, user: int, pick: int, all_: bool) -> None:
        panel = self.state.areas[HOUSE].panel
        self.do(Acknowledge(self.actor(user), None if all_ else self.incident_id(pick)))
        assert self.state.areas[HOUSE].panel is panel

    @rule(user=people, pick=picks, really=once_in_a_while)
    def somebody_says_false_alarm(self, user: int, pick: int, really: bool) -> None:
        if not really:
            return
        armed = self.state.armed
        self.do(FalseAlarm(self.actor(user), self.incident_id(pick)))
        assert self.state.armed is armed

    @rule(user=people, calls=flags)
    def somebody_tests(self, user: int, calls: bool) -> None:
        panel = self.state.areas[HOUSE].panel
        self.do(Drill(self.actor(user), calls))
        assert self.state.areas[HOUSE].panel is panel

    @rule(user=people, pick=picks)
    def somebody_wants_more_pictures(self, user: int, pick: int) -> None:
        self.do(MorePictures(self.actor(user), self.incident_id(pick)))

    @rule(user=people, threshold=st.integers(1, 4), lookback=st.sampled_from([30, 120, 600]))
    def somebody_sets_the_rule(self, user: int, threshold: int, lookback: int) -> None:
        # An entry delay keeps the burst that began it under the rule of its time.
        if self.state.areas[HOUSE].panel is not PanelState.PENDING:
            self.do(SetOption(self.actor(user), "away-rule", f"{threshold} in {lookback}s"))

    @rule(user=people, pick=picks, deed=st.sampled_from(Deed))
    def somebody_changes_the_contacts(self, user: int, pick: int, deed: Deed) -> None:
        known = self.state.contacts
        chosen = known[pick % len(known)].id if known else "nobody"
        actor = self.actor(user)
        number = f"+4915200000{pick:02}"
        deeds: dict[Deed, Command] = {
            Deed.ADD: AddContact(actor, f"Friend {pick}", number),
            Deed.REMOVE: RemoveContact(actor, chosen),
            Deed.MOVE: MoveContact(actor, chosen, first=pick % 2 == 0),
            Deed.SLEEP: SetQuietHours(actor, chosen, QuietHours(60 * (pick % 23), 1439)),
            Deed.TRY: TryPhone(actor, chosen),
        }
        panel = self.state.areas[HOUSE].panel
        self.do(deeds[deed])
        assert self.state.areas[HOUSE].panel is panel

    def over(self) -> set[str]:
        closed = IncidentStatus.CLOSED
        return {i.id for i in self.state.incidents.values() if i.status is closed}
