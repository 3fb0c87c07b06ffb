"""Those whom a call reached and who have a chat read there that it is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.calls import AnsweredBy, CallStatus
from alarm.core.closing import Told
from alarm.core.deliveries import Lane
from alarm.core.notices import Notice
from tests.core.home import ANN, BEN, MINUTE, PHONE_1, SECOND, VIC, Home, said, sentences
from tests.core.reached import ENDS, End, over_calls, reached


def linked(home: Home, user: int, number: str = PHONE_1) -> Home:
    """Say whose phone it is."""
    contacts = tuple(
        replace(c, user_id=user) if c.number == number else c for c in home.state.contacts
    )
    home.state = replace(home.state, contacts=contacts)
    return home


@ENDS
def test_whoever_has_a_chat_reads_it_there_instead_of_being_called(end: End) -> None:
    home = linked(reached(), BEN)
    decision = end(home, ANN)
    assert over_calls(home) == []
    over = [d for d in decision.effects if said([d]) == [Notice.ALARM_OVER]]
    assert [(d.target, d.lane) for d in over] == [(str(BEN), Lane.ALARM)]
    (words,) = sentences(over)
    assert words.args["by"] == "Ann"
    assert words.args["opened"] == home.incident.opened_at.isoformat()
    assert words.args["verdict"] == home.incident.verdict.value
    (answer,) = sentences(decision.effects, ANN)
    assert (answer.args["called_off"], answer.args["told_off"]) == ("", "Phone 1")


def test_a_viewer_reads_it_too() -> None:
    home = linked(reached(), VIC)
    assert said(home.false_alarm().effects, VIC) == [Notice.ALARM_OVER]


@ENDS
def test_whoever_ended_it_need_not_be_told(end: End) -> None:
    home = linked(reached(), BEN)
    assert Notice.ALARM_OVER not in said(end(home, BEN).effects)
    assert over_calls(home) == []


def test_a_chat_that_cannot_be_reached_does_not_stand_in_for_a_call() -> None:
    home = linked(reached(), BEN)
    ben = replace(home.state.people[str(BEN)], reachable=False)
    home.state = replace(home.state, people={**home.state.people, str(BEN): ben})
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


def test_somebody_who_left_the_household_is_called() -> None:
    home = linked(reached(), 4711)
    home.false_alarm()
    assert over_calls(home) == [PHONE_1]


@pytest.mark.parametrize(("after", "told"), [(300, True), (301, False)])
def test_the_window_is_five_minutes_in_chat_as_well(after: int, told: bool) -> None:
    home = linked(reached(), BEN)
    home.now += after * SECOND
    assert (Notice.ALARM_OVER in said(home.false_alarm().effects)) is told


def test_a_day_without_calls_left_still_tells_in_chat() -> None:
    home = linked(reached(), BEN)
    home.state = replace(home.state, calls_at=tuple([home.now] * 60))
    assert Notice.ALARM_OVER in said(home.false_alarm().effects)


def test_some_are_called_and_others_read_it() -> None:
    home = linked(reached(), BEN)
    home.wait(MINUTE)
    home.call(CallStatus.COMPLETED, AnsweredBy.HUMAN, duration=20)
    home.effects.clear()
    (answer,) = sentences(home.disarm().effects, ANN)
    assert (answer.args["called_off"], answer.args["told_off"]) == ("Phone 2", "Phone 1")


def test_told_together_each_name_comes_once() -> None:
    both = Told(("A",), ("B",)) + Told(("A", "C"), ("B",))
    assert both == Told(("A", "C"), ("B",))
