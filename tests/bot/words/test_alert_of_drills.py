"""The alert of a drill, and the captions of pictures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.calls import CallStatus
from alarm.core.state import State
from bot.words.alert import alert, caption
from bot.words.screen import status
from tests.bot.words import scenes
from tests.bot.words.looks import look, seen
from tests.bot.words.test_alert import alert_in
from tests.core.home import MINUTE, SECOND, clip


def test_a_drill_without_calls_says_that_no_phone_rings() -> None:
    home = scenes.drilled(with_calls=False)
    text = alert_in(home, scenes.drill(home))
    assert text.startswith("🧪 TEST\nStarted by Ann at 22:03. Nothing happened.")
    assert "No phone rings in this test" in text


def test_a_drill_shows_the_calls_as_an_alarm_does() -> None:
    home = scenes.drilled()
    assert "📞 Calling Phone 1 in 30 s" in alert_in(home, scenes.drill(home))
    home.wait(30 * SECOND)
    home.call(CallStatus.BUSY)
    home.call(CallStatus.BUSY)
    text = alert_in(home, scenes.drill(home))
    assert text.endswith("📵 Phone 1: busy\n📵 Phone 2: busy")


@pytest.mark.parametrize(("wait", "end"), [(MINUTE, "Ended by Ann"), (11 * MINUTE, "by itself")])
def test_a_drill_ends_by_a_person_or_by_itself(wait: timedelta, end: str) -> None:
    home = scenes.drilled(with_calls=False)
    home.wait(wait)
    if home.open_incidents:
        home.disarm(incident=scenes.drill(home).id)
    text = alert_in(home, scenes.drill(home))
    assert text.startswith("☑️ TEST over\n")
    assert end in text


def test_a_drill_that_a_real_alarm_ended_says_so() -> None:
    home = scenes.drilled(with_calls=False)
    home.arm_now()
    home.burglary()
    text = alert_in(home, scenes.drill(home))
    assert text.startswith("☑️ TEST over\n")
    assert "Ended by a real alarm" in text
    assert "ended by a real alarm" in seen(status(home.state, look(home.now)))


def test_a_caption_names_time_and_camera() -> None:
    home = scenes.alarmed()
    first = home.incident.events[0]
    assert caption(first, home.incident, look(home.now)) == "22:06:20 Garage"


def test_a_caption_in_a_drill_starts_with_test() -> None:
    home = scenes.drilled()
    event = clip(home.now)
    assert caption(event, scenes.drill(home), look(home.now)) == "TEST, 22:03:10 Hall"


def test_an_incident_without_a_known_area_is_still_told() -> None:
    home = scenes.alarmed()
    assert seen(alert(home.incident, State(), look(home.now))).startswith("🚨 ALARM: Garage")
