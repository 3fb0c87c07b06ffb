"""What /disarm makes of what stands behind it: it is in nobody's way, and obeys no slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alarm.core.errors import BadInput
from alarm.core.settings import PanelState
from alarm.core.state import Area, State
from bot.pages import Press
from bot.words.typed_disarm import Wanted, not_understood, read_disarm, refused
from bot.words.typed_times import Here

HERE = Here(datetime(2026, 3, 4, 13, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
IN_2_H = HERE.now + timedelta(hours=2)
ONE = {"1": Area("1", "House")}
TWO = {**ONE, "2": Area("2", "Cabin")}
ARMED = {key: replace(area, panel=PanelState.ARMED) for key, area in TWO.items()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("now", Wanted()),
        ("please", Wanted()),
        ("all", Wanted()),
        ("for ever", Wanted()),
        ("house", Wanted()),
        ("2h", Wanted(end=IN_2_H)),
        ("for 2h please", Wanted(end=IN_2_H)),
        ("xyz", Wanted(unknown="xyz")),
        ("in the garden", Wanted(unknown="garden")),
        ("garden 2", Wanted(unknown="garden 2")),
    ],
)
def test_in_a_home_of_one_area_a_word_that_is_no_time_does_not_hinder(
    text: str, wanted: Wanted
) -> None:
    assert read_disarm(text, HERE, ONE) == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("in 10m", "acts at once"),
        ("at 22:00", "acts at once"),
        ("in an hour", "Write a time like"),
        ("tomorrow", "“tomorrow” is no time"),
        ("25:00", "25:00 is no time of day"),
        ("until 25:00", "/disarm until 18:00"),
        ("for 2 hous", "/disarm until 18:00"),
        ("2 hous", "“2 hous” is no time"),
        ("10", "“10” is no time"),
        ("18:00", "Write /disarm until 18:00"),
        ("xyz for 2h", "“xyz”"),
        ("until 12 dez", "“dez”"),
    ],
)
@pytest.mark.parametrize("areas", [ONE, TWO], ids=["one area", "two areas"])
def test_a_time_that_cannot_be_followed_changes_nothing(
    text: str, why: str, areas: dict[str, Area]
) -> None:
    with pytest.raises(BadInput, match=why):
        read_disarm(text, HERE, areas)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("all areas", Wanted()),
        ("everything for 2h", Wanted(end=IN_2_H)),
        ("cab", Wanted("2")),
        ("in cabin", Wanted("2")),
        ("the cabin now", Wanted("2")),
        ("cabin 2h", Wanted("2", IN_2_H)),
        ("for 2h cabin", Wanted("2", IN_2_H)),
        ("cabn", None),
    ],
)
def test_with_several_areas_a_word_is_an_area_or_refused(text: str, wanted: Wanted | None) -> None:
    if wanted is not None:
        assert read_disarm(text, HERE, TWO) == wanted
        return
    with pytest.raises(BadInput, match="is no area here"):
        read_disarm(text, HERE, TWO)


def test_a_refusal_offers_what_may_have_been_meant() -> None:
    page = refused("Which one?", State(areas=ARMED))
    assert [[(b.text, b.data) for b in row] for row in page.buttons] == [
        [("Disarm Cabin", "off:2"), ("Disarm House", "off:1")],
        [("Disarm", "disarm:")],
    ]


def test_a_home_of_one_area_is_offered_one_button() -> None:
    page = refused("No time.", State(areas={"1": ARMED["1"]}))
    assert [b.press for row in page.buttons for b in row] == [Press.DISARM]


def test_with_a_pin_still_to_come_it_is_not_done_yet() -> None:
    wanted = Wanted(unknown="xyz")
    assert not_understood(wanted, State(areas=TWO)) == (
        "“xyz” was not understood: everything is disarmed, with no end."
    )
    assert "will be disarmed" in not_understood(wanted, State(areas=ARMED))
