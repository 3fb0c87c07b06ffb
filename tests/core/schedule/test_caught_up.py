"""Edges that passed while the program was off, or under a clock that was wrong or set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.commands import Disarm
from alarm.core.inputs import ClockJumped, Started, Tick, ZoneConfigured
from alarm.core.notices import Notice
from alarm.core.schedule.windows import Window
from tests.core.home import (
    ANN,
    MINUTE,
    SECOND,
    said,
    sentences,
)
from tests.core.schedule.timed import (
    DAYS_OUT,
    NIGHT,
    NIGHTS,
    berlin,
    home_with,
)


def test_an_edge_that_passed_while_off_is_caught_up_when_the_clock_is_confirmed() -> None:
    home = home_with(NIGHTS)
    home.now = berlin("22:40")
    home.restart()
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.confirm()
    decision = home.wait(SECOND)
    assert home.is_now() == "armed night"
    (words,) = sentences(decision.effects, ANN)
    assert words.args["at"] == berlin("22:00").isoformat()


def test_of_several_edges_that_passed_while_off_the_newest_counts() -> None:
    home = home_with(NIGHTS, DAYS_OUT)
    home.at("22:00")
    home.now = berlin("2026-03-06 20:00")
    home.restart()
    home.confirm()
    decision = home.wait(SECOND)
    assert home.is_now() == "disarmed"
    assert [w.args["at"] for w in sentences(decision.effects, ANN)] == [
        berlin("2026-03-06 17:00").isoformat()
    ]


@pytest.mark.parametrize(("sent", "then"), [("21:59:59", "armed night"), ("22:00", "disarmed")])
def test_a_late_command_counts_from_when_it_was_sent(sent: str, then: str) -> None:
    home = home_with(NIGHTS, at="21:00")
    home.arm_now()
    home.now = berlin("22:30")
    home.restart()
    home.do(Disarm(replace(home.actor(), sent_at=berlin(sent))))
    home.confirm()
    home.wait(SECOND)
    assert home.is_now() == then


def test_a_host_that_starts_with_a_wrong_clock_waits_for_the_true_time() -> None:
    home = home_with(NIGHTS, at="20:00")
    home.now = berlin("2026-03-04 22:30")
    home.do(Started())
    home.wait(MINUTE)
    assert home.is_now() == "disarmed"
    # In truth it is two hours earlier.
    home.confirm(-2 * timedelta(hours=1))
    home.wait(SECOND)
    assert home.is_now() == "disarmed"
    home.wait(timedelta(hours=2))
    assert home.is_now() == "armed night"


def test_before_any_cloud_confirmed_the_clock_nothing_is_carried_out() -> None:
    home = home_with(NIGHTS, settled=False)
    home.state = replace(home.state, clock=replace(home.state.clock, skew=None))
    home.at("22:30")
    assert home.is_now() == "disarmed"


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_is_set_moves_no_edge(hours: int) -> None:
    home = home_with(NIGHTS, at="21:00")
    jump = timedelta(hours=hours)
    home.now += jump
    home.do(ClockJumped(jump))
    home.wait(timedelta(minutes=59, seconds=59))
    assert home.is_now() == "disarmed"
    home.wait(SECOND)
    assert home.is_now() == "armed night"


def test_a_changed_zone_moves_the_edges_and_is_told_once() -> None:
    home = home_with(NIGHTS)
    decision = home.do(ZoneConfigured("Europe/Lisbon"))
    assert said(decision.effects) == [Notice.ZONE_CHANGED] * 2
    assert said(home.do(ZoneConfigured("Europe/Lisbon")).effects) == []
    home.at("22:00")
    assert home.is_now() == "disarmed"
    home.at("23:00")
    assert home.is_now() == "armed night"


def test_a_changed_zone_is_no_news_without_a_schedule() -> None:
    home = home_with()
    assert said(home.do(ZoneConfigured("Europe/Lisbon")).effects) == []


def test_in_the_night_of_the_doubled_hour_everything_happens_once() -> None:
    home = home_with(Window((6,), 2 * 60 + 15, 2 * 60 + 45, NIGHT, 1), at="2026-10-25 01:00")
    changes = []
    before = home.is_now()
    while home.now < berlin("2026-10-25 05:00"):
        home.wait(MINUTE)
        if home.is_now() != before:
            changes.append((f"{home.now:%H:%M}", home.is_now()))
            before = home.is_now()
    assert changes == [("00:15", "armed night"), ("00:45", "disarmed")]


def test_restarting_every_hour_changes_nothing_of_a_day() -> None:
    home, often = home_with(NIGHTS, DAYS_OUT), home_with(NIGHTS, DAYS_OUT)
    for _ in range(30 * 12):
        home.wait(5 * MINUTE)
        often.now += 5 * MINUTE
        often.restart()
        often.confirm()
        often.do(Tick())
        assert often.is_now() == home.is_now()
        assert often.timing == home.timing
