"""What stands above everything else in /status, for those who may know it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import FalseAlarm
from alarm.core.schedule.windows import Schedule
from alarm.core.secrecy import seen_from
from bot.pages import Press
from bot.words import screen
from tests.bot.words.looks import look, pressable, seen, well
from tests.core.home import ANN, BEN, Home
from tests.core.pinned import DURESS, GROUP, PIN, disarm, pinned_home
from tests.core.schedule.timed import NIGHTS, home_with

FORCED = "🆘 Ann is being forced since 13:01"


def forced() -> Home:
    """Return a home in which Ann typed the duress PIN."""
    home = pinned_home()
    home.state = well(home.state)
    home.arm_now()
    home.state = well(home.state)
    disarm(home, DURESS)
    return home


def status(home: Home, chat: int) -> list[str]:
    return seen(screen.status(seen_from(home.state, chat), look(home.now))).splitlines()


def test_the_others_read_of_an_open_call_for_help_before_all_else_but_the_panel() -> None:
    home = forced()
    lines = status(home, BEN)
    assert lines[0].startswith("🔓 Now disarmed")
    assert lines[1] == f"{FORCED}. Nobody has acknowledged yet"
    assert "✅ Everything works." not in lines
    page = screen.status(seen_from(home.state, BEN), look(home.now))
    assert pressable(page)[:2] == ["Acknowledge", "Arm"]


def test_an_acknowledged_one_still_stands_there() -> None:
    home = forced()
    (incident,) = home.open_incidents
    home.acknowledge(BEN, incident.id)
    assert status(home, BEN)[1] == f"{FORCED}. Acknowledged by Ben"
    page = screen.status(seen_from(home.state, BEN), look(home.now))
    assert pressable(page)[0] == "Arm"


def test_it_hides_no_button_of_another_alarm_and_takes_the_place_of_none() -> None:
    home = forced()
    home.arm_now()
    home.burglary()
    alarm = home.incident.id
    page = screen.status(seen_from(home.state, BEN), look(home.now))
    false = [b.about for row in page.buttons for b in row if b.press is Press.FALSE_ALARM]
    assert false == [alarm]
    home.do(FalseAlarm(home.actor(BEN), alarm, PIN))
    page = screen.status(seen_from(home.state, BEN), look(home.now))
    assert pressable(page)[:2] == ["Acknowledge", "Disarm"]


@pytest.mark.parametrize("chat", [ANN, GROUP])
def test_who_is_forced_and_the_group_read_that_everything_works(chat: int) -> None:
    lines = status(forced(), chat)
    assert "✅ Everything works." in lines
    assert not any("forced" in line or "duress" in line.casefold() for line in lines)


@pytest.mark.parametrize("off", [True, False])
def test_a_schedule_that_is_off_is_said(off: bool) -> None:
    home = home_with(NIGHTS)
    calendar = replace(home.state.calendar, schedule=Schedule((NIGHTS,), off))
    lines = status(Home(replace(well(home.state), calendar=calendar), home.now), ANN)
    assert ("🗓 The schedule is off: no window counts." in lines) is off
