"""How loudly it is told, and to whom."""

from __future__ import annotations

from alarm.core.commands import FalseAlarm
from alarm.core.deliveries import Lane, PanelBody, WordsBody
from alarm.core.inputs import BlinkFailed, StorageChanged, StorageStatus
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    of_kind,
    said,
)


def loudness(home: Home, notice: Notice, chat: int) -> tuple[Lane, bool]:
    """Tell in which lane a sentence goes and whether it is silent."""
    told = [d for d in home.effects if d.target == str(chat)]
    (found,) = [d for d in told if said([d]) == [notice]]
    assert isinstance(found.body, WordsBody)
    return found.lane, found.body.silent


def test_answers_go_with_the_alarms_and_news_of_others_is_silent() -> None:
    home = Home().arm_now()
    home.burglary()
    home.false_alarm(ANN)
    home.disarm(ANN)
    assert loudness(home, Notice.ARMED_BY, BEN) == (Lane.CHAT, True)
    assert loudness(home, Notice.FALSE_ALARM, ANN) == (Lane.ALARM, False)
    assert loudness(home, Notice.FALSE_ALARM, BEN) == (Lane.CHAT, True)
    assert loudness(home, Notice.DISARMED, ANN) == (Lane.ALARM, False)
    assert loudness(home, Notice.DISARMED_BY, BEN) == (Lane.CHAT, True)


def test_the_end_of_a_drill_and_a_close_by_itself_are_told_like_that() -> None:
    home = Home().arm_now()
    home.drill()
    home.do(FalseAlarm(home.actor(ANN), "i1"))
    assert loudness(home, Notice.DRILL_ENDED, ANN) == (Lane.ALARM, False)
    home.burglary()
    home.acknowledge()
    home.wait(HOUR)
    assert loudness(home, Notice.AUTO_CLOSED, BEN) == (Lane.CHAT, True)


def test_an_answer_to_arming_is_worth_two_minutes() -> None:
    home = Home()
    home.arm()
    (answer,) = of_kind(home.effects, PanelBody)
    assert (answer.lane, answer.expires_at) == (Lane.ALARM, home.now + 2 * MINUTE)


def test_troubles_go_with_the_alarms() -> None:
    home = Home().arm_now()
    home.do(BlinkFailed("silent", home.now))
    home.wait(90 * SECOND)
    home.deliver_chat()
    home.list_all()
    home.do(StorageChanged(StorageStatus.FAILING))
    for notice in (Notice.BLIND, Notice.SIGHTED, Notice.DISK_TROUBLE):
        assert loudness(home, notice, BEN) == (Lane.ALARM, False)
