"""A home screen is pinned once for each chat, and everything about it survives a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alarm.core.commands import PinScreen, UnpinScreen
from alarm.core.deliveries import (
    Body,
    Delivery,
    PanelEditBody,
    PinScreenBody,
    ScreenBody,
    ScreenEndBody,
)
from alarm.core.household_commands import Revoke
from alarm.core.inputs import DeliveryFailed, EventsListed, ScreenGone, Started
from alarm.core.notices import Notice
from alarm.core.settings import PanelState
from tests.core.home import ANN, BEN, MINUTE, SECOND, Home, clip, of_kind, said, settings

CHAT = str(ANN)


def pin(home: Home, message_id: int = 70) -> None:
    home.do(PinScreen(home.actor()))
    home.deliver(one(home, ScreenBody), message_id)


def one(home: Home, kind: type[Any]) -> Delivery:
    (delivery,) = of_kind(home.waiting(), kind)
    return delivery


def bodies(home: Home, kind: type[Any]) -> list[Body]:
    return [delivery.body for delivery in of_kind(home.waiting(), kind)]


def test_a_screen_that_arrived_is_kept_and_pinned() -> None:
    home = Home()
    pin(home)
    assert home.state.pinned == {CHAT: 70}
    assert bodies(home, PinScreenBody) == [PinScreenBody(70)]
    home.deliver_chat()
    assert home.waiting() == []
    assert home.rows[0].data["what"] == "home screen pinned"


def test_a_second_screen_replaces_the_first() -> None:
    home = Home()
    pin(home)
    home.deliver_chat()
    pin(home, 80)
    assert home.state.pinned == {CHAT: 80}
    assert bodies(home, PinScreenBody) == [PinScreenBody(80)]
    assert bodies(home, ScreenEndBody) == [ScreenEndBody(70)]


def test_asked_twice_before_it_left_it_comes_once() -> None:
    home = Home()
    home.do(PinScreen(home.actor()))
    home.do(PinScreen(home.actor()))
    assert len(bodies(home, ScreenBody)) == 1


def test_a_screen_interrupted_by_a_restart_is_sent_again_and_the_newest_counts() -> None:
    home = Home()
    home.do(PinScreen(home.actor()))
    home.claim(one(home, ScreenBody))
    home.do(Started())
    home.deliver(one(home, ScreenBody), 71)
    assert home.state.pinned == {CHAT: 71}


def test_a_pin_of_a_screen_that_was_replaced_is_not_wanted_any_more() -> None:
    home = Home()
    pin(home)
    older = one(home, PinScreenBody)
    pin(home, 80)
    home.claim(older)
    assert older.id not in home.state.outbox


def test_unpinning_ends_the_screen_and_answers() -> None:
    home = Home()
    pin(home)
    home.effects.clear()
    home.do(UnpinScreen(home.actor()))
    assert home.state.pinned == {}
    assert bodies(home, ScreenEndBody) == [ScreenEndBody(70)]
    assert said(home.effects) == [Notice.SCREEN_ENDED]
    home.do(UnpinScreen(home.actor()))
    assert said(home.effects)[-1] is Notice.NO_SCREEN


def test_unpinning_calls_back_a_screen_that_did_not_leave() -> None:
    home = Home()
    home.do(PinScreen(home.actor()))
    home.do(UnpinScreen(home.actor()))
    assert bodies(home, ScreenBody) == []


def test_a_screen_that_was_deleted_is_forgotten_and_told_once() -> None:
    home = Home()
    pin(home)
    for _ in range(2):
        home.do(ScreenGone(CHAT, 70))
    assert home.state.pinned == {}
    assert said(home.effects) == [Notice.SCREEN_GONE]


def test_news_of_an_older_screen_does_not_touch_the_newer() -> None:
    home = Home()
    pin(home)
    pin(home, 80)
    home.do(ScreenGone(CHAT, 70))
    assert home.state.pinned == {CHAT: 80}


def test_a_pin_that_telegram_refuses_is_told_and_the_screen_lives_on() -> None:
    home = Home()
    pin(home)
    home.fail(one(home, PinScreenBody), permanent=True)
    assert said(home.effects) == [Notice.SCREEN_NOT_PINNED]
    assert home.state.pinned == {CHAT: 70}
    assert home.state.people[CHAT].reachable


def test_a_group_that_moved_has_no_screen_any_more() -> None:
    home = Home()
    pin(home)
    delivery = one(home, PinScreenBody)
    home.claim(delivery)
    home.do(DeliveryFailed(delivery.id, "moved", new_target="-1009"))
    assert home.state.pinned == {}


def test_the_screen_of_somebody_who_is_sent_away_ends() -> None:
    home = Home()
    home.do(PinScreen(home.actor(BEN)))
    home.deliver(one(home, ScreenBody), 75)
    home.deliver_chat()
    home.do(Revoke(home.actor(), BEN))
    assert home.state.pinned == {}
    (ended,) = of_kind(home.waiting(), ScreenEndBody)
    assert (int(ended.target), ended.body) == (BEN, ScreenEndBody(75))


# -- the warning of an entry delay -----------------------------------------------------------------


def warned() -> Home:
    home = Home()
    home.state = replace(home.state, settings=settings(entry_delay=30 * SECOND))
    home.arm_now()
    home.deliver_chat()
    home.see(clip(home.now, 1), clip(home.now, 2))
    assert home.panel() is PanelState.PENDING
    return home


def test_the_warning_of_an_entry_delay_is_kept_while_it_runs() -> None:
    home = warned()
    home.deliver_chat()
    assert CHAT in home.state.entry_messages


@pytest.mark.parametrize("disarmed", [True, False])
def test_its_last_edit_says_what_came_of_it(disarmed: bool) -> None:
    home = warned()
    home.deliver_chat()
    message_id = home.state.entry_messages[CHAT]
    if disarmed:
        home.disarm()
    else:
        home.wait(30 * SECOND)
    assert PanelEditBody(message_id) in bodies(home, PanelEditBody)
    assert home.state.entry_messages == {}


def test_a_warning_that_arrives_after_the_delay_is_put_right_at_once() -> None:
    home = warned()
    warning = next(d for d in home.waiting() if said([d]) == [Notice.ENTRY_DELAY])
    home.claim(warning)
    home.disarm()
    home.deliver(warning, 99)
    assert PanelEditBody(99) in bodies(home, PanelEditBody)
    assert home.state.entry_messages == {}


# -- the last motion of a camera -------------------------------------------------------------------


def test_the_last_motion_is_known_armed_or_not_without_a_write_of_its_own() -> None:
    home = Home()
    home.see(clip(home.now - MINUTE), clip(home.now - 2 * MINUTE, camera="yard"))
    assert home.state.last_motion == {"hall": home.now - MINUTE, "yard": home.now - 2 * MINUTE}
    home.see(clip(home.now - 3 * MINUTE, 1))
    assert home.state.last_motion["hall"] == home.now - MINUTE
    kept = home.state
    home.see(clip(home.now - MINUTE))
    assert home.state is kept


@pytest.mark.parametrize("source", ["liveview", "snapshot", "button_press"])
def test_what_no_motion_made_is_no_motion(source: str) -> None:
    home = Home()
    home.see(clip(home.now, source=source))
    assert home.state.last_motion == {}


def test_a_clip_dated_ahead_counts_as_of_now() -> None:
    home = Home()
    home.do(EventsListed((clip(home.now + 60 * MINUTE),)))
    assert home.state.last_motion == {"hall": home.now}
