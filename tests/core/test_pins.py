"""How the PIN and the duress PIN are kept, judged, and guarded from guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core import pins
from alarm.core.errors import BadInput
from alarm.core.pins import Judged, Pins, Tries
from tests.core.home import ANN, BEN, NOON, SECOND

SALT = "00112233445566778899aabbccddeeff"
CODES = st.from_regex(r"[0-9]{4,8}", fullmatch=True)


def kept(pin: str, duress: str = "") -> Pins:
    return Pins(SALT, pins.hashed(pin, SALT), pins.hashed(duress, SALT) if duress else "")


@pytest.mark.parametrize("text", ["1234", "00000000", "12345678"])
def test_a_pin_has_four_to_eight_digits(text: str) -> None:
    assert pins.checked(text) == text


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a4", "-123", "١٢٣٤", "12 34", "²²²²"])
def test_everything_else_is_no_pin(text: str) -> None:
    with pytest.raises(BadInput, match="4 to 8 digits"):
        pins.checked(text)


@settings(max_examples=10, deadline=None)
@given(pin=CODES, guess=CODES)
def test_only_the_same_digits_are_right(pin: str, guess: str) -> None:
    known = kept(pin)
    assert pins.judged(known, pin) is Judged.RIGHT
    assert (pins.judged(known, guess) is Judged.RIGHT) is (guess == pin)


def test_the_duress_pin_is_told_from_both() -> None:
    known = kept("1234", "9876")
    assert pins.judged(known, "9876") is Judged.DURESS
    assert pins.judged(known, "1234") is Judged.RIGHT
    assert pins.judged(known, "1235") is Judged.WRONG


def test_without_a_duress_pin_nothing_is_taken_for_one() -> None:
    assert pins.judged(kept("1234"), "0000") is Judged.WRONG


def test_another_salt_makes_another_hash() -> None:
    assert pins.hashed("1234", SALT) != pins.hashed("1234", SALT[::-1])


def test_one_hash_takes_no_more_memory_than_a_small_computer_has() -> None:
    assert 128 * pins.SCRYPT_N * pins.SCRYPT_R <= 16 * 1024 * 1024


@pytest.mark.parametrize("near", ["1233", "1234", "1235"])
def test_a_neighbour_of_a_pin_is_too_near(near: str) -> None:
    assert pins.too_near(near, SALT, kept("1234").pin)


@pytest.mark.parametrize("far", ["1232", "1236", "01234", "4321"])
def test_what_is_two_away_is_not(far: str) -> None:
    assert not pins.too_near(far, SALT, kept("1234").pin)


def test_the_last_code_and_the_first_are_neighbours() -> None:
    assert pins.too_near("0000", SALT, kept("9999").pin)
    assert pins.too_near("9999", SALT, kept("0000").pin)


def test_without_another_pin_nothing_is_too_near() -> None:
    assert not pins.too_near("1234", SALT, "")


# -- the lockout -----------------------------------------------------------------------------------


def guessed(times: int) -> Pins:
    known = Pins()
    for _ in range(times):
        known = pins.after_wrong(known, ANN, NOON)
    return known


def test_four_wrong_pins_lock_nothing_the_fifth_locks_for_a_minute() -> None:
    assert pins.locked_until(guessed(4), ANN, NOON) is None
    assert pins.locked_until(guessed(5), ANN, NOON) == NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (500, 60)]
)
def test_each_further_one_doubles_the_lockout_up_to_an_hour(wrong: int, minutes: int) -> None:
    assert pins.locked_until(guessed(wrong), ANN, NOON) == NOON + timedelta(minutes=minutes)


def test_a_lockout_ends_at_its_moment() -> None:
    known, end = guessed(5), NOON + timedelta(minutes=1)
    assert pins.locked_until(known, ANN, end - SECOND) == end
    assert pins.locked_until(known, ANN, end) is None


def test_others_are_not_locked_out() -> None:
    assert pins.locked_until(guessed(9), BEN, NOON) is None
    assert pins.tries_left(guessed(9), BEN) == 5
    assert pins.tries_left(guessed(3), ANN) == 2
    assert pins.tries_left(guessed(9), ANN) == 0


def test_a_right_pin_forgives_all_wrong_ones_of_that_user_alone() -> None:
    known = pins.after_wrong(guessed(6), BEN, NOON)
    assert pins.forgiven(known, ANN).tries == {str(BEN): Tries(1)}
    assert pins.forgiven(Pins(), ANN) == Pins()


def test_setting_the_clock_opens_no_lockout() -> None:
    hour = timedelta(hours=1)
    moved = pins.moved(guessed(5), hour)
    assert pins.locked_until(moved, ANN, NOON + hour) == NOON + hour + timedelta(minutes=1)
    assert pins.moved(guessed(1), hour) == guessed(1)
