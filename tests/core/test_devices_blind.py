"""Networks and cameras that cannot be looked at are told, and so is the end of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core.inputs import BlinkFailed, ClockJumped, DevicesFailed, DevicesSeen, Started
from alarm.core.notices import Notice
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    VIC,
    Home,
    homescreen,
    said,
    sentences,
)

WORDS = (Notice.DEVICES_BLIND, Notice.DEVICES_SEEN)


def fail(home: Home, reason: str = "status 500") -> None:
    home.do(DevicesFailed(reason, home.now))


def seen(home: Home) -> None:
    home.do(DevicesSeen(homescreen(armed=home.area.armed_at_blink is True)))


def told(home: Home, chat: int = ANN) -> list[Notice]:
    return [notice for notice in said(home.effects, chat) if notice in WORDS]


def test_armed_it_is_told_by_the_first_failure_after_three_minutes_and_once() -> None:
    home = Home().arm_now()
    fail(home)
    since = home.now
    home.wait(3 * MINUTE - SECOND)
    fail(home)
    assert told(home) == []
    home.wait(SECOND)
    fail(home)
    (words,) = [w for w in sentences(home.effects, BEN) if w.notice in WORDS]
    assert words.notice is Notice.DEVICES_BLIND
    assert words.args == {"since": since.isoformat(), "reason": "status 500"}
    home.wait(HOUR)
    fail(home)
    assert told(home) == [Notice.DEVICES_BLIND]
    assert told(home, VIC) == []


def test_time_alone_tells_nothing_because_the_next_look_may_succeed() -> None:
    home = Home().arm_now()
    fail(home)
    home.wait(HOUR)
    home.do(Started())
    home.wait(SECOND)
    assert told(home) == []
    seen(home)
    assert told(home) == []


def test_disarmed_it_is_known_and_told_only_after_an_arming() -> None:
    home = Home()
    fail(home)
    since = home.now
    home.wait(HOUR)
    fail(home)
    assert told(home) == []
    assert home.state.health.devices_blind_since == since
    home.arm()
    fail(home)
    assert told(home) == [Notice.DEVICES_BLIND]


def test_its_end_is_told_to_those_who_were_told_of_it() -> None:
    home = Home().arm_now()
    fail(home)
    home.wait(3 * MINUTE)
    fail(home)
    home.deliver_chat()
    seen(home)
    assert told(home, BEN) == [Notice.DEVICES_BLIND, Notice.DEVICES_SEEN]
    assert home.state.health.devices_blind_since is None
    assert not home.state.health.devices_blind_told
    assert home.state.health.devices_blind_reason == ""


def test_a_short_failure_is_not_told_and_the_next_is_counted_anew() -> None:
    home = Home().arm_now()
    fail(home)
    home.wait(2 * MINUTE)
    seen(home)
    fail(home)
    home.wait(2 * MINUTE)
    fail(home)
    assert told(home) == []


def test_of_one_that_nobody_heard_only_the_end_is_told() -> None:
    home = Home().arm_now()
    for _ in range(3):
        fail(home)
        home.wait(3 * MINUTE)
        fail(home)
        seen(home)
    assert [n for n in said(home.waiting(), ANN) if n in WORDS] == [Notice.DEVICES_SEEN]


def test_a_house_that_sees_no_clips_either_is_told_of_that_alone() -> None:
    home = Home().arm_now()
    for _ in range(10):
        home.do(BlinkFailed("silent", home.now))
        fail(home)
        home.wait(MINUTE)
    assert Notice.BLIND in said(home.effects, ANN)
    assert told(home) == []
    home.list_all()
    assert told(home) == []
    seen(home)
    assert told(home) == []


def test_where_only_the_clips_come_back_the_rest_is_told() -> None:
    home = Home().arm_now()
    home.do(BlinkFailed("silent", home.now))
    fail(home)
    home.wait(10 * MINUTE)
    home.list_all()
    fail(home)
    assert told(home) == [Notice.DEVICES_BLIND]


def test_the_same_failure_again_changes_nothing_and_another_reason_is_kept() -> None:
    home = Home()
    fail(home)
    before = home.state
    home.now += MINUTE
    fail(home)
    assert home.state is before
    fail(home, "silence")
    assert home.state.health.devices_blind_reason == "silence"
    assert home.state.health.devices_blind_since == before.health.devices_blind_since


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=400)], ids=str)
def test_a_clock_that_is_set_makes_it_neither_older_nor_younger(jump: timedelta) -> None:
    home = Home().arm_now()
    fail(home)
    home.wait(2 * MINUTE)
    home.now += jump
    home.do(ClockJumped(jump))
    home.wait(MINUTE - SECOND)
    fail(home)
    assert told(home) == []
    home.wait(SECOND)
    fail(home)
    assert told(home) == [Notice.DEVICES_BLIND]
