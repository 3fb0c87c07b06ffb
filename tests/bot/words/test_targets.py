"""Which mode and which area a command means."""

from __future__ import annotations

import pytest

from alarm.core.errors import BadInput
from alarm.core.settings import Mode
from alarm.core.state import Area
from bot.words.targets import Target, parse_target

ONE = {"1": Area("1", "House")}
TWO = {"1": Area("1", "House"), "2": Area("2", "Summer Cabin")}
NIGHTLY = {"1": Area("1", "House"), "2": Area("2", "Night")}
ALIKE = {"1": Area("1", "Cabin North"), "2": Area("2", "Cabin South")}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("", Target()),
        ("away", Target(Mode.AWAY)),
        ("Night", Target(Mode.NIGHT)),
        ("summer cabin", Target(None, "2")),
        ("cabin", Target(None, "2")),
        ("cabin night", Target(Mode.NIGHT, "2")),
        ("night CABIN", Target(Mode.NIGHT, "2")),
        ("home house", Target(Mode.HOME, "1")),
    ],
)
def test_mode_and_area_come_in_any_order(text: str, target: Target) -> None:
    assert parse_target(text, TWO) == target


def test_a_name_that_is_also_a_mode_is_the_mode_and_after_a_mode_the_area() -> None:
    assert parse_target("night", NIGHTLY) == Target(Mode.NIGHT)
    assert parse_target("away night", NIGHTLY) == Target(Mode.AWAY, "2")
    assert parse_target("night night", NIGHTLY) == Target(Mode.NIGHT, "2")


def test_a_home_with_one_area_never_hears_of_areas() -> None:
    assert parse_target("house", ONE) == Target(None, "1")
    with pytest.raises(BadInput) as refused:
        parse_target("garage", ONE)
    assert "area" not in str(refused.value)
    assert "/arm night" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "areas", "named"),
    [("cabin", ALIKE, "Cabin North, Cabin South"), ("garage", TWO, "House, Summer Cabin")],
)
def test_a_name_that_fits_several_or_none_is_answered_with_the_list(
    text: str, areas: dict[str, Area], named: str
) -> None:
    with pytest.raises(BadInput, match=named):
        parse_target(text, areas)
