"""What a camera is called where several bear the same name."""

from __future__ import annotations

from alarm.core.camera_names import called_among
from alarm.core.events import Camera
from alarm.core.state import Area
from tests.core.home import GARDEN, HOUSE

AREAS = {HOUSE: Area(HOUSE, "House"), GARDEN: Area(GARDEN, "Cabin")}


def names(*cameras: Camera) -> list[str]:
    return [called_among(camera, cameras, AREAS) for camera in cameras]


def test_a_name_that_is_there_once_stands_alone() -> None:
    assert names(Camera("1", HOUSE, "Hall"), Camera("2", GARDEN, "Loft")) == ["Hall", "Loft"]


def test_in_two_areas_each_names_its_own_in_any_spelling() -> None:
    assert names(Camera("1", HOUSE, "Hall"), Camera("2", GARDEN, "HALL ")) == [
        "Hall (House)",
        "HALL  (Cabin)",
    ]


def test_in_one_area_they_are_numbered_in_the_order_of_their_ids() -> None:
    assert names(Camera("2", HOUSE, "Hall"), Camera("1", HOUSE, "Hall")) == ["Hall (2)", "Hall (1)"]


def test_in_one_and_another_area_they_have_both() -> None:
    cameras = [Camera("1", HOUSE, "Hall"), Camera("2", HOUSE, "Hall"), Camera("3", GARDEN, "Hall")]
    assert names(*cameras) == ["Hall (House 1)", "Hall (House 2)", "Hall (Cabin)"]


def test_a_camera_of_an_area_that_is_not_known_keeps_its_name() -> None:
    assert names(Camera("1", "9", "Hall"), Camera("2", GARDEN, "Hall")) == ["Hall", "Hall (Cabin)"]
