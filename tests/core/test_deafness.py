"""Commands that are not heard are told while something can be told, and so is the end of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.deliveries import WordsBody
from alarm.core.inputs import ClockJumped, CommandsDeaf, CommandsHeard, Started
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    VIC,
    Home,
    of_kind,
    said,
    sentences,
)

WORDS = (Notice.DEAF, Notice.HEARD)


def deaf(home: Home, reason: str = "another program", since: timedelta = timedelta(0)) -> None:
    home.do(CommandsDeaf(reason, home.now - since))


def told(home: Home, chat: int = ANN) -> list[Notice]:
    return [notice for notice in said(home.effects, chat) if notice in WORDS]


@pytest.mark.parametrize("armed", [True, False])
def test_it_is_told_after_ninety_seconds_and_once_armed_or_not(armed: bool) -> None:
    home = Home().arm_now() if armed else Home()
    since = home.now
    home.wait(60 * SECOND)
    deaf(home, since=60 * SECOND)
    home.wait(29 * SECOND)
    deaf(home)
    assert told(home) == []
    home.wait(SECOND)
    deaf(home)
    (words,) = [w for w in sentences(home.effects, BEN) if w.notice in WORDS]
    assert words.args == {"since": since.isoformat(), "reason": "another program"}
    home.wait(HOUR)
    deaf(home)
    assert told(home) == [Notice.DEAF]
    assert told(home, VIC) == []
    loud = [
        not d.body.silent
        for d in of_kind(home.effects, WordsBody)
        if isinstance(d.body, WordsBody) and d.body.words.notice is Notice.DEAF
    ]
    assert loud == [armed, armed]


def test_its_end_is_told_to_those_who_were_told_of_it() -> None:
    home = Home()
    since = home.now
    home.wait(90 * SECOND)
    deaf(home, since=90 * SECOND)
    home.deliver_chat()
    home.do(CommandsHeard())
    (words,) = [w for w in sentences(home.effects, BEN) if w.notice is Notice.HEARD]
    assert words.args == {"since": since.isoformat()}
    health = home.state.health
    assert (health.deaf_since, health.deaf_reason, health.deaf_told) == (None, "", False)


def test_whom_the_trouble_never_reached_hears_nothing_of_its_end() -> None:
    home = Home()
    home.wait(90 * SECOND)
    deaf(home, since=90 * SECOND)
    (anns,) = [d for d in home.waiting() if said([d], ANN) == [Notice.DEAF]]
    home.deliver(anns)
    home.do(CommandsHeard())
    assert told(home, ANN) == [Notice.DEAF, Notice.HEARD]
    assert [n for n in said(home.waiting(), BEN) if n in WORDS] == []


def test_an_end_before_it_was_told_is_not_told() -> None:
    home = Home()
    deaf(home, since=60 * SECOND)
    home.do(CommandsHeard())
    home.wait(HOUR)
    assert told(home) == []


def test_a_restart_keeps_it_and_tells_it_only_when_it_is_seen_again() -> None:
    home = Home()
    deaf(home, since=60 * SECOND)
    since = home.state.health.deaf_since
    home.now += HOUR
    home.do(Started())
    home.wait(SECOND)
    assert told(home) == []
    deaf(home, since=60 * SECOND)
    assert told(home) == [Notice.DEAF]
    assert home.state.health.deaf_since == since


def test_what_is_known_already_changes_nothing() -> None:
    home = Home()
    before = home.state
    home.do(CommandsHeard())
    assert home.state is before
    deaf(home)
    before = home.state
    home.now += SECOND
    deaf(home)
    assert home.state is before


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=400)], ids=str)
def test_a_clock_that_is_set_makes_it_neither_older_nor_younger(jump: timedelta) -> None:
    home = Home()
    deaf(home)
    home.now += jump
    home.do(ClockJumped(jump))
    home.wait(MINUTE + 29 * SECOND)
    deaf(home)
    assert told(home) == []
    home.wait(SECOND)
    deaf(home)
    assert told(home) == [Notice.DEAF]
