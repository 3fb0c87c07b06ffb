"""What a newer command overtook is said to be off, in the answer and to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import PanelBody, WordsBody
from alarm.core.draft import Decision
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from bot.words.notices import sentence
from bot.words.panel import panel
from bot.words.schedule import schedule_page
from bot.words.screen import status
from tests.bot.words.looks import look, seen
from tests.bot.words.told import said_in
from tests.core.home import ANN, BEN
from tests.core.schedule.timed import AWAY, HOME, TimedHome, home_with

EVENING = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY, 1)


def read(home: TimedHome, decision: Decision, chat: int) -> str:
    """Return what a chat reads of the panel or in words, one after the other."""
    pages = []
    for body in (d.body for d in decision.effects if d.target == str(chat)):
        if isinstance(body, PanelBody):
            pages.append(panel(body, home.state, look(home.now)))
        elif isinstance(body, WordsBody):
            pages.append(sentence(body.words, home.state, look(home.now)))
    return "\n---\n".join(seen(page) for page in pages)


def test_a_plan_that_is_overtaken_is_told_to_both() -> None:
    home = home_with()
    home.later("12:10")
    decision = home.do(Disarm(home.actor(BEN)))
    off = "The arming (away) planned for 12:10 is off."
    assert read(home, decision, BEN) == f"🔓 Now disarmed.\n{off}"
    assert read(home, decision, ANN).startswith(f"👍 Stays as it is, said Ben.\n{off}\n")


def test_an_arming_without_an_end_tells_that_the_end_is_off() -> None:
    home = home_with()
    home.hold("15:00", armed=True, mode=HOME)
    decision = home.do(Arm(home.actor(BEN), HOME))
    assert "The disarming planned for 15:00 is off." in read(home, decision, BEN)
    assert "Until" not in read(home, decision, BEN)
    assert "The disarming planned for 15:00 is off." in read(home, decision, ANN)


def test_a_disarm_that_leaves_what_was_put_off_says_when_it_comes() -> None:
    home = home_with(EVENING, at="17:55")
    home.skip("18:00", timedelta(hours=1))
    decision = home.do(Disarm(home.actor(BEN)))
    assert read(home, decision, BEN) == (
        "🔓 Now disarmed.\nTo be armed (away) at 19:00 (in 1 h 5 min)."
    )


@pytest.mark.parametrize("page", [status, schedule_page])
def test_a_planned_arming_is_told_once(page: object) -> None:
    home = home_with(EVENING)
    home.later("12:10")
    text = seen((status if page is status else schedule_page)(home.state, look(home.now)))
    assert text.count("12:10") == 1
    assert "To be armed (away) at 12:10 (in 10 min)." in text
    assert "Next" not in text


def test_an_edge_before_a_planned_arming_is_next() -> None:
    home = home_with(replace(EVENING, start=12 * 60 + 5))
    home.later("12:10")
    text = seen(status(home.state, look(home.now)))
    assert "Next: armed (away) at 12:05" in text
    assert "To be armed (away) at 12:10" in text


def test_what_nobody_can_read_is_left_out() -> None:
    text = said_in(notice=Notice.HOLD_KEPT, off="x=y,,=away", until=None)
    assert "planned for" not in text
    many = ",".join(f"2026-03-04T21:{n}:00+00:00=away" for n in range(10, 20))
    assert said_in(notice=Notice.HOLD_KEPT, off=many).count("planned for") == 5
