"""What people write behind a command."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alarm.core.errors import BadInput
from alarm.core.rule_text import parse_rule
from alarm.core.settings import TriggerRule
from alarm.core.state import Area
from bot.words.arguments import find_camera, means_all
from bot.words.times import exact
from tests.bot.words.looks import camera
from tests.core.home import GARDEN, HOUSE

KEPT = timedelta(seconds=75)
CAMERAS = [
    camera(name) for name in ("Front Door", "Front Yard", "Garage", "Back Garage", "Übergang")
]

AREAS = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Cabin")}
ALIKE = [
    camera("Hall", id="h1"),
    camera("Hall", id="h2", network_id=GARDEN),
    camera("Loft", id="l", network_id=GARDEN),
]


@pytest.mark.parametrize(
    ("text", "threshold", "seconds"),
    [
        ("3 in 2m", 3, 120),
        ("3 in 120s", 3, 120),
        ("3 2m", 3, 120),
        ("3/2m", 3, 120),
        ("3, 2 min", 3, 120),
        (" 3 Events within 2 minutes ", 3, 120),
        ("3 IN 1h", 3, 3600),
        ("1 in 10s", 1, 10),
        ("50 in 60m", 50, 3600),
        ("3", 3, 75),
        ("3 events", 3, 75),
    ],
)
def test_a_rule_is_read_as_people_write_it(text: str, threshold: int, seconds: int) -> None:
    assert parse_rule(text, KEPT) == TriggerRule(threshold, timedelta(seconds=seconds))


def test_without_a_time_and_without_a_current_one_the_default_holds() -> None:
    assert parse_rule("3") == TriggerRule(3, TriggerRule().lookback)


@pytest.mark.parametrize(
    "text", ["0 in 2m", "51 in 2m", "3 in 9s", "3 in 61m", "999999999", "x", ""]
)
def test_what_is_out_of_range_or_no_rule_names_the_range_and_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="1 to 50 events within 10 s to 60 min") as refusal:
        parse_rule(text, KEPT)
    assert "/threshold 3 in 2m" in str(refusal.value)


@pytest.mark.parametrize("text", ["3 in soon", "3 in", "3 in 2", "3 in 2m or so"])
def test_a_bad_time_is_explained_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="/threshold 3 in 2m"):
        parse_rule(text, KEPT)


@given(st.text() | st.from_regex(r"[0-9]{1,12} in [0-9]{1,12}[smhd]", fullmatch=True))
def test_any_text_is_a_rule_or_a_helpful_refusal(text: str) -> None:
    try:
        rule = parse_rule(text, KEPT)
    except BadInput as error:
        refusal = error
    else:
        refusal = BadInput("/threshold")
        assert parse_rule(f"{rule.threshold} in {exact(rule.lookback)}") == rule
    assert "/threshold" in str(refusal)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("garage", "Garage"),
        ("GAR", "Garage"),
        ("back", "Back Garage"),
        ("yard", "Front Yard"),
        ("  front   door ", "Front Door"),
        ("ÜBER", "Übergang"),
    ],
)
def test_a_camera_is_found_by_its_name_or_the_beginning_of_a_word(text: str, found: str) -> None:
    assert find_camera(text, CAMERAS).name == found


def test_a_name_is_never_found_inside_a_word() -> None:
    with pytest.raises(BadInput, match="No camera is called arage"):
        find_camera("arage", CAMERAS)


@pytest.mark.parametrize(
    "text",
    ["hall cabin", "cabin hall", "Hall (Cabin)", "hall in the cabin", "hal cabin", "CABIN  hall"],
)
def test_of_two_cameras_of_one_name_the_area_tells_which(text: str) -> None:
    assert find_camera(text, ALIKE, AREAS).id == "h2"


def test_without_its_area_a_name_that_is_there_twice_is_asked_about_with_it() -> None:
    with pytest.raises(BadInput) as refusal:
        find_camera("hall", ALIKE, AREAS)
    assert str(refusal.value).endswith("Which one? Hall (House), Hall (Cabin)")


def test_two_of_one_name_in_one_area_are_numbered() -> None:
    both = [camera("Hall"), camera("Hall", id="x")]
    with pytest.raises(BadInput, match=r"Hall \(1\), Hall \(2\)"):
        find_camera("hall", both, AREAS)
    assert find_camera("hall 2", both, AREAS).id == "x"
    assert find_camera("hall (1)", both, AREAS).id == "hall"


def test_a_full_name_goes_before_an_area_and_a_name() -> None:
    mixed = [*ALIKE, camera("Cabin Hall", id="whole")]
    assert find_camera("cabin hall", mixed, AREAS).id == "whole"


def test_all_means_every_camera_unless_one_is_called_so() -> None:
    assert means_all("all", CAMERAS)
    assert means_all("All cameras", CAMERAS)
    assert not means_all("hall", CAMERAS)
    assert not means_all("all", [camera("All")])


def test_an_ambiguous_name_lists_those_that_fit() -> None:
    with pytest.raises(BadInput) as refusal:
        find_camera("front", CAMERAS)
    assert str(refusal.value).endswith("Front Door, Front Yard")


def test_an_unknown_name_lists_all_cameras() -> None:
    with pytest.raises(BadInput, match="No camera is called attic") as refusal:
        find_camera("attic", CAMERAS)
    assert all(c.name in str(refusal.value) for c in CAMERAS)


def test_without_a_name_the_only_camera_is_meant_and_of_several_none() -> None:
    assert find_camera("", CAMERAS[:1]).name == "Front Door"
    with pytest.raises(BadInput, match="Which camera"):
        find_camera(" ", CAMERAS)


def test_without_any_camera_the_way_out_is_named() -> None:
    with pytest.raises(BadInput, match="/status"):
        find_camera("garage", [])


def test_a_long_list_of_cameras_is_cut_and_counted() -> None:
    many = [camera(f"Cam {n:02}") for n in range(20)]
    with pytest.raises(BadInput, match="and 8 more"):
        find_camera("", many)
