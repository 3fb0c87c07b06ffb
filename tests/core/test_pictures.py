"""Pictures after an alert: soon enough to judge by, never a flood."""

from __future__ import annotations

from alarm.core.commands import MorePictures
from alarm.core.deliveries import MediaBody
from alarm.core.notices import Notice
from alarm.core.pictures import held_back
from tests.core.home import ANN, BEN, HOUR, MINUTE, SECOND, Home, clip, of_kind, said


def alarmed(count: int = 2) -> Home:
    home = Home().arm_now()
    home.burglary(count)
    return home


def shown(home: Home, chat: int = ANN) -> int:
    """Count the events shown to a chat so far."""
    return len([d for d in of_kind(home.effects, MediaBody) if d.target == str(chat)])


def test_every_chat_of_the_household_gets_the_pictures() -> None:
    home = alarmed()
    assert (shown(home, ANN), shown(home, BEN)) == (2, 2)


def test_the_first_six_events_are_shown_at_once() -> None:
    home = alarmed()
    home.see(*(clip(home.now, n + 10) for n in range(4)))
    assert shown(home) == 6
    home.see(clip(home.now, 20))
    assert shown(home) == 6


def test_later_ones_are_shown_once_per_camera_and_minute() -> None:
    home = alarmed(6)
    home.deliver_chat()
    home.now += 59 * SECOND
    home.see(clip(home.now, 10))
    assert shown(home) == 6
    home.now += SECOND
    home.see(clip(home.now, 11))
    assert shown(home) == 7
    home.see(clip(home.now, 12, camera="yard"))
    assert shown(home) == 8


def test_the_newest_is_shown_not_one_that_was_held_back_before() -> None:
    home = alarmed(6)
    home.deliver_chat()
    home.now += 30 * SECOND
    home.see(clip(home.now, 10))
    home.now += 30 * SECOND
    newest = clip(home.now, 11)
    home.see(newest)
    body = of_kind(home.effects, MediaBody)[-1].body
    assert body == MediaBody(home.incident.id, newest.key)


def test_a_button_shows_the_next_six_that_were_held_back() -> None:
    home = alarmed(6)
    home.deliver_chat()
    home.see(*(clip(home.now, n + 10) for n in range(8)))
    assert len(held_back(home.incident)) == 8
    home.do(MorePictures(home.actor(), home.incident.id))
    assert shown(home) == 12
    home.do(MorePictures(home.actor(), home.incident.id))
    assert shown(home) == 14
    decision = home.do(MorePictures(home.actor(), home.incident.id))
    assert said(decision.effects, ANN) == [Notice.NOTHING_TO_DO]


def test_the_button_works_after_the_close_too() -> None:
    home = alarmed(8)
    home.false_alarm()
    home.do(MorePictures(home.actor(), home.incident.id))
    assert shown(home) == 8


def test_the_button_of_an_incident_that_nobody_knows_is_answered() -> None:
    home = alarmed()
    decision = home.do(MorePictures(home.actor(), "i99"))
    assert said(decision.effects, ANN) == [Notice.NOTHING_TO_DO]


def test_pictures_do_not_pile_up_while_telegram_is_down() -> None:
    home = alarmed()
    for n in range(120):
        home.now += MINUTE
        home.see(clip(home.now, n))
    assert len({d.body for d in of_kind(home.waiting(), MediaBody)}) == 6


def test_what_is_remembered_of_shown_pictures_is_bounded() -> None:
    home = alarmed()
    for n in range(300):
        home.now += MINUTE
        home.see(clip(home.now, n))
        home.deliver_chat()
    assert len(home.incident.shown) <= 100


def test_pictures_expire_after_hours() -> None:
    home = alarmed()
    home.acknowledge()
    home.now += 6 * HOUR
    home.wait(SECOND)
    assert of_kind(home.waiting(), MediaBody) == []
