"""After a start the chat hears once what the cameras recorded meanwhile."""

from __future__ import annotations

from alarm.core.inputs import EventsListed, ListingFinished, Started
from alarm.core.notices import Notice
from tests.core.home import ANN, MINUTE, SECOND, Home, clip, sentences


def caught_up(home: Home) -> list[dict[str, object]]:
    return [dict(w.args) for w in sentences(home.effects, ANN) if w.notice is Notice.CAUGHT_UP]


def restarted(home: Home) -> None:
    home.wait(SECOND)
    home.list_all()
    home.now += 5 * MINUTE
    home.do(Started())


def test_clips_of_the_time_before_are_told_with_those_that_count() -> None:
    home = Home()
    home.arm_now()
    restarted(home)
    quiet = clip(home.now - MINUTE, 1, source="liveview")
    home.do(EventsListed((clip(home.now - 2 * MINUTE, 2), quiet)))
    assert caught_up(home) == []
    home.do(ListingFinished(home.now))
    assert caught_up(home) == [{"clips": 1, "counted": 1}]


def test_it_is_told_once() -> None:
    home = Home()
    restarted(home)
    home.do(EventsListed((clip(home.now - 2 * MINUTE, 2),)))
    home.do(ListingFinished(home.now))
    assert caught_up(home) == [{"clips": 1, "counted": 0}]
    home.effects.clear()
    home.now += SECOND
    home.do(EventsListed((clip(home.now, 3),)))
    home.do(ListingFinished(home.now))
    assert caught_up(home) == []


def test_without_clips_nothing_is_said() -> None:
    home = Home()
    restarted(home)
    home.do(ListingFinished(home.now))
    assert caught_up(home) == []
    assert home.state.catch_up is None
