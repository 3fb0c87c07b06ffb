"""News that waited is told only where it is still true when it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.clock_commands import RemoveWindow
from alarm.core.commands import Arm, Disarm
from alarm.core.deliveries import DeliveryStatus, WordsBody
from alarm.core.inputs import DeliveryFailed
from alarm.core.notices import Notice
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.settings import Mode
from tests.core.home import ANN, BEN, GARDEN, HOUSE, MINUTE, SECOND, Home, clip
from tests.core.schedule.timed import AWAY, NIGHT, home_with, two_areas

EVENINGS = Window(EVERY_DAY, 18 * 60, 23 * 60, AWAY)
NEWS = {
    Notice.ARMED_BY,
    Notice.DISARMED_BY,
    Notice.SCHEDULE_ARMED,
    Notice.SCHEDULE_DISARMED,
    Notice.AWAY_SOON,
    Notice.HOLD_ENDS,
}


def told(home: Home, chat: int = BEN) -> list[Notice]:
    """Let the news leave that waits for a chat, and return it."""
    news = []
    for delivery in home.waiting():
        if isinstance(delivery.body, WordsBody) and delivery.target == str(chat):
            home.claim(delivery)
            if delivery.id in home.state.outbox and delivery.body.words.notice in NEWS:
                news.append(delivery.body.words.notice)
    return news


def test_an_arming_that_holds_is_told() -> None:
    home = home_with()
    home.arm()
    home.wait(MINUTE)
    assert told(home) == [Notice.ARMED_BY]


def test_of_many_quick_commands_the_last_one_is_told() -> None:
    home = home_with()
    for _ in range(3):
        home.do(Arm(home.actor(), NIGHT))
        home.do(Arm(home.actor(), AWAY))
        home.disarm()
        home.wait(SECOND)
    home.do(Arm(home.actor(), NIGHT))
    assert told(home) == [Notice.ARMED_BY]


@pytest.mark.parametrize(("after", "both"), [(119, False), (120, False), (121, True)])
def test_what_the_same_person_takes_back_soon_is_told_once(after: int, both: bool) -> None:
    home = home_with()
    home.arm()
    home.now += after * SECOND
    home.disarm()
    assert told(home) == [*([Notice.ARMED_BY] if both else []), Notice.DISARMED_BY]


def test_what_a_person_did_is_told_though_another_has_undone_it() -> None:
    home = home_with()
    home.arm()
    home.wait(SECOND)
    home.disarm(BEN)
    assert told(home) == [Notice.ARMED_BY]
    assert told(home, ANN) == [Notice.DISARMED_BY]


def test_an_arming_is_told_although_motion_was_seen_since() -> None:
    home = home_with()
    away = replace(home.state.settings.modes[AWAY], entry_delay=30 * SECOND)
    modes = {**home.state.settings.modes, AWAY: away}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    home.arm()
    home.wait(MINUTE)
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.is_now() == "pending away"
    assert told(home) == [Notice.ARMED_BY]


def test_an_arming_of_two_areas_is_told_while_it_holds_in_one() -> None:
    home = two_areas()
    home.arm()
    home.do(Disarm(home.actor(), area=GARDEN))
    assert told(home) == [Notice.ARMED_BY, Notice.DISARMED_BY]
    home.do(Arm(home.actor(), area=GARDEN))
    home.do(Disarm(home.actor(), area=GARDEN))
    assert told(home) == [Notice.DISARMED_BY]


def test_what_the_clock_did_is_told_until_somebody_undoes_it() -> None:
    home = home_with(EVENINGS)
    home.at("18:00")
    home.disarm()
    assert told(home) == [Notice.DISARMED_BY]
    home.do(Arm(home.actor(), AWAY))
    told(home)
    home.at("23:00")
    home.arm()
    assert told(home) == [Notice.ARMED_BY]


def test_an_arming_soon_is_told_while_the_schedule_wants_it() -> None:
    home = home_with(EVENINGS)
    home.at("17:50")
    assert told(home) == [Notice.AWAY_SOON]


def test_an_arming_soon_is_not_told_after_its_window_was_removed() -> None:
    home = home_with(EVENINGS)
    home.at("17:50")
    home.do(RemoveWindow(home.actor(), home.state.calendar.schedule.windows[0].id))
    assert told(home) == []


@pytest.mark.parametrize("by", [None, timedelta(hours=1)])
def test_an_arming_soon_is_not_told_after_it_was_put_off(by: timedelta | None) -> None:
    home = home_with(EVENINGS)
    home.at("17:50")
    home.skip("18:00", by)
    assert Notice.AWAY_SOON not in told(home)


def test_an_arming_soon_is_not_told_to_a_home_that_was_armed_meanwhile() -> None:
    home = home_with(EVENINGS)
    home.at("17:50")
    home.do(Arm(home.actor(), Mode.AWAY))
    assert told(home) == [Notice.ARMED_BY]


def test_the_end_of_a_time_is_told_while_it_stands() -> None:
    home = home_with()
    home.hold("13:00", armed=True)
    told(home)
    home.at("12:55")
    assert told(home) == [Notice.HOLD_ENDS]


def test_the_end_of_a_time_is_not_told_after_a_newer_command() -> None:
    home = home_with()
    home.hold("13:00", armed=True)
    told(home)
    home.at("12:55")
    home.hold("14:00", armed=True)
    assert told(home) == []


def test_what_turned_out_untrue_on_its_way_is_dropped_and_not_called_lost() -> None:
    home = home_with()
    home.arm()
    (news,) = (d for d in home.waiting() if d.target == str(BEN))
    home.claim(news)
    assert home.state.outbox[news.id].status is DeliveryStatus.SENDING
    home.disarm()
    home.do(DeliveryFailed(news.id, "not true any more"))
    assert news.id not in home.state.outbox
    assert not [row for row in home.rows if row.data.get("what") == "delivery given up"]


def test_both_areas_are_meant_where_none_is_named() -> None:
    home = two_areas()
    home.arm()
    assert (home.is_now(HOUSE), home.is_now(GARDEN)) == ("arming away", "arming away")
    assert told(home) == [Notice.ARMED_BY]


def test_what_is_off_is_told_though_its_news_is_overtaken() -> None:
    home = home_with()
    home.later("12:10")
    home.do(Arm(home.actor(BEN)))
    home.wait(SECOND)
    home.do(Disarm(home.actor(BEN)))
    assert told(home, ANN) == [Notice.ARMED_BY, Notice.DISARMED_BY]


def test_that_something_stays_until_a_time_is_not_told_once_it_does_not() -> None:
    home = home_with()
    home.arm_now()
    told(home)
    home.hold("14:00", armed=True)
    waiting = [d for d in home.waiting() if d.target == str(BEN)]
    assert [d.body.words.notice for d in waiting if isinstance(d.body, WordsBody)] == [
        Notice.HOLD_KEPT
    ]
    home.disarm()
    home.claim(waiting[0])
    assert waiting[0].id not in home.state.outbox
