"""How the program tells of itself: a restart, a doubtful state, a wrong clock, a late word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import say
from alarm.core.notices import Notice
from bot.words.notices import sentence
from tests.bot.words.looks import look, pressable, seen
from tests.bot.words.told import SCENES, said_in


def test_after_a_restart_the_state_comes_first() -> None:
    assert said_in(notice=Notice.STARTED, scene="disarmed") == (
        "🔓 Now disarmed since 22:07 by Ann\n"
        "The program was off for 3 min and runs again.\n"
        "2 messages may come twice."
    )


def test_after_a_restart_it_says_that_blink_does_not_watch() -> None:
    home = SCENES["armed"]
    words = say(Notice.STARTED, down=180.0, again=0)
    assert "NOT WATCHING" not in seen(sentence(words, home.state, look(home.now)))
    area = replace(home.area, armed_at_blink=False)
    state = replace(home.state, areas={area.network_id: area})
    shown = seen(sentence(words, state, look(home.now))).splitlines()
    assert shown[0].startswith("🔒 Now armed")
    assert shown[1].startswith("⛔ NOT WATCHING. Blink itself is disarmed")
    assert shown[2] == "The program was off for 3 min and runs again."


@pytest.mark.parametrize("lost", [True, False])
def test_a_doubtful_state_asks_how_it_shall_be(lost: bool) -> None:
    home = SCENES["armed"]
    page = sentence(say(Notice.STATE_DOUBT, detail="", lost=lost), home.state, look(home.now))
    assert pressable(page) == ["Arm", "Disarm"]
    assert ("I do not know" in seen(page)) is lost


@pytest.mark.parametrize(
    ("seconds", "way"), [(180, "3 min slow"), (-180, "3 min fast"), (-3600, "1 h fast")]
)
def test_a_wrong_clock_is_told_with_its_direction(seconds: int, way: str) -> None:
    assert way in said_in(notice=Notice.CLOCK_OFF, seconds=seconds)


@pytest.mark.parametrize(("command", "named"), [("/clip", "/clip"), ("message", "a message")])
def test_what_came_too_late_is_named(command: str, named: str) -> None:
    assert f"You sent {named} 1 h" in said_in(notice=Notice.TOO_OLD, command=command)
