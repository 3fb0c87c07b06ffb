"""The answer to /pin says what the PIN does not guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alarm.core.pins import Pins
from bot.words.pins import UNGUARDED, pin_page
from tests.bot.words.looks import seen
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
