"""The panic alarm as people read and hear it."""

from __future__ import annotations

from dataclasses import replace

from alarm.core.commands import Panic
from alarm.core.deliveries import say
from alarm.core.incident import Incident, IncidentKind
from alarm.core.notices import Notice
from bot.words.alert import alert
from bot.words.notices import sentence
from bot.words.screen import status
from bot.words.speech import spoken
from tests.bot.words.looks import look, pressable, seen, without_icon
from tests.bot.words.scenes import acknowledged, at_home
from tests.core.home import Home


def raised(home: Home) -> Incident:
    home.do(Panic(home.actor(), home.now))
    return list(home.state.incidents.values())[-1]


def test_the_question_says_what_its_button_will_do() -> None:
    home = at_home()
    asked = sentence(say(Notice.PANIC_ASK), home.state, look(home.now))
    assert pressable(asked) == ["Yes, alarm now"]
    assert "2 phones will be called at once" in seen(asked)
    assert "does not call the police" in seen(asked)
    home.state = replace(home.state, contacts=())
    asked = sentence(say(Notice.PANIC_ASK), home.state, look(home.now))
    assert "No phone can be called" in seen(asked)


def test_its_alert_starts_with_the_word_and_says_who_pressed() -> None:
    home = at_home()
    page = alert(raised(home), home.state, look(home.now))
    text = seen(page)
    assert without_icon(text).startswith("ALARM: Ann")
    assert "Ann pressed the panic button at" in text
    assert "0 events" not in text
    assert pressable(page) == ["Acknowledge", "False alarm", "Disarm"]


def test_pressed_during_another_alarm_it_says_so_there() -> None:
    home = acknowledged()
    home.do(Panic(home.actor(), home.now))
    assert home.incident.kind is IncidentKind.BURGLARY
    text = seen(alert(home.incident, home.state, look(home.now)))
    assert "Ann pressed the panic button." in text


def test_the_phone_says_who_pressed() -> None:
    home = at_home()
    assert "Ann pressed the panic button" in spoken(raised(home), home.state, look(home.now))


def test_status_names_the_panel_first_and_then_the_panic_alarm() -> None:
    home = at_home()
    raised(home)
    page = status(home.state, look(home.now))
    lines = seen(page).splitlines()
    assert "disarmed" in lines[0]
    assert "Panic by Ann" in lines[1]
    assert "Everything works" not in seen(page)
    assert pressable(page)[:3] == ["Acknowledge", "False alarm", "Disarm"]
