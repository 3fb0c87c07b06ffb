"""The name of an area among the words of a window, wherever it stands and whatever it is like."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from alarm.core.schedule.windows import EVERY_DAY, Window
from alarm.core.settings import Mode
from alarm.core.state import UNKNOWN_AREA, Area
from bot.words.typed_windows import changed_window, parse_window

HOUSE, CABIN = "51001", "51002"
FRIDAY = Window((4,), 18 * 60, 20 * 60, Mode.AWAY, area=CABIN)
NIGHTS = Window(EVERY_DAY, 22 * 60, 6 * 60 + 30, Mode.NIGHT, 2, area=CABIN)


def areas(*names: str) -> list[Area]:
    return [Area(str(number), name) for number, name in enumerate(names, int(HOUSE))]


TWO = areas("House", "Cabin")


@pytest.mark.parametrize(
    "text",
    [
        "cabin fri 18:00-20:00 away",
        "fri cabin 18:00-20:00 away",
        "fri 18:00-20:00 Cabin away",
        "fri 18:00-20:00 away CABIN",
        "Cabin: fri 18:00-20:00 away",
        "cabin, fri, 18:00-20:00, away",
        "fri 18:00-20:00 away in cabin",
        "fri 18:00-20:00 away in the cabin",
        "for area cabin fri 18:00-20:00 away",
        "cab fri 18:00-20:00 away",
        "cabi fri 18:00-20:00 away",
    ],
)
def test_the_name_stands_anywhere_and_is_found_as_arm_finds_it(text: str) -> None:
    assert parse_window(text, TWO) == FRIDAY


@pytest.mark.parametrize(
    "text",
    [
        "fri 18:00-20:00 away",
        "fri 18:00-20:00 away all areas",
        "all areas fri 18:00-20:00 away",
        "fri 18:00-20:00 away in all the areas",
        "Every Area fri 18:00-20:00 away",
        "fri 18:00-20:00 away everywhere",
    ],
)
def test_without_a_name_and_with_all_areas_all_are_meant(text: str) -> None:
    assert parse_window(text, TWO).area == ""


def test_all_alone_still_means_every_day() -> None:
    assert parse_window("all 18:00-20:00 away in cabin", TWO).days == EVERY_DAY


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Big Old House by the Lake", "big old house by the lake fri 18:00-20:00 away"),
        ("Big Old House by the Lake", "fri 18:00-20:00 away big old"),
        ("Sun House", "sun house fri 18:00-20:00 away"),
        ("Home Office", "fri home office 18:00-20:00 away"),
        ("Away from Home", "fri 18:00-20:00 away away from home"),
        ("Flat 7", "fri flat 7 18:00-20:00 away"),
        ("Dock 7-9", "dock 7-9 fri 18:00-20:00 away"),
        ("Café Zoë", "CAFÉ ZOË fri 18:00-20:00 away"),
        ("⛺ Tent", "⛺ tent fri 18:00-20:00 away"),
        ("In", "fri 18:00-20:00 away in in"),
    ],
)
def test_names_of_several_words_and_with_words_of_times_are_found(name: str, text: str) -> None:
    assert parse_window(text, areas("House", name)) == FRIDAY


@pytest.mark.parametrize("name", ["Night", "Away", "Fri", "Weekend", "All"])
def test_a_name_that_is_a_day_or_a_mode_breaks_no_reading(name: str) -> None:
    known = areas("House", name)
    assert parse_window("fri 18:00-20:00 away", known).area == ""
    assert parse_window("weekend 18:00-20:00 night", known).area == ""
    assert parse_window("all 18:00-20:00 night", known).days == EVERY_DAY
    assert parse_window(f"fri 18:00-20:00 away in {name}", known) == FRIDAY
    assert changed_window(NIGHTS, "in house", known).area == HOUSE


def test_a_mode_beside_an_area_of_that_name_is_understood() -> None:
    known = areas("House", "Night")
    assert parse_window("fri 18:00-20:00 away night", known) == FRIDAY
    assert parse_window("night fri 18:00-20:00 night", known).mode is Mode.NIGHT
    assert parse_window("night fri 18:00-20:00 night", known).area == CABIN


def test_two_modes_are_no_area_that_only_begins_like_one() -> None:
    with pytest.raises(BadInput, match="one mode"):
        parse_window("fri 18:00-20:00 away home", areas("House", "Home Office"))


def test_a_window_is_given_to_an_area_and_to_all_again() -> None:
    assert changed_window(NIGHTS, "house", TWO).area == HOUSE
    assert changed_window(NIGHTS, "all areas", TWO).area == ""
    assert changed_window(NIGHTS, "23:00-7:00", TWO).area == CABIN
    moved = changed_window(NIGHTS, "house weekends", TWO)
    assert (moved.area, moved.days, moved.mode) == (HOUSE, (5, 6), Mode.NIGHT)


@pytest.mark.parametrize(
    ("text", "known", "why"),
    [
        ("shed fri 18:00-20:00 away", TWO, "“shed” is no day, time, mode or area"),
        ("shed fri 18:00-20:00 away", TWO, "The areas are: House, Cabin"),
        ("cabin frx 18:00-20:00 away", TWO, "“frx” is no day, time, mode or area"),
        ("cabin house fri 18:00-20:00 away", TWO, "one area or of all areas"),
        ("cabin all areas fri 18:00-20:00 away", TWO, "one area or of all areas"),
        ("cabin fri away", TWO, "From when to when"),
        ("cabin fri 18:00-20:00", TWO, "In which mode"),
        (
            "cabin fri 18:00-20:00 away",
            areas("Cabin North", "Cabin South"),
            "More than one area fits. Which one\\? Cabin North, Cabin South",
        ),
        ("cabin fri 18:00-20:00 away", areas("Cabin", "Cabin"), "More than one area fits"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_wrong(
    text: str, known: list[Area], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        parse_window(text, known)


def test_a_home_with_one_area_never_hears_of_areas() -> None:
    one = areas("House")
    assert parse_window("house fri 18:00-20:00 away", one).area == HOUSE
    assert parse_window("home fri 18:00-20:00", areas("Home")).mode is Mode.HOME
    assert parse_window("fri 18:00-20:00 away", [Area(UNKNOWN_AREA, "Home")]).area == ""
    with pytest.raises(BadInput) as refused:
        parse_window("cabin fri 18:00-20:00 away", one)
    assert "area" not in str(refused.value)


NAMES = st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3)
WORDS = st.sampled_from(
    ["cabin", "house", "in", "all", "areas", "fri", "mon-fri", "away", "18:00-20:00", "x", "7"]
)


@given(NAMES, st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_and_any_name_is_read_or_refused(names: list[str], text: str) -> None:
    for known in (areas(*names), TWO):
        with suppress(BadInput):
            assert parse_window(text, known).area in {"", *(area.network_id for area in known)}
