"""Rings at the door: told with their picture while armed, never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alarm.core.commands import SetOption
from alarm.core.deliveries import Delivery, DeliveryStatus, RingPictureBody, WordsBody
from alarm.core.events import MotionEvent
from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState
from tests.core.home import (
    ANN,
    BEN,
    HOUR,
    MINUTE,
    SECOND,
    Home,
    clip,
    of_kind,
    said,
    sentences,
    settings,
)

DAY = 24 * HOUR


def ring(at: datetime, number: int = 0, camera: str = "door") -> MotionEvent:
    return clip(at, number, source="button_press", camera=camera)


def armed(entry_delay: timedelta = timedelta(0)) -> Home:
    home = Home()
    home.state = replace(home.state, settings=settings(entry_delay=entry_delay))
    return home.arm_now()


def always() -> Home:
    """Return a disarmed home in which rings are told all the same."""
    home = Home()
    home.do(SetOption(home.actor(), "doorbell", "on"))
    home.deliver_chat()
    return home


def rang(home: Home, event: MotionEvent) -> bool:
    """Let Blink list a ring, and tell whether it was told."""
    return Notice.DOORBELL in said(home.see(event).effects, ANN)


def pictures(home: Home) -> list[Delivery]:
    return of_kind(home.state.outbox.values(), RingPictureBody)


def text(home: Home, chat: int = ANN) -> Delivery:
    waiting = of_kind(home.state.outbox.values(), WordsBody)
    (found,) = (d for d in waiting if said([d], chat) == [Notice.DOORBELL])
    return found


# -- when it is told -------------------------------------------------------------------------------


def test_a_ring_is_told_to_everybody_with_its_camera_and_its_time() -> None:
    home = armed()
    event = ring(home.now)
    decision = home.see(event)
    for chat in (ANN, BEN):
        (words,) = sentences(decision.effects, chat)
        assert words.notice is Notice.DOORBELL
        assert words.args == {"camera": "Door", "at": home.now.isoformat(), "ring": event.key}


def test_a_ring_in_the_exit_delay_is_told_then_and_when_it_is_listed_after_it() -> None:
    home = Home()
    home.arm()
    home.wait(20 * SECOND)
    at = home.now
    assert rang(home, ring(at))
    home.wait(60 * SECOND)
    assert home.panel() is PanelState.ARMED
    assert rang(home, ring(at + SECOND))


def test_a_ring_before_the_arming_is_not_told() -> None:
    home = Home()
    before = home.now - SECOND
    home.arm()
    assert not rang(home, ring(before))
    assert rang(home, ring(home.now))


def test_a_ring_is_told_while_pending_and_while_triggered() -> None:
    home = armed(entry_delay=30 * SECOND)
    home.see(clip(home.now), clip(home.now, 1))
    assert home.panel() is PanelState.PENDING
    assert rang(home, ring(home.now, 1))
    home.wait(30 * SECOND)
    assert home.panel() is PanelState.TRIGGERED
    assert rang(home, ring(home.now, 2))
    assert home.incident.event_count == 2


def test_a_doorbell_that_does_not_count_in_the_mode_rings_all_the_same() -> None:
    home = Home()
    only_hall = ModeSettings(exit_delay=timedelta(0), cameras=frozenset({"hall"}))
    modes = {Mode.AWAY: only_hall}
    home.state = replace(home.state, settings=replace(settings(), modes=modes))
    home.arm_now()
    assert rang(home, ring(home.now))


def test_a_ring_while_disarmed_is_told_only_where_that_is_switched_on() -> None:
    home = Home()
    assert home.see(ring(home.now)).effects == ()
    home.do(SetOption(home.actor(), "doorbell", "on"))
    assert rang(home, ring(home.now, 1))
    home.do(SetOption(home.actor(), "doorbell", "off"))
    assert not rang(home, ring(home.now, 2))


def test_a_ring_before_a_person_disarmed_is_not_told_afterwards() -> None:
    home = armed()
    at = home.now
    home.wait(MINUTE)
    home.disarm()
    assert not rang(home, ring(at))


@pytest.mark.parametrize(("age", "told"), [(DAY, True), (DAY + SECOND, False)])
def test_who_rang_a_day_ago_is_no_news(age: timedelta, told: bool) -> None:
    home = always()
    assert rang(home, ring(home.now - age)) is told


def test_a_ring_that_was_deleted_or_came_back_is_not_told() -> None:
    home = always()
    assert not rang(home, replace(ring(home.now), deleted=True))
    home.list_all()
    assert not rang(home, ring(home.now - 2 * HOUR))


def test_rings_never_count() -> None:
    home = armed()
    home.see(*(ring(home.now, n) for n in range(20)))
    assert home.panel() is PanelState.ARMED
    assert home.area.unspent == ()


# -- the picture -----------------------------------------------------------------------------------


def test_its_picture_goes_to_every_chat_that_is_told() -> None:
    home = armed()
    event = ring(home.now)
    home.see(event)
    assert {d.target for d in pictures(home)} == {str(ANN), str(BEN)}
    assert {d.body for d in pictures(home)} == {RingPictureBody(event.key)}


def test_it_is_noted_which_message_told_of_it() -> None:
    home = armed()
    event = ring(home.now)
    home.see(event)
    home.deliver(text(home), 77)
    assert home.state.rings[event.key].copies == {str(ANN): 77}


def test_a_ring_without_a_picture_is_told_in_words() -> None:
    home = armed()
    assert rang(home, replace(ring(home.now), thumbnail_path=""))
    assert pictures(home) == []


def test_of_many_rings_that_wait_to_be_told_only_the_newest_is() -> None:
    home = armed()
    for n in range(5):
        home.see(ring(home.now, n))
    assert said(home.waiting(), ANN).count(Notice.DOORBELL) == 1
    (kept,) = home.state.rings
    for picture in pictures(home):
        home.claim(picture)
    left = [d for d in pictures(home) if d.status is DeliveryStatus.SENDING]
    assert {d.body for d in left} == {RingPictureBody(kept)}


def test_a_ring_that_one_chat_has_heard_keeps_its_picture() -> None:
    home = armed()
    first = ring(home.now)
    home.see(first)
    home.deliver(text(home), 77)
    home.see(ring(home.now, 1))
    assert first.key in home.state.rings


def test_rings_of_two_doors_are_two_pieces_of_news() -> None:
    home = armed()
    home.see(ring(home.now), ring(home.now, camera="gate"))
    assert said(home.waiting(), ANN).count(Notice.DOORBELL) == 2


@pytest.mark.parametrize(("after", "kept"), [(HOUR, True), (HOUR + SECOND, False)])
def test_a_ring_is_kept_for_an_hour(after: timedelta, kept: bool) -> None:
    home = armed()
    home.see(ring(home.now))
    home.wait(after)
    assert bool(home.state.rings) is kept


def test_a_clock_set_forward_does_not_end_it() -> None:
    home = armed()
    home.see(ring(home.now))
    home.now += DAY
    home.do(ClockJumped(DAY))
    home.wait(SECOND)
    assert home.state.rings
    assert pictures(home)


def test_a_picture_of_a_forgotten_ring_does_not_leave() -> None:
    home = armed()
    home.see(ring(home.now))
    picture = pictures(home)[0]
    home.state = replace(home.state, rings={})
    home.claim(picture)
    assert picture.id not in home.state.outbox
