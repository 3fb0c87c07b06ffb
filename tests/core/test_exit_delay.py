"""*Cancel* and *+60 s* mean the exit delay that they stand under, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.commands import Arm, CancelArming, Disarm
from alarm.core.deliveries import Lane, PanelBody, PanelEditBody, PanelRetireBody, say
from alarm.core.draft import Decision
from alarm.core.inputs import Delivered
from alarm.core.notices import Notice
from alarm.core.settings import Mode, ModeSettings, PanelState, TriggerRule
from alarm.core.state import Area
from tests.core.home import (
    ANN,
    GARDEN,
    HOUR,
    HOUSE,
    MINUTE,
    NOON,
    SECOND,
    Home,
    household,
    of_kind,
    said,
    sentences,
)
from tests.core.pinned import PIN, enter, pinned_home

OVER = say(Notice.EXIT_OVER, asked="cancel", network=None)


def cancel(home: Home, **meant: object) -> Decision:
    return home.do(replace(CancelArming(home.actor()), **meant))  # type: ignore[arg-type]


def cabin_too() -> Home:
    areas = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Garden")}
    return Home(replace(household(), areas=areas))


# -- Cancel ----------------------------------------------------------------------------------------


def test_cancel_ends_the_exit_delay() -> None:
    home = Home()
    home.arm()
    home.wait(59 * SECOND)
    decision = cancel(home, begun=NOON)
    assert home.panel() is PanelState.DISARMED
    assert said(decision.effects, ANN) == [Notice.DISARMED]


def test_cancel_that_comes_after_the_exit_delay_leaves_the_house_armed() -> None:
    home = Home()
    home.arm()
    home.wait(MINUTE)
    assert sentences(cancel(home, begun=NOON).effects, ANN) == [OVER]
    assert home.panel() is PanelState.ARMED


def test_cancel_of_an_earlier_arming_leaves_the_newer_one_alone() -> None:
    home = Home()
    home.arm()
    home.disarm()
    home.wait(SECOND)
    home.arm()
    assert sentences(cancel(home, begun=NOON).effects, ANN) == [OVER]
    assert home.panel() is PanelState.ARMING
    cancel(home, begun=NOON + SECOND)
    assert home.panel() is PanelState.DISARMED


def test_cancel_of_an_arming_within_a_second_means_it() -> None:
    home = Home(now=NOON + 0.7 * SECOND)
    home.arm()
    cancel(home, begun=NOON)
    assert home.panel() is PanelState.DISARMED


def test_cancel_when_nothing_is_armed_says_so() -> None:
    home = Home()
    assert sentences(cancel(home).effects, ANN) == [OVER]


@pytest.mark.parametrize("area", [GARDEN, None])
def test_cancel_leaves_an_area_alone_that_was_armed_before(area: str | None) -> None:
    home = cabin_too()
    home.do(Arm(home.actor(), area=HOUSE))
    home.wait(MINUTE)
    home.do(Arm(home.actor()))
    cancel(home, area=area)
    assert home.panel() is PanelState.ARMED
    assert home.state.areas[GARDEN].panel is PanelState.DISARMED


def test_cancel_of_another_area_answers_only() -> None:
    home = cabin_too()
    home.do(Arm(home.actor(), area=HOUSE))
    words = say(Notice.EXIT_OVER, asked="cancel", network=GARDEN)
    assert sentences(cancel(home, area=GARDEN).effects, ANN) == [words]
    assert home.panel() is PanelState.ARMING


def test_cancel_asks_for_the_pin_in_time_and_for_none_after_it() -> None:
    home = pinned_home()
    home.arm()
    assert said(cancel(home).effects, ANN) == [Notice.PIN_ASKED]
    assert home.panel() is PanelState.ARMING
    # In time is when it was pressed: typing takes a while.
    home.wait(MINUTE)
    enter(home, PIN)
    assert home.panel() is PanelState.DISARMED
    home.arm()
    home.wait(MINUTE)
    assert said(cancel(home).effects, ANN) == [Notice.EXIT_OVER]


# -- one message with a countdown in each chat -----------------------------------------------------


def retired(home: Home) -> list[tuple[str, int]]:
    waiting = of_kind(home.waiting(lanes=[Lane.CHAT]), PanelRetireBody)
    return [(d.target, d.body.message_id) for d in waiting if isinstance(d.body, PanelRetireBody)]


def arm_twice(home: Home) -> None:
    home.arm()
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 71)
    home.wait(SECOND)
    home.do(Arm(home.actor(), until=home.now + HOUR))
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 72)


def test_the_older_message_is_retired_when_a_newer_one_takes_its_place() -> None:
    home = Home()
    arm_twice(home)
    assert home.state.panel_messages == {str(ANN): 72}
    assert retired(home) == [(str(ANN), 71)]
    home.deliver_chat()
    assert of_kind(home.wait(MINUTE).effects, PanelEditBody) == [
        d for d in home.state.outbox.values() if d.body == PanelEditBody(72)
    ]


def test_a_mode_that_is_switched_retires_the_older_message() -> None:
    home = Home()
    modes = {**home.state.settings.modes, Mode.NIGHT: ModeSettings(TriggerRule())}
    home.state = replace(home.state, settings=replace(home.state.settings, modes=modes))
    home.arm()
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 71)
    home.do(Arm(home.actor(), Mode.NIGHT))
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 72)
    assert retired(home) == [(str(ANN), 71)]


def test_the_message_of_another_chat_goes_on() -> None:
    home = Home()
    home.arm()
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 71)
    home.arm(22)
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 72)
    assert retired(home) == []


def test_no_edit_of_the_older_message_comes_after_its_last() -> None:
    home = Home()
    home.arm()
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 71)
    home.arm()
    # Both are on their way to the chat, the edit with what was true before.
    home.wait(MINUTE)
    (edit,) = of_kind(home.waiting(), PanelEditBody)
    home.claim(edit)
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 72)
    home.do(Disarm(home.actor()))
    home.do(Delivered(edit.id))
    assert [d.body for d in of_kind(home.waiting(), PanelEditBody)] == [PanelEditBody(72)]
    assert retired(home) == [(str(ANN), 71)]


def test_an_edit_that_waits_for_the_older_message_is_not_made() -> None:
    home = Home()
    home.arm()
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 71)
    home.arm()
    home.wait(MINUTE)
    assert len(of_kind(home.waiting(), PanelEditBody)) == 1
    home.deliver(of_kind(home.waiting(), PanelBody)[0], 72)
    assert of_kind(home.waiting(), PanelEditBody) == []
