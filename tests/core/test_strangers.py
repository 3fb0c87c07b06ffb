"""What strangers try is written down within bounds and told to the owners once a day."""

from __future__ import annotations

from datetime import timedelta

from alarm.core.inputs import Attempt, ClockJumped, StrangersTried
from alarm.core.notices import Notice
from alarm.core.strangers import DAY, GATHERED, MOST_NAMES, MOST_ROWS
from tests.core.home import ANN, BEN, HOUR, SECOND, Home, said, sentences


def tries(*users: int, count: int = 1, more: int = 0) -> StrangersTried:
    return StrangersTried(tuple(Attempt(u, f"Eve {u}", "wrote /arm", count) for u in users), more)


def rows(home: Home) -> int:
    return len([row for row in home.rows if row.data["what"] == "stranger"])


def test_they_are_told_to_the_owner_alone_silently_after_a_while() -> None:
    home = Home()
    assert home.do(tries(91, 92, 93)).effects == ()
    assert home.wait(GATHERED - SECOND).effects == ()
    home.do(tries(91, count=4))
    decision = home.wait(SECOND)
    assert [d.target for d in decision.effects] == [str(ANN)]
    (words,) = sentences(decision.effects, ANN)
    assert words.notice is Notice.STRANGERS
    assert words.args["count"] == 3
    assert words.args["tries"] == 7
    assert words.args["names"] == "Eve 91, Eve 92, Eve 93"
    assert decision.effects[0].body.silent  # type: ignore[union-attr]
    assert said(home.effects, BEN) == []


def test_they_are_told_once_a_day() -> None:
    home = Home()
    home.do(tries(91))
    home.wait(GATHERED)
    home.do(tries(92))
    assert home.wait(DAY - SECOND).effects == ()
    assert said(home.wait(SECOND).effects) == [Notice.STRANGERS]
    assert home.wait(2 * DAY).effects == ()


def test_so_many_rows_a_day_are_written_whatever_they_send() -> None:
    home = Home()
    for number in range(3 * MOST_ROWS):
        home.do(tries(1000 + number, more=2))
    assert rows(home) == MOST_ROWS
    assert len(home.state.strangers.names) == MOST_NAMES
    assert home.state.strangers.tries == 9 * MOST_ROWS
    home.wait(DAY)
    home.do(tries(91))
    assert rows(home) == MOST_ROWS + 1


def test_a_clock_that_was_set_neither_hurries_nor_delays_the_summary() -> None:
    home = Home()
    home.do(tries(91))
    for jump in (timedelta(days=-300), 400 * DAY):
        home.now += jump
        home.do(ClockJumped(jump))
    assert home.wait(GATHERED - SECOND).effects == ()
    assert said(home.wait(SECOND).effects) == [Notice.STRANGERS]
    home.do(tries(92))
    home.now += 10 * DAY
    home.do(ClockJumped(10 * DAY))
    assert home.wait(HOUR).effects == ()


def test_without_an_attempt_nothing_is_said_or_written() -> None:
    home = Home()
    before = home.state.strangers
    home.wait(5 * DAY)
    assert home.state.strangers is before
