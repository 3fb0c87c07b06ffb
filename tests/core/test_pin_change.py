"""Setting, changing and removing the PIN and the duress PIN."""

from __future__ import annotations

import pytest

from alarm.core import pins
from alarm.core.errors import BadInput
from alarm.core.incident import IncidentKind
from alarm.core.notices import Notice
from alarm.core.pin_commands import ChangePin, PinChange
from alarm.core.pins import Judged, Pins
from tests.core.home import ANN, BEN, Home, said
from tests.core.pinned import (
    DURESS,
    PIN,
    SALT,
    WRONG,
    asked,
    change,
    disarm,
    enter,
    pinned_home,
)

NEW = "4711"


def is_pin(home: Home, pin: str) -> bool:
    return pins.judged(home.state.pins, pin) is Judged.RIGHT


def is_duress(home: Home, pin: str) -> bool:
    return pins.judged(home.state.pins, pin) is Judged.DURESS


def only_pin() -> Home:
    return pinned_home(Pins(SALT, pins.hashed(PIN, SALT)))


def test_the_first_pin_is_set_by_one_message() -> None:
    home = Home()
    decision = change(home, new=PIN)
    assert said(decision.effects, ANN) == [Notice.PIN_SET]
    assert said(decision.effects, BEN) == [Notice.PIN_SET]
    assert is_pin(home, PIN)
    home.arm_now()
    asked(disarm(home))


def test_on_the_keypad_it_is_typed_twice() -> None:
    home = Home()
    assert asked(change(home)).args["step"] == "new"
    assert asked(enter(home, PIN)).args["step"] == "repeat"
    assert not home.state.pins.required
    assert said(enter(home, PIN).effects, ANN) == [Notice.PIN_SET]
    assert is_pin(home, PIN)
    assert home.state.prompts == {}


def test_two_that_differ_are_typed_anew() -> None:
    home = Home()
    change(home)
    enter(home, PIN)
    words = asked(enter(home, WRONG))
    assert (words.args["step"], words.args["trouble"]) == ("new", "differs")
    enter(home, NEW)
    enter(home, NEW)
    assert is_pin(home, NEW)


def test_a_change_takes_the_pin_that_holds() -> None:
    home = only_pin()
    assert asked(change(home)).args["step"] == "pin"
    assert asked(enter(home, WRONG)).args["left"] == 4
    assert asked(enter(home, PIN)).args["step"] == "new"
    enter(home, NEW)
    assert said(enter(home, NEW).effects, ANN) == [Notice.PIN_CHANGED]
    assert is_pin(home, NEW)
    assert not is_pin(home, PIN)


def test_a_change_by_one_message_takes_both() -> None:
    home = only_pin()
    change(home, current=WRONG, new=NEW)
    assert is_pin(home, PIN)
    change(home, current=PIN, new=NEW)
    assert is_pin(home, NEW)
    with pytest.raises(BadInput, match="/pin 1234 5678"):
        change(home, new="2222")


def test_five_wrong_ones_lock_the_change_too() -> None:
    home = only_pin()
    for _ in range(5):
        change(home, current=WRONG, new=NEW)
    assert said(change(home, current=PIN, new=NEW).effects, ANN) == [Notice.PIN_LOCKED]
    assert said(change(home).effects, ANN) == [Notice.PIN_LOCKED]
    assert is_pin(home, PIN)


def test_removing_needs_the_pin_and_ends_the_duress_pin_as_well() -> None:
    home = pinned_home()
    change(home, PinChange.OFF, WRONG)
    assert home.state.pins.required
    assert said(change(home, PinChange.OFF, PIN).effects, ANN) == [Notice.PIN_REMOVED]
    assert (home.state.pins.pin, home.state.pins.duress) == ("", "")
    home.arm_now()
    assert said(disarm(home).effects, ANN) == [Notice.DISARMED]


# -- the duress PIN --------------------------------------------------------------------------------


def test_a_duress_pin_is_set_without_a_word_that_betrays_it() -> None:
    home = only_pin()
    assert asked(change(home, PinChange.DURESS)).args["step"] == "pin"
    enter(home, PIN)
    enter(home, DURESS)
    decision = enter(home, DURESS)
    assert said(decision.effects) == [Notice.PIN_SAVED]
    assert is_duress(home, DURESS)
    assert is_pin(home, PIN)
    assert [row.kind for row in home.rows if "duress" in repr(row.data)] == ["secret"]


@pytest.mark.parametrize("near", ["1233", "1234", "1235"])
def test_a_duress_pin_next_to_the_pin_is_refused(near: str) -> None:
    home = only_pin()
    words = asked(change(home, PinChange.DURESS, PIN, near))
    assert words.args["trouble"] == "too near"
    assert home.state.pins.duress == ""
    assert asked(enter(home, near)).args["trouble"] == "too near"
    enter(home, DURESS)
    enter(home, DURESS)
    assert is_duress(home, DURESS)


def test_a_pin_next_to_the_duress_pin_is_refused_after_the_pin_was_given() -> None:
    home = pinned_home()
    # Whoever does not know the PIN must not find the duress PIN by trying.
    assert asked(change(home, current=WRONG, new="9877")).args["left"] == 4
    assert asked(change(home, current=PIN, new="9877")).args["trouble"] == "too near"
    assert is_pin(home, PIN)


def test_a_duress_pin_is_removed_alone() -> None:
    home = pinned_home()
    change(home, PinChange.DURESS_OFF, PIN)
    assert is_pin(home, PIN)
    assert home.state.pins.duress == ""


def test_a_duress_pin_needs_a_pin() -> None:
    with pytest.raises(BadInput, match="No PIN is set"):
        change(Home(), PinChange.DURESS, new=DURESS)


def test_who_is_forced_to_change_the_pin_calls_for_help_by_it() -> None:
    home = pinned_home()
    decision = change(home, PinChange.OFF, DURESS)
    assert said(decision.effects, ANN) == [Notice.PIN_REMOVED]
    assert not home.state.pins.required
    assert [i.kind for i in home.state.incidents.values()] == [IncidentKind.DURESS]


# -- who and where ---------------------------------------------------------------------------------


def test_only_an_owner_changes_it() -> None:
    home = Home()
    with pytest.raises(BadInput, match="owner"):
        change(home, new=PIN, user=BEN)
    assert not home.state.pins.required


def test_it_is_not_changed_in_a_group() -> None:
    home = Home()
    with pytest.raises(BadInput, match="group"):
        home.do(ChangePin(home.actor(ANN, -4001), PinChange.SET, "", PIN, SALT))
    assert not home.state.pins.required


@pytest.mark.parametrize("bad", ["123", "123456789", "abcd"])
def test_a_pin_that_is_none_changes_nothing(bad: str) -> None:
    home = only_pin()
    with pytest.raises(BadInput, match="4 to 8 digits"):
        change(home, current=PIN, new=bad)
    assert is_pin(home, PIN)
    assert home.state.pins.tries == {}


def test_the_new_pin_is_on_the_disk_as_a_hash_alone() -> None:
    home = Home()
    change(home)
    enter(home, NEW)
    assert f"'{NEW}'" not in repr(home.state)
    enter(home, NEW)
    assert f"'{NEW}'" not in repr(home.state)
    assert f"'{NEW}'" not in repr(home.rows)
