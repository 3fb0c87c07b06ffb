"""The panic alarm: by hand, armed or not, with the whole plan and without abort window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from alarm.core.calls import CallStatus
from alarm.core.commands import Panic
from alarm.core.draft import Decision
from alarm.core.incident import Incident, IncidentKind, IncidentStatus, Phase, Verdict
from alarm.core.inputs import ClockJumped, Tick
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    PHONE_1,
    SECOND,
    Home,
    alerts,
    clip,
    said,
)


def panic(home: Home, user: int = BEN, ago: timedelta = timedelta(0)) -> Decision:
    return home.do(Panic(home.actor(user), home.now - ago))


def raised(home: Home) -> Incident:
    (incident,) = [i for i in home.state.incidents.values() if i.kind is IncidentKind.PANIC]
    return incident


def test_everybody_hears_of_it_and_the_first_phone_rings_at_once() -> None:
    home = Home()
    decision = panic(home)
    assert alerts(decision.effects) == [str(ANN), str(BEN)]
    assert raised(home).opened_by == "Ben"
    home.do(Tick())
    assert home.called() == [PHONE_1]


@pytest.mark.parametrize("ends", ["false alarm", "by itself"])
@pytest.mark.parametrize(
    "before", [PanelState.DISARMED, PanelState.ARMING, PanelState.ARMED, PanelState.PENDING]
)
def test_the_panel_stays_as_it_is(before: PanelState, ends: str) -> None:
    home = Home()
    if before is not PanelState.DISARMED:
        home.arm()
    if before in (PanelState.ARMED, PanelState.PENDING):
        home.wait(MINUTE)
    panic(home)
    panel = home.panel()
    if ends == "false alarm":
        home.false_alarm(incident=raised(home).id)
        assert raised(home).verdict is Verdict.FALSE_ALARM
    else:
        home.acknowledge()
    assert home.panel() is panel
    if ends == "by itself":
        home.wait(30 * MINUTE)
    assert raised(home).status is IncidentStatus.CLOSED


@pytest.mark.parametrize(
    ("ago", "rings"), [(-6, False), (-5, True), (0, True), (60, True), (61, False)]
)
def test_the_second_tap_is_good_for_a_minute_and_asked_anew_after_it(ago: int, rings: bool) -> None:
    home = Home()
    decision = panic(home, ago=ago * SECOND)
    assert bool(home.state.incidents) is rings
    assert said(decision.effects) == ([] if rings else [Notice.PANIC_ASK])


def test_a_second_press_of_the_same_button_rings_once() -> None:
    home = Home()
    panic(home)
    home.now += 3 * SECOND
    decision = panic(home, ago=3 * SECOND)
    assert raised(home).waves == 1
    assert alerts(decision.effects) == []


@pytest.mark.parametrize("ends", [Home.disarm, Home.false_alarm])
def test_a_question_of_before_its_end_is_asked_anew(
    ends: Callable[..., Decision],
) -> None:
    home = Home()
    panic(home)
    home.now += 10 * SECOND
    ends(home, incident=raised(home).id)
    home.now += 5 * SECOND
    decision = panic(home, ANN, ago=6 * SECOND)
    assert said(decision.effects, ANN) == [Notice.PANIC_ASK]
    assert home.open_incidents == []
    panic(home, ANN, ago=5 * SECOND)
    assert [i.kind for i in home.open_incidents] == [IncidentKind.PANIC]


def test_disarm_ends_it_disarmed_or_not() -> None:
    home = Home()
    panic(home)
    home.do(Tick())
    home.disarm()
    assert raised(home).status is IncidentStatus.CLOSED
    home = Home().arm_now()
    panic(home)
    home.disarm(incident=raised(home).id)
    assert raised(home).status is IncidentStatus.CLOSED
    assert home.panel() is PanelState.DISARMED


def test_an_alarm_that_is_acknowledged_rings_again_at_once() -> None:
    home = Home().arm_now()
    home.burglary()
    home.deliver_chat()
    home.acknowledge()
    home.wait(MINUTE)
    decision = panic(home)
    assert [i.kind for i in home.state.incidents.values()] == [IncidentKind.BURGLARY]
    assert (home.incident.status, home.incident.waves) == (IncidentStatus.OPEN, 2)
    assert home.incident.panic_by == "Ben"
    assert alerts(decision.effects) == [str(ANN), str(BEN)]
    home.do(Tick())
    assert home.called() == [PHONE_1]


def test_in_the_abort_window_it_rings_at_once() -> None:
    home = Home().arm_now()
    home.burglary()
    panic(home)
    home.do(Tick())
    assert home.called() == [PHONE_1]


def test_a_call_that_rings_goes_on_as_the_first_of_the_new_wave() -> None:
    home = Home().arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    home.call(CallStatus.RINGING)
    panic(home)
    wave = home.incident.wave
    assert wave is not None
    assert (wave.phase, wave.cycle) == (Phase.CALLING, 1)
    home.do(Tick())
    assert home.called() == [PHONE_1]
    assert len(home.calls()) == 1


def test_a_test_gives_way_and_none_begins_meanwhile() -> None:
    home = Home()
    home.drill(with_calls=True)
    panic(home)
    assert [i.kind for i in home.open_incidents] == [IncidentKind.PANIC]
    assert [i.overtaken for i in home.state.incidents.values()] == [True, False]
    decision = home.drill()
    assert said(decision.effects) == [Notice.DRILL_REFUSED]


def test_motion_meanwhile_is_an_alarm_of_its_own() -> None:
    home = Home().arm_now()
    panic(home)
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert {i.kind for i in home.open_incidents} == {IncidentKind.PANIC, IncidentKind.BURGLARY}


def test_it_goes_on_over_a_clock_that_is_set() -> None:
    home = Home()
    panic(home)
    home.now += HOUR
    home.do(ClockJumped(HOUR))
    assert raised(home).panic_at == home.now
    home.do(Tick())
    assert home.called() == [PHONE_1]
