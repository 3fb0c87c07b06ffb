"""The answer to /pin says what the PIN does not guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.deliveries import say
from alarm.core.notices import Notice
from alarm.core.pins import Pins
from bot.words.notices import sentence as notice
from bot.words.pins import UNGUARDED, pin_page
from tests.bot.words.looks import look, seen
from tests.core.home import household


@pytest.mark.parametrize(("owner", "required"), [(True, True), (False, True), (True, False)])
def test_whoever_relies_on_a_pin_or_chooses_one_reads_what_needs_none(
    owner: bool, required: bool
) -> None:
    pins = Pins(salt="00", pin="hash") if required else Pins()
    state = replace(household(), pins=pins)
    assert state.pins.required is required
    text = seen(pin_page(state, owner=owner))
    assert UNGUARDED in text.splitlines()
    assert "not settings, schedule or left-out cameras" in text


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        ("disarm", "Type it to disarm, then OK."),
        ("false alarm", "Type it for False alarm, then OK."),
        ("set", "Type the one that holds now, then OK."),
        ("off", "Type the one that holds now, to remove it, then OK."),
        ("of an older program", "Type it, then OK."),
    ],
)
def test_the_keypad_says_in_a_sentence_which_pin_it_wants(purpose: str, sentence: str) -> None:
    words = say(Notice.PIN_ASKED, prompt="1", step="current", purpose=purpose)
    assert seen(notice(words, household(), look())) == f"🔢 PIN? {sentence}"
