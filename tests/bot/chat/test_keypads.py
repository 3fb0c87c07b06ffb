"""Which digits are a PIN, which are Blink's code, and what must not stay in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alarm.core import pins
from alarm.core.actor import Actor
from alarm.core.commands import Disarm
from alarm.core.pins import Pins
from alarm.core.prompt import Prompt
from alarm.core.state import Login, LoginStatus, State
from bot.chat.keypads import glued, holds_pin, keypad_of, parted, waiting
from bot.chat.topics.desk import Asked
from tests.bot.chat.bench import ANN, NOON, household

SALT = "00112233445566778899aabbccddeeff"
ACTOR = Actor(ANN, "Ann", ANN, 5)


def house(
    *, pin: bool = True, keypad: bool = False, login: LoginStatus = LoginStatus.DONE
) -> State:
    known = Pins(SALT, pins.hashed("1234", SALT)) if pin else Pins()
    prompts = {str(ANN): Prompt("5", NOON, ANN, Disarm(ACTOR))} if keypad else {}
    return household(pins=known, prompts=prompts, login=Login(login))


def typed(text: str) -> Asked:
    return Asked(ACTOR, text, 12)


@pytest.mark.parametrize(
    ("text", "pin", "rest"),
    [
        ("", "", ""),
        ("1234", "1234", ""),
        ("2h 1234", "1234", "2h"),
        ("1234 cabin", "1234", "cabin"),
        ("until 7:00 87654321", "87654321", "until 7:00"),
        ("123", "", "123"),
        ("123456789", "", "123456789"),
        ("7:00", "", "7:00"),
        ("cabin 2b", "", "cabin 2b"),
    ],
)
def test_the_pin_is_told_from_the_other_words(text: str, pin: str, rest: str) -> None:
    assert parted(text) == (pin, rest)


@pytest.mark.parametrize("text", ["/disarm1234", "/disarm_1234", "/pin-123456", "/PIN1234 5678"])
def test_a_pin_without_its_space_is_seen(text: str) -> None:
    assert glued(text)
    assert holds_pin(house(), "", typed(text), NOON)


@pytest.mark.parametrize("text", ["/disarm", "/disarm 12", "/disarmed", "/clip 1234", "1234"])
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert not glued(text)


@pytest.mark.parametrize(
    ("pin", "keypad", "login", "taken"),
    [
        (True, True, LoginStatus.DONE, True),
        (True, True, LoginStatus.CODE_PENDING, True),
        (True, False, LoginStatus.CODE_PENDING, False),
        (True, False, LoginStatus.CODE_LOST, False),
        (True, False, LoginStatus.DONE, True),
        (False, True, LoginStatus.CODE_PENDING, True),
        (False, False, LoginStatus.DONE, False),
        (False, False, LoginStatus.CODE_PENDING, False),
    ],
)
def test_digits_are_for_the_open_keypad_then_for_blink_then_a_late_pin(
    pin: bool, keypad: bool, login: LoginStatus, taken: bool
) -> None:
    state, asked = house(pin=pin, keypad=keypad, login=login), typed("123456")
    assert waiting(state, asked, keypad_of(state, asked, NOON)) is taken
    assert holds_pin(state, "", asked, NOON) is taken


def test_a_keypad_that_ended_takes_nothing_from_blink() -> None:
    state = house(keypad=True, login=LoginStatus.CODE_PENDING)
    late = NOON + timedelta(minutes=2)
    assert holds_pin(state, "", typed("123456"), late - timedelta(seconds=1))
    assert not holds_pin(state, "", typed("123456"), late)


@pytest.mark.parametrize("text", ["12 34", "1234", "1 2 3 4 5 6 7 8"])
def test_digits_may_have_spaces_between_them(text: str) -> None:
    assert holds_pin(house(), "", typed(text), NOON)


@pytest.mark.parametrize("text", ["hello", "123", "123456789", "12.34", ""])
def test_other_words_stay(text: str) -> None:
    assert not holds_pin(house(keypad=True), "", typed(text), NOON)


def test_every_message_about_the_pin_goes_but_the_bare_question() -> None:
    assert holds_pin(house(pin=False), "pin", typed("1234"), NOON)
    assert holds_pin(house(), "pin", typed("duress"), NOON)
    assert not holds_pin(house(), "pin", typed(""), NOON)


def test_disarm_stays_without_a_pin_in_it() -> None:
    with_pin = Asked(ACTOR, "", 12, "1234")
    assert holds_pin(house(), "disarm", with_pin, NOON)
    assert not holds_pin(house(pin=False), "disarm", with_pin, NOON)
    assert not holds_pin(house(), "disarm", typed("2h"), NOON)


def test_nothing_that_is_said_about_what_was_asked_shows_the_pin() -> None:
    assert "1234" not in repr(Asked(ACTOR, "", 12, "1234"))
    assert "1234" not in repr(Disarm(ACTOR, pin="1234"))
