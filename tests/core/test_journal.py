"""Who did what when, and what the alarm decided; and how loudly it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alarm.core.calls import CallStatus
from alarm.core.deliveries import Lane, PanelBody, PanelEditBody, WordsBody
from alarm.core.incident import IncidentStatus
from alarm.core.inputs import (
    ClockJumped,
    Drill,
    ExtendExit,
    FalseAlarm,
    NumbersConfigured,
    OwnerConfigured,
)
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    NOON,
    PHONE_1,
    SECOND,
    Home,
    clip,
    household,
    of_kind,
    said,
    settings,
)


def journal(home: Home) -> list[dict[str, Any]]:
    return [dict(row.data) for row in home.rows if row.kind == "journal"]


def of_incident(home: Home) -> list[dict[str, Any]]:
    """Return what was written of the incident, without what was opened."""
    rows = [dict(row.data) for row in home.rows if row.kind == "incident"]
    return [row for row in rows if row["what"] != "alert arrived"]


def loudness(home: Home, notice: Notice, chat: int) -> tuple[Lane, bool]:
    """Tell in which lane a sentence goes and whether it is silent."""
    told = [d for d in home.effects if d.target == str(chat)]
    (found,) = [d for d in told if said([d]) == [notice]]
    assert isinstance(found.body, WordsBody)
    return found.lane, found.body.silent


def test_arming_and_disarming_are_written_with_the_name() -> None:
    home = Home()
    home.arm(ANN)
    home.deliver_chat()
    home.do(ExtendExit(home.actor(BEN)))
    home.wait(2 * MINUTE)
    home.disarm(BEN)
    home.disarm(BEN)
    rows = [row for row in journal(home) if "Blink" not in str(row["what"])]
    assert rows == [
        {"what": "arm", "by": "Ann", "mode": "away"},
        {"what": "extend exit delay", "by": "Ben"},
        {"what": "armed", "area": "House", "mode": "away"},
        {"what": "disarm", "by": "Ben"},
    ]


def test_each_row_has_its_own_number_and_its_time() -> None:
    home = Home()
    home.arm(ANN)
    home.wait(MINUTE)
    home.disarm(BEN)
    assert [row.id for row in home.rows] == list(range(1, len(home.rows) + 1))
    assert home.rows[0].at == NOON
    assert home.rows[-1].at == NOON + MINUTE


def test_the_life_of_an_incident_is_written() -> None:
    home = Home().arm_now()
    home.wait(HOUR)
    at = home.now
    home.now += 40 * SECOND
    home.see(clip(at, 1), clip(at, 2))
    home.deliver_chat()
    home.wait(30 * SECOND)
    home.call(CallStatus.BUSY)
    home.acknowledge(BEN)
    home.false_alarm(ANN)
    opened, *rest = of_incident(home)
    assert opened == {
        "id": "i1",
        "what": "opened",
        "sort": "burglary",
        "area": "House",
        "count": 2,
        "late": 40.0,
    }
    assert rest == [
        {"id": "i1", "what": "call", "contact": "Phone 1"},
        {"id": "i1", "what": "call", "contact": "Phone 2"},
        {"id": "i1", "what": "acknowledged", "by": "Ben"},
        {"id": "i1", "what": "closed", "by": "Ann", "verdict": "false alarm"},
    ]


def test_a_new_wave_and_a_plan_that_is_used_up_are_written() -> None:
    home = Home(household(phones=0)).arm_now()
    home.burglary()
    home.wait(30 * SECOND)
    home.acknowledge()
    home.now += 10 * MINUTE
    home.see(clip(home.now, 1), clip(home.now, 2))
    rows = of_incident(home)
    assert {"id": "i1", "what": "nobody reacted"} in rows
    assert {"id": "i1", "what": "new wave", "count": 4} in rows


def test_an_entry_delay_is_written() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND))).arm_now()
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert {"what": "entry delay", "area": "House", "cameras": "Hall"} in journal(home)


def test_a_drill_is_written() -> None:
    home = Home()
    home.do(Drill(home.actor(BEN), with_calls=True))
    assert journal(home) == [{"what": "drill", "by": "Ben", "with_calls": True}]
    assert of_incident(home)[0]["sort"] == "drill"


def test_what_the_configuration_changes_is_written() -> None:
    home = Home()
    home.do(OwnerConfigured(BEN))
    home.do(NumbersConfigured((PHONE_1,)))
    home.do(ClockJumped(HOUR))
    assert journal(home) == [
        {"what": "owner set by configuration", "user": BEN},
        {"what": "phone numbers set by configuration", "count": 1},
        {"what": "clock jumped", "seconds": 3600.0},
    ]


# -- how loud --------------------------------------------------------------------------------------


def test_answers_go_with_the_alarms_and_news_of_others_is_silent() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm(ANN)
    home.disarm(ANN)
    assert loudness(home, Notice.ARMED_BY, BEN) == (Lane.CHAT, True)
    assert loudness(home, Notice.FALSE_ALARM, ANN) == (Lane.ALARM, False)
    assert loudness(home, Notice.FALSE_ALARM, BEN) == (Lane.CHAT, True)
    assert loudness(home, Notice.DISARMED, ANN) == (Lane.ALARM, False)
    assert loudness(home, Notice.DISARMED_BY, BEN) == (Lane.CHAT, True)


def test_the_end_of_a_drill_and_a_close_by_itself_are_told_like_that() -> None:
    home = Home().arm_now()
    home.drill()
    home.do(FalseAlarm(home.actor(ANN), "i1"))
    assert loudness(home, Notice.DRILL_ENDED, ANN) == (Lane.ALARM, False)
    home.burglary()
    home.acknowledge()
    home.wait(HOUR)
    assert loudness(home, Notice.AUTO_CLOSED, BEN) == (Lane.CHAT, True)


def test_an_answer_to_arming_is_worth_two_minutes() -> None:
    home = Home()
    home.arm()
    (answer,) = of_kind(home.effects, PanelBody)
    assert (answer.lane, answer.expires_at) == (Lane.ALARM, home.now + 2 * MINUTE)


# -- the panel message tells of alarms, too --------------------------------------------------------


def test_the_panel_message_follows_an_incident_to_its_end() -> None:
    home = Home().arm_now()
    home.deliver_chat()
    edits = len(of_kind(home.effects, PanelEditBody))
    home.burglary()
    assert len(of_kind(home.effects, PanelEditBody)) == edits + 1
    home.deliver_chat()
    home.false_alarm()
    assert len(of_kind(home.effects, PanelEditBody)) == edits + 2
    home.deliver_chat()
    home.now += SECOND
    home.burglary(3, camera="yard")
    home.acknowledge()
    home.deliver_chat()
    before = len(of_kind(home.effects, PanelEditBody))
    home.wait(HOUR)
    assert home.status() is IncidentStatus.CLOSED
    assert home.panel() is PanelState.ARMED
    assert len(of_kind(home.effects, PanelEditBody)) == before + 1


# -- odds and ends of commands ---------------------------------------------------------------------


def test_disarming_ends_a_drill_that_runs_beside_it() -> None:
    home = Home()
    home.drill()
    decision = home.disarm()
    assert said(decision.effects, ANN) == [Notice.DRILL_ENDED, Notice.DISARMED]
    assert home.open_incidents == []


def test_a_command_ends_the_doubt_about_a_lost_state() -> None:
    for act in (Home.arm, Home.disarm):
        home = Home(replace(household(), in_doubt=True))
        act(home)
        assert not home.state.in_doubt


def test_more_time_to_leave_is_only_for_those_who_are_leaving() -> None:
    home = Home(replace(household(), settings=settings(entry_delay=30 * SECOND))).arm_now()
    home.see(clip(home.now, 1), clip(home.now, 2))
    deadline = home.area.deadline
    home.do(ExtendExit(home.actor()))
    assert home.area.deadline == deadline


def test_a_late_event_is_never_shown_in_a_drill() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm()
    at = home.now
    home.state = replace(home.state, incidents={})
    home.drill()
    home.now += MINUTE
    home.wait(10 * MINUTE)
    home.see(clip(at, 7))
    (drill,) = home.state.incidents.values()
    assert drill.events == ()
