"""The panel: arming, the exit delay, disarming from every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.calls import CallStatus
from alarm.core.commands import Disarm, ExtendExit
from alarm.core.deliveries import (
    AlertBody,
    BlinkArmBody,
    CallBody,
    HangUpBody,
    PanelBody,
    say,
)
from alarm.core.incident import IncidentStatus, Verdict
from alarm.core.notices import Notice
from alarm.core.settings import Mode, PanelState
from alarm.core.state import Area
from tests.core.home import (
    ANN,
    BEN,
    GARDEN,
    HOUSE,
    MINUTE,
    NOON,
    SECOND,
    VIC,
    Home,
    clip,
    household,
    of_kind,
    said,
    sentences,
    settings,
)


def with_exit_delay(delay: timedelta) -> Home:
    return Home(replace(household(), settings=settings(exit_delay=delay)))


# -- arming ----------------------------------------------------------------------------------------


def test_arming_starts_the_exit_delay_and_asks_blink_at_once() -> None:
    home = Home()
    decision = home.arm()
    assert home.panel() is PanelState.ARMING
    assert home.area.mode is Mode.AWAY
    assert home.area.changed_by == "Ann"
    assert home.area.deadline == NOON + MINUTE
    assert BlinkArmBody(HOUSE, armed=True) in [d.body for d in decision.effects]


def test_the_panel_is_armed_when_the_exit_delay_ends_and_not_before() -> None:
    home = Home()
    home.arm()
    home.wait(59 * SECOND)
    assert home.panel() is PanelState.ARMING
    home.wait(SECOND)
    assert home.panel() is PanelState.ARMED
    assert home.area.deadline is None


def test_without_an_exit_delay_it_is_armed_at_once() -> None:
    home = with_exit_delay(timedelta(0))
    home.arm()
    assert home.panel() is PanelState.ARMED
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.TRIGGERED


def test_the_person_who_arms_gets_the_answer_and_the_others_hear_of_it_silently() -> None:
    home = Home()
    decision = home.arm(ANN)
    (answer,) = of_kind(decision.effects, PanelBody)
    assert answer.target == str(ANN)
    assert said(decision.effects, BEN) == [Notice.ARMED_BY]
    assert said(decision.effects, VIC) == []
    assert said(decision.effects, ANN) == []


def test_arming_twice_says_so_and_changes_nothing() -> None:
    home = Home()
    home.arm()
    before = home.area
    home.now += 10 * SECOND
    decision = home.arm(BEN)
    (answer,) = of_kind(decision.effects, PanelBody)
    assert isinstance(answer.body, PanelBody)
    assert answer.body.words.notice is Notice.PANEL_ALREADY
    assert replace(home.area, timing=before.timing) == before
    assert said(decision.effects) == []


def test_arming_again_rearms_a_blink_that_somebody_disarmed() -> None:
    home = Home().arm_now()
    home.state = replace(home.state, areas={HOUSE: replace(home.area, armed_at_blink=False)})
    decision = home.arm()
    assert BlinkArmBody(HOUSE, armed=True) in [d.body for d in decision.effects]


def test_an_update_that_telegram_hands_out_twice_is_carried_out_once() -> None:
    home = Home()
    arm = home.arm()
    actor = replace(home.actor(), update_id=home.updates - 1)
    decision = home.do(Disarm(actor))
    assert decision.state is arm.state
    assert decision.effects == ()


def test_all_areas_are_armed_and_disarmed_together() -> None:
    areas = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Garden")}
    home = Home(replace(household(), areas=areas))
    home.arm()
    home.wait(MINUTE)
    assert {a.panel for a in home.state.areas.values()} == {PanelState.ARMED}
    home.see(clip(home.now, 1, network=GARDEN), clip(home.now, 2, network=GARDEN))
    assert home.panel() is PanelState.ARMED
    assert home.state.areas[GARDEN].panel is PanelState.TRIGGERED
    home.disarm()
    assert {a.panel for a in home.state.areas.values()} == {PanelState.DISARMED}


def test_events_of_two_areas_do_not_add_up() -> None:
    areas = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Garden")}
    home = Home(replace(household(), areas=areas))
    home.arm()
    home.wait(MINUTE)
    home.see(clip(home.now, network=HOUSE), clip(home.now, network=GARDEN))
    assert {a.panel for a in home.state.areas.values()} == {PanelState.ARMED}


# -- the exit delay --------------------------------------------------------------------------------


def extend(home: Home) -> None:
    home.do(ExtendExit(home.actor()))


def test_the_button_adds_a_minute() -> None:
    home = Home()
    home.arm()
    home.now += 30 * SECOND
    extend(home)
    assert home.area.deadline == NOON + 2 * MINUTE


def test_it_never_reaches_beyond_five_minutes_from_now() -> None:
    home = Home()
    home.arm()
    for _ in range(10):
        extend(home)
    assert home.area.deadline == NOON + 5 * MINUTE


def test_pressed_too_late_it_changes_nothing_and_says_so() -> None:
    home = Home().arm_now()
    before = home.area
    decision = home.do(ExtendExit(home.actor()))
    assert home.area == before
    (words,) = sentences(decision.effects, ANN)
    assert words == say(Notice.EXIT_OVER, asked="extend", network=None)


# -- disarming -------------------------------------------------------------------------------------


def test_disarming_is_answered_told_and_carried_to_blink() -> None:
    home = Home().arm_now()
    decision = home.disarm(BEN)
    assert home.panel() is PanelState.DISARMED
    assert home.area.changed_by == "Ben"
    assert said(decision.effects, BEN) == [Notice.DISARMED]
    assert said(decision.effects, ANN) == [Notice.DISARMED_BY]
    assert BlinkArmBody(HOUSE, armed=False) in [d.body for d in decision.effects]


def test_disarming_in_the_exit_delay_wins_over_its_end() -> None:
    home = Home()
    home.arm()
    home.wait(59 * SECOND)
    home.disarm()
    home.wait(MINUTE)
    assert home.panel() is PanelState.DISARMED


def test_disarming_at_the_moment_of_arming_wins_over_the_timer() -> None:
    home = Home()
    home.arm()
    home.now += MINUTE
    home.disarm()
    home.wait(SECOND)
    assert home.panel() is PanelState.DISARMED
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.state.incidents == {}


def test_disarming_a_disarmed_panel_answers_and_tells_nobody_else() -> None:
    home = Home()
    decision = home.disarm()
    assert said(decision.effects, ANN) == [Notice.DISARMED]
    assert said(decision.effects, BEN) == []


def test_disarming_closes_the_incident_and_stops_all_of_it() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    home.disarm()
    assert home.status() is IncidentStatus.CLOSED
    assert home.incident.verdict is Verdict.UNJUDGED
    assert home.incident.acted_by == "Ann"
    assert home.calls() == []
    assert of_kind(home.state.outbox.values(), AlertBody) == []
    home.live(5 * MINUTE)
    assert home.calls() == []


def test_the_answer_tells_whether_a_phone_rang() -> None:
    home = Home().arm_now()
    assert sentences(home.disarm().effects, ANN)[0].args["calls"] is None
    home.arm_now()
    home.burglary()
    assert sentences(home.disarm().effects, ANN)[0].args["calls"] == 0
    home.arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    assert sentences(home.disarm().effects, ANN)[0].args["calls"] == 1


def test_disarming_hangs_up_what_rings() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    decision = home.disarm()
    assert len(of_kind(decision.effects, HangUpBody)) == 1
    assert of_kind(home.state.outbox.values(), CallBody) == []


def test_the_disarm_button_of_an_open_alert_disarms() -> None:
    home = Home().arm_now()
    incident = home.burglary()
    home.disarm(incident=incident.id)
    assert home.panel() is PanelState.DISARMED


@pytest.mark.parametrize("known", [True, False], ids=["closed", "forgotten"])
def test_the_disarm_button_of_an_alert_that_is_over_only_answers(known: bool) -> None:
    home = Home().arm_now()
    incident = home.burglary()
    home.false_alarm()
    if not known:
        home.state = replace(home.state, incidents={})
    decision = home.disarm(incident=incident.id)
    assert home.panel() is PanelState.ARMED
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.INCIDENT_OVER
    assert words.args == {"panel": "armed"}


def test_after_disarming_nothing_counts() -> None:
    home = Home().arm_now()
    home.disarm()
    home.now += SECOND
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.DISARMED
    assert home.state.incidents == {}
