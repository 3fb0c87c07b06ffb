"""Five wrong PINs lock the entry of that person, and owners are told; the plan goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alarm.core.deliveries import CallBody
from alarm.core.errors import BadInput
from alarm.core.inputs import ClockJumped
from alarm.core.notices import Notice
from alarm.core.pin_commands import UnlockPin
from alarm.core.pins import Pins
from alarm.core.settings import PanelState
from alarm.core.state import Person, Role
from tests.core.home import ANN, BEN, MINUTE, SECOND, Home, of_kind, said, sentences
from tests.core.pinned import PIN, WRONG, disarm, pinned_home


def locked_home() -> Home:
    home = pinned_home().arm_now()
    for _ in range(5):
        disarm(home, WRONG)
    return home


def test_five_wrong_pins_lock_and_the_right_one_does_not_help_for_a_minute() -> None:
    home = locked_home()
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]
    assert said(disarm(home).effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(MINUTE - SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.ARMED
    home.wait(SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_what_is_typed_while_locked_is_not_counted() -> None:
    home = locked_home()
    for _ in range(3):
        disarm(home, WRONG)
    assert home.state.pins.tries[str(ANN)].wrong == 5


def test_the_sixth_wrong_pin_locks_at_once_and_longer() -> None:
    home = locked_home()
    home.wait(MINUTE)
    decision = disarm(home, WRONG)
    assert said(decision.effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(2 * MINUTE - SECOND)
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]
    home.wait(SECOND)
    disarm(home, PIN)
    assert home.panel() is PanelState.DISARMED


def test_others_may_disarm_while_one_is_locked_out() -> None:
    home = locked_home()
    disarm(home, PIN, BEN)
    assert home.panel() is PanelState.DISARMED


def test_owners_are_told_of_the_guessing_and_can_end_the_lockout() -> None:
    home = pinned_home().arm_now()
    for _ in range(4):
        disarm(home, WRONG, BEN)
    told = sentences(disarm(home, WRONG, BEN).effects, ANN)
    assert [w.notice for w in told] == [Notice.PIN_GUESSED]
    assert (told[0].args["name"], told[0].args["tries"]) == ("Ben", 5)
    assert said(home.do(UnlockPin(home.actor(ANN), BEN)).effects, ANN) == [Notice.PIN_UNLOCKED]
    disarm(home, PIN, BEN)
    assert home.panel() is PanelState.DISARMED


@pytest.mark.parametrize("user", [ANN, BEN], ids=["the owner himself", "a member"])
def test_nobody_unlocks_himself_and_no_member_anybody(user: int) -> None:
    home = locked_home()
    with pytest.raises(BadInput):
        home.do(UnlockPin(home.actor(user), ANN))
    assert home.state.pins.tries[str(ANN)].wrong == 5


def test_a_lockout_moves_with_a_clock_that_is_set() -> None:
    home = locked_home()
    jump = timedelta(hours=3)
    home.now += jump
    home.do(ClockJumped(jump))
    assert said(disarm(home, PIN).effects, ANN) == [Notice.PIN_LOCKED]


def test_the_journal_knows_who_guessed_and_no_digits() -> None:
    home = locked_home()
    rows = [row for row in home.rows if "PIN" in str(row.data.get("what"))]
    assert [row.data["what"] for row in rows] == ["wrong PIN"] * 5 + ["PIN entry locked"]
    assert {row.data["by"] for row in rows} == {"Ann"}
    assert WRONG not in repr(home.rows)
    assert PIN not in repr([r.data for r in home.rows])


def test_two_owners_tell_each_other() -> None:
    home = pinned_home().arm_now()
    people = {**home.state.people, "44": Person(44, "Cat", Role.OWNER)}
    home.state = replace(home.state, people=people)
    for _ in range(4):
        disarm(home, WRONG)
    decision = disarm(home, WRONG)
    assert Notice.PIN_GUESSED in said(decision.effects, 44)
    assert Notice.PIN_GUESSED not in said(decision.effects, ANN)
    assert said(decision.effects, BEN) == []


def test_calls_go_on_while_locked_out() -> None:
    home = pinned_home().arm_now()
    home.burglary()
    for _ in range(6):
        disarm(home, WRONG)
    home.live(timedelta(seconds=35))
    assert of_kind(home.effects, CallBody) != []
    assert home.state.pins != Pins()
