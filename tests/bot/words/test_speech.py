"""What a phone says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.commands import Panic
from alarm.core.incident import Incident, IncidentKind, Verdict
from alarm.phone.speech import MAX_CHARACTERS, alarm_twiml
from bot.words.speech import said, said_names, spoken, spoken_over
from tests.bot.words import scenes
from tests.bot.words.looks import look
from tests.core.home import ANN, BEN, HOUR, Home, clip


def test_an_alarm_is_told_with_what_where_when_and_what_to_do() -> None:
    home = scenes.alarmed()
    assert spoken(home.incident, home.state, look(home.now)) == (
        "This is your Blink alarm. Motion at Garage and Hall, 3 times, at 22:06. "
        "Open Telegram and press Acknowledge to stop the calls."
    )


def test_a_drill_says_first_that_it_is_a_test() -> None:
    home = scenes.drilled()
    text = spoken(scenes.drill(home), home.state, look(home.now))
    assert text.startswith("This is a test.")
    assert "Motion" not in text


def test_a_late_alarm_says_how_long_ago_it_was() -> None:
    home = scenes.armed()
    at = home.now
    home.wait(3 * HOUR)
    home.see(clip(at), clip(at, 1))
    text = spoken(home.incident, home.state, look(home.now))
    assert "on Wednesday at 22:07, 3 hours ago." in text


def test_the_area_is_said_only_in_a_home_with_several() -> None:
    home = scenes.alarmed()
    two = scenes.two_areas(home.state)
    assert "for House" not in spoken(home.incident, home.state, look(home.now))
    assert "Blink alarm for House." in spoken(home.incident, two, look(home.now))


@pytest.mark.parametrize(
    ("verdict", "by", "end"),
    [
        (Verdict.FALSE_ALARM, "Ann", "It was a false alarm, says Ann."),
        (Verdict.FALSE_ALARM, "🙂", "It was a false alarm."),
        (Verdict.UNJUDGED, "Ann", "Ann has ended it."),
        (Verdict.UNJUDGED, "", "It was ended."),
        (Verdict.TEST, "Ann", "It was a test."),
    ],
)
def test_the_call_that_it_is_over_says_who_ended_it(verdict: Verdict, by: str, end: str) -> None:
    home = scenes.judged()
    text = spoken_over(replace(home.incident, verdict=verdict, acted_by=by), look(home.now))
    assert text == f"This is your Blink alarm. The alarm at 22:07 is over. {end} {TAIL}"


TAIL = "You need not do anything."


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("Front-Door", "Front-Door"),
        ("Ann's room", "Ann's room"),
        ("🚗 Garage_2 <b>", "Garage 2 b"),
        ("--", ""),
        ("Küche & Diele", "Küche Diele"),
        ("one two three four five six seven", "one two three four five six"),
        ("x" * 50, "x" * 30),
    ],
)
def test_names_are_cleaned_for_the_voice(name: str, heard: str) -> None:
    assert said(name) == heard


@pytest.mark.parametrize(
    ("names", "heard"),
    [
        ([], "home"),
        (["🙂"], "home"),
        (["A", "A"], "A"),
        (["A", "B", "A"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_at_most_three_names_are_said_each_once(names: list[str], heard: str) -> None:
    assert said_names(names, otherwise="home") == heard


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60), min_size=1, max_size=9))
def test_any_name_makes_a_short_sentence_that_twilio_takes(names: list[str]) -> None:
    home = scenes.alarmed()
    events = tuple(
        replace(clip(home.now, n, camera=f"c{n}"), camera_name=name) for n, name in enumerate(names)
    )
    incident = replace(home.incident, events=events, area_name=names[0], acted_by=names[-1])
    state = scenes.two_areas(home.state)
    for text in (
        spoken(incident, state, look(home.now)),
        spoken_over(replace(incident, verdict=Verdict.FALSE_ALARM), look(home.now)),
    ):
        assert len(text) < 400
        assert not re.search(r"[<>&\n]|  ", text)
        assert alarm_twiml(text).count(text.split(".")[0]) == 3
        assert len(alarm_twiml(text)) < MAX_CHARACTERS


def test_a_wrong_clock_of_the_computer_does_not_change_how_long_ago_it_was() -> None:
    home = scenes.armed()
    home.wait(HOUR)
    at = home.now - timedelta(minutes=20)
    home.see(clip(at), clip(at, 1))
    late = home.incident
    skew = timedelta(minutes=10)
    state = replace(home.state, clock=replace(home.state.clock, skew=skew))
    assert "20 minutes ago" in spoken(late, home.state, look(home.now))
    assert "20 minutes ago" in spoken(late, state, look(home.now - skew))


def both_alarms() -> tuple[Home, Incident, Incident]:
    """Return a home in which motion and a panic button raised an alarm each."""
    home = scenes.at_home()
    home.do(Panic(home.actor(BEN), home.now))
    (panic,) = home.open_incidents
    home.arm_now()
    home.burglary()
    return home, panic, home.incident


def test_a_call_names_whatever_else_is_open_and_how_to_stop_it_all() -> None:
    home, panic, burglary = both_alarms()
    view = look(home.now)
    end = "Open Telegram and send slash ack to stop the calls for all of it."
    assert spoken(panic, home.state, view) == (
        "This is your Blink alarm. Ben pressed the panic button. "
        f"And there is motion at {said(burglary.events[0].camera_name)}. {end}"
    )
    text = spoken(burglary, home.state, view)
    assert text.endswith(f"And Ben pressed the panic button. {end}")
    assert "press Acknowledge" not in text


def test_what_somebody_took_care_of_is_not_named_in_the_call_for_another() -> None:
    home, panic, burglary = both_alarms()
    home.acknowledge(incident=panic.id)
    text = spoken(burglary, home.state, look(home.now))
    assert "panic" not in text
    assert text.endswith("Open Telegram and press Acknowledge to stop the calls.")


def test_what_is_hidden_from_somebody_is_named_in_no_other_call() -> None:
    home, panic, burglary = both_alarms()
    hidden = replace(panic, kind=IncidentKind.DURESS, hidden_from=frozenset({ANN}))
    state = replace(home.state, incidents={**home.state.incidents, panic.id: hidden})
    alone = replace(home.state, incidents={burglary.id: burglary})
    view = look(home.now)
    assert spoken(burglary, state, view) == spoken(burglary, alone, view)


def test_of_many_alarms_two_others_are_named() -> None:
    home, panic, burglary = both_alarms()
    more = {
        f"x{n}": replace(burglary, id=f"x{n}", area_name=f"Area {n}", opened_at=home.now)
        for n in range(4)
    }
    state = scenes.two_areas(replace(home.state, incidents={**more, panic.id: panic}))
    text = spoken(panic, state, look(home.now))
    assert text.count("And there is motion at ") == 2
    assert "in Area 0" in text
    assert "And 2 more alarms are open." in text
